using Ballast.Alerts;

namespace Ballast.Tests.Alerts;

public class AlertQuotaTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 11, 23, 12, 0);
    private static readonly AlertRules Rules = new();

    [Fact]
    public void No_hour_has_more_messages_than_the_rule_says_and_nothing_is_lost()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var chance = new Random(seed);
            var (quota, sent, given, told) = (AlertQuota.Full, new List<Instant>(), 0, 0);
            for (var minute = 0; minute < 600; minute++)
            {
                var at = Start + Duration.FromMinutes(minute);
                var alerts = Enumerable.Range(0, minute < 500 ? chance.Next(4) : 0).Select(_ => Alert(at, $"C{chance.Next(5)}", chance.Next(8) == 0)).ToArray();
                given += alerts.Length;
                (quota, var goes) = quota.After(alerts, at, Rules);
                sent.AddRange(goes.Select(_ => at));
                told += goes.Sum(a => a.Kind == AlertKind.Sum ? int.Parse(a.Text.Split(' ')[0]) : 1);
            }

            Assert.Empty(quota.Held);
            Assert.Equal(given, told);
            Assert.All(sent, first => Assert.True(sent.Count(s => s >= first && s - first < Duration.FromHours(1)) <= Rules.MostAnHour));
        }
    }

    [Fact]
    public void A_flood_leaves_room_for_what_is_urgent()
    {
        var (quota, goes) = AlertQuota.Full.After(Enumerable.Range(0, 100).Select(_ => Alert(Start, "NOISE", urgent: false)), Start, Rules);
        Assert.Equal(Rules.MostAnHour - 1 - Rules.KeptForUrgent, goes.Length);

        (_, goes) = quota.After([Alert(Start, "KILLED", urgent: true)], Start + Duration.FromSeconds(1), Rules);
        Assert.Equal("KILLED", Assert.Single(goes).Code);
    }

    [Fact]
    public void What_was_held_back_is_told_in_one_message_by_kind()
    {
        var noise = Enumerable.Range(0, 20).Select(i => Alert(Start, i < 18 ? "NOISE" : "OTHER", urgent: false));
        var (quota, _) = AlertQuota.Full.After(noise, Start, Rules);
        var (_, early) = quota.After([], Start + Duration.FromMinutes(14), Rules);
        var (after, late) = quota.After([], Start + Duration.FromMinutes(15), Rules);

        Assert.Empty(early);
        Assert.Equal("13 more in the last 15 min, held back so as not to flood you:\n11 times NOISE venue, at last: NOISE happened\n2 times OTHER venue, at last: OTHER happened", Assert.Single(late).Text);
        Assert.Empty(after.Held);
    }

    private static Alert Alert(Instant at, string code, bool urgent) => new(at, "refused", AlertKind.Once, code, "venue", $"{code} happened", urgent);
}
