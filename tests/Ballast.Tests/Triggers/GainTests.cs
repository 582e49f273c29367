using Ballast.Tests.Planning;
using Ballast.Triggers;
using static Ballast.Tests.Planning.Situation;

namespace Ballast.Tests.Triggers;

public class GainTests
{
    /// <summary>d = 10 points of A against uncorrelated B of the same volatility s: ½ γ h 2s²d² of gain, 2κd of cost.</summary>
    private static readonly double Gain = 0.5 * 3 * 2 * Math.Pow(Past.Volatility(0.02), 2) * 0.01;

    [Theory]
    [InlineData(1 - 1e-9, true)]
    [InlineData(1 + 1e-9, false)]
    public void It_fires_when_the_loss_saved_exceeds_its_multiple_of_the_cost(double part, bool fires) =>
        Assert.Equal(fires, Check(Gain / (2 * 0.001 * 0.1) * part, 0.001m).Fired);

    [Fact]
    public void Without_costs_any_gain_is_enough_and_no_gain_is_not()
    {
        Assert.True(Check(2, 0).Fired);
        Assert.False(Check(2, 0, "A 50, B 50").Fired);
    }

    [Fact]
    public void What_has_no_target_is_no_part_of_the_move() => Assert.False(Check(2, 0, "A 40, B 40, C 20").Fired);

    [Fact]
    public void Half_the_horizon_is_half_the_gain() =>
        Assert.False((Of("A 50, B 50", "A 60, B 40", new Gain(Gain / (2 * 0.001 * 0.1) * 0.51, Duration.FromDays(365) / 2, 3)) with { History = Two(), Fee = 0.001m }).Answer().Fired);

    [Fact]
    public void Without_history_it_is_unknown() => Assert.Equal(TriggerState.Unknown, Of("A 50, B 50", "A 60, B 40", new Gain(2, Duration.FromDays(365), 3)).Answer().State);

    [Fact]
    public void The_rule_reads_well() =>
        Assert.Equal("rebalancing is worth more than 2 times its cost over 365 days (risk aversion 3)", new Gain(2, Duration.FromDays(365), 3).Words);

    private static Ballast.Market.PriceHistory Two() => Past.Of(("A", Past.Swing(0.02)), ("B", Past.Slow(0.02)), ("C", Past.Slow(0.02)));

    private static TriggerResult Check(double times, decimal fee, string held = "A 60, B 40") =>
        (Of("A 50, B 50", held, new Gain(times, Duration.FromDays(365), 3)) with { History = Two(), Fee = fee }).Answer();
}
