using Ballast.Gates;
using Ballast.Money;
using Ballast.Records;

namespace Ballast.Tests.Execution;

/// <summary>A lowered limit holds at once, a raised one waits, and nothing makes the wait shorter.</summary>
public class LimitBookTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 11, 23, 12, 0);
    private static readonly GateLimits Usual = new() { OrderShare = 0.05m, Allowed = [new("BTC"), new("ETH")] };

    [Fact]
    public void What_is_asked_for_first_holds_at_once() => Assert.Equal(0.05m, Of(0, (0, Usual)).OrderShare);

    [Fact]
    public void A_raise_waits_ten_minutes_to_the_second_and_a_lowering_does_not()
    {
        var higher = Usual with { OrderShare = 0.10m };
        Assert.Equal(0.05m, Of(20 * 60 - 1, (0, Usual), (10 * 60, higher)).OrderShare);
        Assert.Equal(0.10m, Of(20 * 60, (0, Usual), (10 * 60, higher)).OrderShare);
        Assert.Equal(0.02m, Of(600, (0, Usual), (600, Usual with { OrderShare = 0.02m })).OrderShare);
    }

    [Fact]
    public void Asking_again_and_for_less_of_a_raise_keeps_the_time_and_asking_for_more_begins_anew()
    {
        Assert.Equal(0.10m, Of(600, (0, Usual), (0, Usual with { OrderShare = 0.10m }), (500, Usual with { OrderShare = 0.10m })).OrderShare);
        Assert.Equal(0.08m, Of(600, (0, Usual), (0, Usual with { OrderShare = 0.10m }), (500, Usual with { OrderShare = 0.08m })).OrderShare);
        Assert.Equal(0.05m, Of(1000, (0, Usual), (0, Usual with { OrderShare = 0.10m }), (500, Usual with { OrderShare = 0.12m })).OrderShare);
    }

    [Fact]
    public void Editing_there_and_back_begins_the_wait_anew()
    {
        var higher = Usual with { OrderShare = 0.10m };
        (double, GateLimits)[] edits = [(0, Usual), (0, higher), (590, Usual), (595, higher)];
        Assert.Equal(0.05m, Of(601, edits).OrderShare);
        Assert.Equal(0.10m, Of(595 + 600, edits).OrderShare);
    }

    [Fact]
    public void The_wait_itself_is_shortened_only_after_the_wait_in_force()
    {
        var patient = Usual with { RaiseAfter = Duration.FromHours(1) };
        var hasty = Usual with { OrderShare = 0.10m };
        Assert.Equal(0.05m, Of(3599, (0, patient), (0, hasty)).OrderShare);
        Assert.Equal(Duration.FromHours(1), Of(3599, (0, patient), (0, hasty)).RaiseAfter);
        Assert.Equal((0.10m, Duration.FromMinutes(10)), (Of(3600, (0, patient), (0, hasty)).OrderShare, Of(3600, (0, patient), (0, hasty)).RaiseAfter));
        Assert.Equal(0.05m, Of(7199, (0, Usual), (0, patient), (3600, patient with { OrderShare = 0.10m })).OrderShare);
    }

    [Fact]
    public void An_asset_is_allowed_after_the_wait_and_forbidden_at_once()
    {
        var only = Usual with { OnlyAllowed = true, Allowed = [new("BTC")] };
        Assert.Equal("BTC", Names(Of(599, (0, only), (0, Usual))));
        Assert.Equal("BTC ETH", Names(Of(600, (0, only), (0, Usual))));
        Assert.Equal("BTC", Names(Of(0, (0, Usual), (0, only))));
        // Another one instead of it: neither, for as long as it waits; and neither is not everything.
        var between = Of(599, (0, only), (0, only with { Allowed = [new("ETH")] }));
        Assert.True(between is { OnlyAllowed: true, Allowed.IsEmpty: true });
    }

    [Fact]
    public void What_the_policy_names_may_grow_as_long_as_nothing_was_said_of_what_is_allowed() =>
        Assert.Equal("BTC ETH SOL", Names(Of(0, (0, Usual), (0, Usual with { Allowed = Usual.Allowed.Add(new("SOL")) }))));

    [Fact]
    public void Every_limit_waits_when_it_is_raised()
    {
        foreach (var limit in GateLimit.All)
        {
            var looser = limit.Unit == LimitUnit.Wait ? limit.Of(Usual) / 2 : limit.Of(Usual) * 2;
            var raised = limit.With(Usual, looser);
            Assert.Equal(limit.Of(Usual), limit.Of(Of(599, (0, Usual), (0, raised))));
            Assert.Equal(looser, limit.Of(Of(600, (0, Usual), (0, raised))));
            Assert.Equal(limit.Of(Usual), limit.Of(Of(600, (0, raised), (600, Usual))));
        }
    }

    /// <summary>By brute force: at no moment is more in force than the least that was asked for within the wait before it.</summary>
    [Fact]
    public void Nothing_is_in_force_that_was_not_asked_for_without_a_break_for_as_long_as_the_wait()
    {
        var chance = new Random(7);
        for (var run = 0; run < 400; run++)
        {
            var edits = new List<(double At, GateLimits Limits)> { (0, Usual) };
            while (edits.Count < 12) edits.Add((edits[^1].At + chance.Next(0, 500), Usual with { OrderShare = chance.Next(1, 20) / 100m }));
            for (var at = 0.0; at < edits[^1].At + 700; at += 37)
            {
                var inForce = Of(at, [.. edits.Where(e => e.At <= at)]).OrderShare;
                var within = edits.Where((e, i) => e.At <= at && (i + 1 == edits.Count || edits[i + 1].At > at - 600)).Min(e => e.Limits.OrderShare);
                Assert.True(inForce <= within, $"run {run}, {at} s: {inForce} is in force, where {within} was the least");
            }
            Assert.Equal(edits[^1].Limits.OrderShare, Of(edits[^1].At + 600, [.. edits]).OrderShare);
        }
    }

    [Fact]
    public void A_restart_makes_no_wait_shorter_and_a_raise_is_told()
    {
        var desk = new Desk(limits: Usual).Open();
        Assert.Single(desk.Journal.OfType<JournalRecord.LimitsAsked>());

        desk.With(Usual with { OrderShare = 0.2m }).Restart();
        Assert.Equal(2, desk.Journal.OfType<JournalRecord.LimitsAsked>().Count());
        Assert.Contains(desk.Effects.OfType<Ballast.Execution.Effect.Tell>(), t => t.Code == "LIMIT_RAISED");
        desk.Wait(300).Restart().Wait(200).Restart();

        Assert.Equal(2, desk.Journal.OfType<JournalRecord.LimitsAsked>().Count());
        Assert.Equal(0.05m, desk.State.Limits.Of(Usual with { OrderShare = 0.2m }, desk.Now).OrderShare);
        Assert.Equal(0.2m, desk.State.Limits.Of(Usual with { OrderShare = 0.2m }, desk.Now + Duration.FromSeconds(100)).OrderShare);
    }

    [Fact]
    public void A_checkpoint_keeps_what_waits()
    {
        var desk = new Desk(limits: Usual).Open();
        var state = desk.With(Usual with { OrderShare = 0.2m }).Restart().State;
        var read = Ballast.Execution.ExecutionState.Of(state.ToCheckpoint());
        Assert.Equal(state.Limits.Limits, read.Limits.Limits);
        Assert.Equal((0.05m, 0.2m), (At(599), At(600)));

        decimal At(int seconds) => read.Limits.Of(Usual with { OrderShare = 0.2m }, desk.Now + Duration.FromSeconds(seconds)).OrderShare;
    }

    [Fact]
    public void An_order_is_held_to_the_limit_in_force_and_not_to_the_one_in_the_file()
    {
        var narrow = new GateLimits { OrderShare = 0.1m, OrderMost = 1_000_000m, BlindShare = 1m };
        var desk = new Desk(limits: narrow).Open();
        desk.With(narrow with { OrderShare = 0.25m }).Restart().Open();

        desk.Plan(Desk.Sell(1, Desk.Btc, 0.5m, 40_000m)); // 20 000 of 50 000
        Assert.Equal(0.125m, desk.Sent.Last().Quantity); // 5 000, the tenth
    }

    private static GateLimits Of(double seconds, params (double At, GateLimits Limits)[] edits)
    {
        var book = LimitBook.Empty;
        foreach (var (at, limits) in edits) book = book.After(LimitBook.NumbersOf(limits), Start + Duration.FromSeconds(at));
        Assert.True(book.Wants(LimitBook.NumbersOf(edits[^1].Limits)));
        return book.Of(edits[^1].Limits, Start + Duration.FromSeconds(seconds));
    }

    private static string Names(GateLimits limits) => string.Join(' ', limits.Allowed.Select(a => a.Code));
}
