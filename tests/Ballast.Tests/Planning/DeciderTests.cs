using Ballast.Money;
using Ballast.Planning;
using Ballast.Schedules;
using Ballast.Numerics.Optimisation;
using Ballast.Targets;
using Ballast.Triggers;
using static Ballast.Tests.Planning.Given;
using static Ballast.Tests.Planning.Situation;

namespace Ballast.Tests.Planning;

public class DeciderTests
{
    private static readonly Situation Outside = Of("BTC 60, ETH 40", "BTC 70, ETH 30", Points(5));
    private static readonly Situation Inside = Outside with { Held = Holds("BTC 62, ETH 38") };

    [Fact]
    public void It_acts_when_a_rule_fires_and_says_why()
    {
        Assert.Equal("BTC 0.6, ETH 0.4", Outside.Wanted());
        Assert.Equal("BTC is 10.00 points over its target, more than the 5.00 allowed", Outside.Decide().Reason);
    }

    [Fact]
    public void It_holds_when_none_does_and_says_which_is_nearest() =>
        Assert.Equal("nothing is due; nearest: BTC is 2.00 points over its target, 5.00 allowed, 3.00 points to go", Inside.Decide().Reason);

    [Fact]
    public void Asked_for_it_acts_though_no_rule_fires() => Assert.Equal("asked for, though no rule fires", Inside.Decide(anyway: true).Intent!.Reason);

    [Fact]
    public void Without_rules_nothing_is_ever_due() => Assert.Equal("no rule is set, so that nothing is ever due", Of("BTC 100", "BTC 1").Decide().Reason);

    [Fact]
    public void Without_value_there_are_no_weights_and_the_flow_is_not_forgotten()
    {
        var decision = (Of("BTC 100", "", Points(5)) with { Flow = -50 }).Decide();
        Assert.Equal(("the portfolio has no value, so that it has no weights", -50m), (decision.Reason, decision.Memory.Uninvested));
    }

    [Fact]
    public void A_buffer_without_a_price_holds_with_the_reason() => Assert.Equal(
        "the cash buffer is not known: there is no price of EUR in USDT", (Outside with { Limits = Limits.None with { CashBuffer = new(5, A("EUR")) } }).Decide().Reason);

    [Fact]
    public void A_rule_with_confirm_waits_for_that_many_looks_in_a_row()
    {
        var rule = Outside with { Rules = new() { When = [new AnyOf([Points(5) with { Confirm = 3 }])] } };
        var (first, calm) = (rule.Decide(), rule with { Held = Holds("BTC 60, ETH 40") });
        Assert.EndsWith("outside now; to be confirmed by 2 more looks", first.Reason);
        var second = rule.Decide(first.Memory);
        Assert.EndsWith("to be confirmed by 1 more look", second.Reason);
        Assert.NotNull(rule.Decide(second.Memory).Intent);
        Assert.Null(rule.Decide(calm.Decide(second.Memory).Memory).Intent);
    }

    [Fact]
    public void An_interval_of_bars_looks_at_every_so_many()
    {
        var every = Outside with { Rules = Outside.Rules with { Interval = new LookInterval.Bars(5) } };
        Assert.Equal([0, 5, 10], Enumerable.Range(0, 12).Where(n => (every with { Bar = BarNumber(n) }).Decide().Intent is not null));
        Assert.NotNull((every with { Bar = BarNumber(Bar.ByHand) }).Decide().Intent);
    }

    [Fact]
    public void An_interval_of_time_counts_from_the_last_look()
    {
        var every = Inside with { Rules = Inside.Rules with { Interval = new LookInterval.Every(Duration.FromHours(4)) } };
        var first = every.Decide();
        Assert.Equal("nothing is due; nearest: not looked at now, looked at every 4 h", (every with { At = Now + Duration.FromHours(3) }).Decide(first.Memory).Reason);
        Assert.NotNull((every with { At = Now + Duration.FromHours(4), Held = Outside.Held }).Decide(first.Memory).Intent);
    }

    [Fact]
    public void A_clock_within_any_is_heard_between_two_looks()
    {
        var daily = new AnyOf([new Every(new PeriodEdge(PeriodUnit.Day, Edge.Last)), Points(5)]);
        var rule = Inside with { Rules = new() { When = [daily], Interval = new LookInterval.Bars(5) }, Bar = BarNumber(3) };
        Assert.StartsWith("it is due", rule.Decide().Intent!.Reason);
    }

    [Fact]
    public void Without_bars_what_has_become_due_since_the_last_look_is_due()
    {
        var rule = Inside with { Rules = new() { When = [new Every(new PeriodEdge(PeriodUnit.Day, Edge.Last))] } };
        var first = rule.Decide();
        Assert.Null(first.Intent);
        Assert.NotNull((rule with { At = Now + Duration.FromDays(1) }).Decide(first.Memory).Intent);
        Assert.Null((rule with { At = Now + Duration.FromMinutes(1) }).Decide(first.Memory).Intent);
    }

    [Theory]
    [InlineData(71, false)]
    [InlineData(72, true)]
    public void A_cooldown_holds_until_it_is_over(int hours, bool acts)
    {
        var rule = Outside with { Rules = Outside.Rules with { Cooldown = Duration.FromHours(72) }, At = Now + Duration.FromHours(hours) };
        var decision = rule.Decide(Memory.Empty.AfterTrade(Now, 0.1));
        Assert.Equal(acts, decision.Intent is not null);
        if (!acts) Assert.StartsWith("cooling down for another 1 h: BTC is 10.00 points over", decision.Reason);
    }

    [Fact]
    public void A_cooldown_drops_a_due_date()
    {
        var rule = Inside with { Rules = new() { When = [new Every(new PeriodEdge(PeriodUnit.Day, Edge.Last))], Cooldown = Duration.FromDays(2) } };
        var after = Memory.Empty.AfterTrade(Now, 0.1) with { LastSeen = Now };
        var dropped = (rule with { At = Now + Duration.FromDays(1) }).Decide(after);
        Assert.StartsWith("cooling down", dropped.Reason);
        Assert.Null((rule with { At = Now + Duration.FromDays(1) + Duration.FromHours(1) }).Decide(dropped.Memory).Intent);
    }

    [Theory]
    [InlineData(29, false)]
    [InlineData(30, true)]
    public void At_least_every_acts_without_a_rule(int days, bool acts)
    {
        var rule = Inside with { Rules = Inside.Rules with { AtLeastEvery = Duration.FromDays(30) }, At = Now + Duration.FromDays(days) };
        Assert.Equal(acts, rule.Decide(Memory.Empty.AfterTrade(Now, 0.1)).Intent is not null);
        Assert.Equal(acts, rule.Decide(Memory.Empty with { FirstSeen = Now }).Intent is not null);
        if (acts) Assert.Equal("no rebalance for 30 days, which is too long", rule.Decide(Memory.Empty with { FirstSeen = Now }).Reason);
    }

    [Fact]
    public void A_pause_holds_whatever_fires_and_ends_on_its_second()
    {
        var rule = Outside with { Rules = Outside.Rules with { Pauses = [new(Now, Now + Duration.FromHours(1))] } };
        Assert.Equal("paused until 2026-11-22T15:02:00Z", rule.Decide(anyway: true).Reason);
        Assert.NotNull((rule with { At = Now + Duration.FromHours(1) }).Decide().Intent);
    }

    [Fact]
    public void Still_outside_after_so_long_another_mode_takes_over_and_inside_resets_it()
    {
        var rule = Outside with { Rules = Outside.Rules with { Mode = Mode.BuyOnly, Otherwise = (Mode.Full, Duration.FromDays(90)) } };
        var first = rule.Decide();
        Assert.Equal(Mode.BuyOnly, first.Intent!.Mode);
        Assert.Equal(Mode.BuyOnly, (rule with { At = Now + Duration.FromDays(89) }).Decide(first.Memory).Intent!.Mode);
        Assert.Equal(Mode.Full, (rule with { At = Now + Duration.FromDays(90) }).Decide(first.Memory).Intent!.Mode);
        var inside = (rule with { Held = Inside.Held }).Decide(first.Memory);
        Assert.Equal(Mode.BuyOnly, (rule with { At = Now + Duration.FromDays(90) }).Decide(inside.Memory).Intent!.Mode);
    }

    [Fact]
    public void A_run_with_holdings_can_start_with_a_rebalance()
    {
        var rule = Inside with { Rules = Inside.Rules with { InitialRebalance = true } };
        Assert.Equal("the start of the run", (rule with { Bar = BarNumber(0) }).Decide().Intent!.Reason);
        Assert.Null((rule with { Bar = BarNumber(1) }).Decide().Intent);
        Assert.Null((rule with { Bar = BarNumber(Bar.ByHand) }).Decide().Intent);
    }

    [Fact]
    public void Computed_targets_stay_until_their_schedule_renews_them()
    {
        var (calm, wild) = (Past.Of(("A", Past.Swing(0.01)), ("B", Past.Slow(0.01))), Past.Of(("A", Past.Swing(0.03)), ("B", Past.Slow(0.01))));
        var rule = Inverse(calm);
        var first = rule.Decide();
        Assert.Equal(0.5m, first.Targets!.Of(A("A")));
        Assert.Equal(0.5m, (rule with { History = wild, At = Now + Duration.FromHours(1) }).Decide(first.Memory).Targets!.Of(A("A")));
        Assert.Equal(0.25m, (rule with { History = wild, At = Now + Duration.FromDays(1) }).Decide(first.Memory).Targets!.Of(A("A")));
    }

    [Fact]
    public void Targets_that_cannot_be_computed_anew_stay_and_that_is_said()
    {
        var rule = Inverse(Past.Of(("A", Past.Swing(0.01)), ("B", Past.Slow(0.01))));
        var later = (rule with { History = Past.Of(("A", Past.Swing(0.01, 9)), ("B", Past.Slow(0.01, 9))), At = Now + Duration.FromDays(1) }).Decide(rule.Decide().Memory);
        Assert.Equal(0.5m, later.Targets!.Of(A("A")));
        Assert.Contains("at least 20 returns", later.Refused);
        Assert.Contains("the targets stay as they were", later.Reason);
    }

    [Fact]
    public void Targets_that_are_not_known_yet_hold() => Assert.StartsWith("the targets are not known: ", Inverse(null).Decide().Reason);

    [Fact]
    public void Targets_written_anew_are_not_mistaken_for_the_old_ones() =>
        Assert.Equal(0.2m, (Outside with { Targets = Fixed("BTC 20, ETH 80") }).Decide(Outside.Decide().Memory).Targets!.Of(A("BTC")));

    [Fact]
    public void Turnover_is_remembered_within_a_span()
    {
        var memory = Memory.Empty.AfterTrade(Now, 0.3).AfterTrade(Now + Duration.FromDays(10), 0.2);
        Assert.Equal((0.5, 0.2), (memory.TradedSince(Now - Duration.Epsilon), memory.TradedSince(Now)));
    }

    private static Situation Inverse(Ballast.Market.PriceHistory? history) => Of("", "A 50, B 50", Points(90)) with
    {
        Targets = new TargetNode.Compute([new(Method.InverseVolatility)], new(), [A("A"), A("B")], Duration.FromDays(365), new PeriodEdge(PeriodUnit.Day, Edge.Last)),
        History = history,
    };

    private static Bar BarNumber(int number) => new(number, Now.Minus(Duration.FromDays(2)), Instant.FromUtc(2026, 11, 21, 0, 0), Duration.FromDays(1), Now.Minus(Duration.FromDays(30)));
}
