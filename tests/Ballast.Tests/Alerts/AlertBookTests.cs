using Ballast.Alerts;

namespace Ballast.Tests.Alerts;

public class AlertBookTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 11, 23, 12, 0);
    private static readonly AlertRules Rules = new();
    private static readonly Condition Down = new("disconnected", "VENUE_DOWN", "binance", "binance is away: no answer");
    private static readonly Condition Killed = new("refused", "KILLED", "*", "everything is stopped", Urgent: true);

    [Fact]
    public void What_begins_and_ends_is_told_once_each()
    {
        var told = Play(600, second => second is >= 100 and < 300 ? [Down] : []);

        Assert.Equal([(130, AlertKind.Begins), (410, AlertKind.Ends)], told.Select(t => (t.Second, t.Alert.Kind))); // 30 s after it began; two minutes after it was last seen, at 290.
        Assert.Equal("over after 3 min: binance is away: no answer", told[1].Alert.Text);
    }

    [Fact]
    public void A_blink_is_not_told() => Assert.Empty(Play(600, second => second is >= 100 and < 120 ? [Down] : []));

    [Fact]
    public void What_waits_for_a_person_is_told_at_once() => Assert.Equal((100, AlertKind.Begins), Play(150, second => second >= 100 ? [Killed] : []).Select(t => (t.Second, t.Alert.Kind)).Single());

    [Fact]
    public void What_comes_and_goes_for_an_hour_is_one_alert()
    {
        var told = Play(4000, second => second < 3600 && second / 10 % 2 == 0 ? [Down] : []);

        Assert.Equal([AlertKind.Begins, AlertKind.Ends], told.Select(t => t.Alert.Kind));
    }

    [Fact]
    public void Of_one_thing_beginnings_and_endings_alternate_and_begin_with_a_beginning()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var chance = new Random(seed);
            var present = new bool[2];
            var told = Play(20_000, _ =>
            {
                for (var i = 0; i < 2; i++) present[i] ^= chance.Next(20) == 0;
                return [.. present[0] ? new[] { Down } : [], .. present[1] ? new[] { Killed } : []];
            });

            Assert.NotEmpty(told);
            foreach (var of in told.GroupBy(t => t.Alert.Code))
                Assert.All(of.Select((t, i) => (t.Alert.Kind, Even: i % 2 == 0)), a => Assert.Equal(a.Even ? AlertKind.Begins : AlertKind.Ends, a.Kind));
        }
    }

    /// <summary>Looks every ten seconds.</summary>
    private static List<(int Second, Alert Alert)> Play(int seconds, Func<int, Condition[]> lasts)
    {
        var (book, all) = (AlertBook.Empty, new List<(int, Alert)>());
        for (var second = 0; second < seconds; second += 10)
        {
            (book, var told) = book.After(lasts(second), Start + Duration.FromSeconds(second), Rules);
            all.AddRange(told.Select(t => (second, t)));
        }
        return all;
    }
}
