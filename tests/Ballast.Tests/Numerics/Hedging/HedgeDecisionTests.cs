using Ballast.Numerics.Hedging;
using FsCheck;
using FsCheck.Fluent;

namespace Ballast.Tests.Numerics.Hedging;

public class HedgeDecisionTests
{
    private static HedgeLook Look(double delta, HedgeBand band) => new(delta, 1, band, 5);

    [Theory]
    [InlineData(1.05, 0, HedgeReason.InsideBand)]
    [InlineData(1.10, 0, HedgeReason.InsideBand)]
    [InlineData(0.80, 0, HedgeReason.InsideBand)]
    [InlineData(1.25, -0.15, HedgeReason.OutsideBand)]
    [InlineData(0.70, 0.10, HedgeReason.OutsideBand)]
    public void A_band_may_be_wider_below_than_above(double delta, double trade, HedgeReason reason)
    {
        var step = HedgeDecision.Decide(Look(delta, new(Below: 0.2, Above: 0.1)), default);
        Assert.Equal(trade, step.Trade, 12);
        Assert.Equal(reason, step.Reason);
    }

    [Theory]
    [InlineData(HedgeGoal.Edge, -0.15)]
    [InlineData(HedgeGoal.Midpoint, -0.20)]
    [InlineData(HedgeGoal.Target, -0.25)]
    public void A_goal_says_how_far_a_trade_goes(HedgeGoal goal, double trade) =>
        Assert.Equal(trade, HedgeDecision.Decide(Look(1.25, HedgeBand.Around(0.1, goal)), default).Trade, 12);

    [Fact]
    public void When_it_is_time_delta_goes_to_its_target_from_inside_the_band() =>
        Assert.Equal(-0.05, HedgeDecision.Decide(Look(1.05, HedgeBand.Around(0.1)) with { Due = true }, default).Trade, 12);

    [Fact]
    public void A_trade_is_rounded_towards_none()
    {
        Assert.Equal(-0.3, HedgeDecision.Decide(Look(1.35, HedgeBand.Around(0)) with { Lot = 0.1 }, default).Trade, 12);
        Assert.Equal(0.3, HedgeDecision.Decide(Look(0.7, HedgeBand.Around(0, HedgeGoal.Target)) with { Lot = 0.1 }, default).Trade, 12);
        Assert.Equal(HedgeReason.BelowLot, HedgeDecision.Decide(Look(1.09, HedgeBand.Around(0)) with { Lot = 0.1 }, default).Reason);
        Assert.Equal(HedgeReason.BelowLot, HedgeDecision.Decide(Look(1.3, HedgeBand.Around(0.2)) with { LeastTrade = 0.2 }, default).Reason);
    }

    [Fact]
    public void A_band_narrower_than_a_lot_is_raised_and_said()
    {
        var step = HedgeDecision.Decide(Look(1.04, HedgeBand.Around(0.01, HedgeGoal.Target)) with { Lot = 0.1 }, default);
        Assert.True(step.BandRaised);
        Assert.Equal(HedgeReason.InsideBand, step.Reason);
        Assert.Equal((HedgeBand.Around(0.05), true), HedgeBand.Around(0.01).FitFor(0.1));
        Assert.Equal((HedgeBand.Around(0.05), false), HedgeBand.Around(0.05).FitFor(0.1));
    }

    /// <summary>The last trade bought two hours ago; nothing is sold for three, but for twice the band.</summary>
    [Theory]
    [InlineData(1.15, 2, HedgeReason.TurnsTooSoon)]
    [InlineData(1.15, 4, HedgeReason.OutsideBand)]
    [InlineData(1.25, 2, HedgeReason.OutsideBand)]
    [InlineData(0.85, 2, HedgeReason.OutsideBand)]
    public void A_hedge_does_not_turn_at_once(double delta, double after, HedgeReason reason)
    {
        var look = Look(delta, HedgeBand.Around(0.1)) with { Time = 10 + after, TurnAfter = 3 };
        var step = HedgeDecision.Decide(look, new HedgeMemory(10, 1));
        Assert.Equal(reason, step.Reason);
        Assert.Equal(step.Trade == 0 ? new HedgeMemory(10, 1) : new(10 + after, Math.Sign(step.Trade)), step.Memory);
    }

    /// <summary>A trade leaves delta inside its band, crosses no target, and a second look trades nothing.</summary>
    [Fact]
    public void After_a_trade_there_is_nothing_to_do() => Prop.ForAll<int, byte, byte>((distance, below, above) => Enum.GetValues<HedgeGoal>().All(goal =>
    {
        var look = new HedgeLook(distance % 1000, 0, new(below, above, goal), 0);
        var step = HedgeDecision.Decide(look, default);
        var after = look.Delta + step.Trade;
        return -below <= after && after <= above && after * look.Delta >= 0 && HedgeDecision.Decide(look with { Delta = after }, step.Memory).Trade == 0;
    })).Check(Chance.Cases(500));

    [Fact]
    public void What_is_not_a_number_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => HedgeDecision.Decide(Look(double.NaN, default), default));
        Assert.Throws<ArgumentOutOfRangeException>(() => HedgeDecision.Decide(Look(1, HedgeBand.Around(-1)), default));
        Assert.Throws<ArgumentOutOfRangeException>(() => HedgeDecision.Decide(Look(1, HedgeBand.Around(double.NaN)), default));
    }
}
