using Ballast.Market;
using Ballast.Money;
using Ballast.Tests.Planning;
using Ballast.Triggers;
using static Ballast.Tests.Planning.Given;
using static Ballast.Tests.Planning.Situation;

namespace Ballast.Tests.Triggers;

public class MeasureTests
{
    private static readonly (string, double[])[] Two = [("A", Past.Swing(0.01)), ("B", Past.Slow(0.02))];

    /// <summary>Uncorrelated, 1 % and 2 %, half each: variances 1 and 4, so that B carries four fifths.</summary>
    [Theory]
    [InlineData(0.79, true)]
    [InlineData(0.81, false)]
    public void The_largest_share_of_risk_is_named(double above, bool fires)
    {
        var answer = Check(MeasureKind.RiskShare, null, above);
        Assert.Equal(fires, answer.Fired);
        Assert.StartsWith("the risk share of B is 80 %", answer.Reason);
    }

    [Fact]
    public void The_share_of_one_asset_can_be_looked_at() => Assert.Equal("the risk share of A is 20 %", Check(MeasureKind.RiskShare, A("A"), 0.5).Reason);

    [Fact]
    public void A_fired_measure_names_its_bound() => Assert.Equal("the risk share of B is 80 %, above the 60 % allowed", Check(MeasureKind.RiskShare, null, 0.6).Reason);

    [Fact]
    public void Volatility_is_annual() => Near(Math.Sqrt(0.25 + 0.25 * 4) * Past.Volatility(0.01), MeasureKind.Volatility);

    /// <summary>10 points from A to B against half each: 0.1 · √(1 + 4) %.</summary>
    [Fact]
    public void Tracking_error_is_that_of_the_difference() => Near(0.1 * Math.Sqrt(5) * Past.Volatility(0.01), MeasureKind.TrackingError, "A 40, B 60");

    /// <summary>A and B swing by 1 and 2 % each, half each: the worst of the four equally frequent days loses 1.5 %.</summary>
    [Fact]
    public void Value_at_risk_and_shortfall_are_of_one_period()
    {
        Near(0.015, MeasureKind.ValueAtRisk);
        Near(0.015, MeasureKind.ExpectedShortfall);
    }

    [Fact]
    public void Concentration_is_the_sum_of_squares_or_one_weight()
    {
        Near(0.25 + 0.25, MeasureKind.Concentration);
        Assert.Equal("the weight of A is 50 %", Check(MeasureKind.Concentration, A("A"), 0.6).Reason);
    }

    [Fact]
    public void Exposure_leaves_cash_out() => Near(0.75, MeasureKind.GrossExposure, "A 50, B 25, USDT 25");

    [Fact]
    public void It_fires_beyond_its_bound_and_not_on_it()
    {
        Assert.False(Check(MeasureKind.GrossExposure, null, 0.75, "A 50, B 25, USDT 25").Fired);
        Assert.True(Check(MeasureKind.GrossExposure, null, 0.7499, "A 50, B 25, USDT 25").Fired);
    }

    [Fact]
    public void A_lower_bound_fires_below()
    {
        var rule = new Measure(MeasureKind.NetExposure, null, 1.2, 0.8, null, 1);
        var answer = Of("A 50, B 50", "A 50, B 25, USDT 25", rule).Answer();
        Assert.Equal("the net exposure is 0.75x, below the 0.80x allowed", answer.Reason);
        Assert.Equal(0.8 / 0.75, answer.Way!.Value, 1e-12);
        Assert.Equal("the net exposure is above 1.20x or below 0.80x", rule.Words);
    }

    [Fact]
    public void What_is_left_is_said_in_points() => Assert.Equal("20.00 points to go", Check(MeasureKind.Concentration, A("A"), 0.7).ToGo);

    [Theory]
    [InlineData(MeasureKind.Volatility)]
    [InlineData(MeasureKind.RiskShare)]
    [InlineData(MeasureKind.ExpectedShortfall)]
    public void Without_history_it_is_unknown_and_the_decision_holds_and_says_so(MeasureKind kind)
    {
        var decision = Of("A 50, B 50", "A 90, B 10", new Measure(kind, null, 0.1, null, null, 1)).Decide();
        Assert.Null(decision.Intent);
        Assert.Equal(TriggerState.Unknown, decision.Answers[0].Result.State);
        Assert.EndsWith("is not known: there is no price history", decision.Reason);
    }

    [Fact]
    public void A_held_asset_without_past_prices_is_not_taken_for_riskless() =>
        Assert.Equal("the volatility is not known: there are no past prices of C", Check(MeasureKind.Volatility, null, 0.1, "A 50, C 50").Reason);

    [Fact]
    public void An_asset_that_is_not_held_does_not_matter() => Assert.Equal(TriggerState.Fired, (Of("A 50, C 50", "A 100", new Measure(MeasureKind.Volatility, null, 0.1, null, null, 1)) with { History = Past.Of(Two) }).Answer().State);

    [Fact]
    public void Cash_alone_has_no_risk() => Assert.Equal("the volatility is 0 %", Check(MeasureKind.Volatility, null, 0.1, "USDT 100").Reason);

    [Fact]
    public void A_drawdown_is_counted_from_the_highest_value()
    {
        Assert.Equal("the fall from the highest value is 20 %", Fall(100, held: 80, flow: 0));
        Assert.Equal("the fall from the highest value is 0 %", Fall(100, held: 120, flow: 0));
    }

    [Theory]
    [InlineData(160, 80)]
    [InlineData(40, -40)]
    public void Money_that_comes_or_goes_is_no_gain_and_no_fall(int held, int flow) => Assert.Equal("the fall from the highest value is 20 %", Fall(100, held, flow));

    [Fact]
    public void The_highest_value_goes_with_the_money()
    {
        var after = (Of("A 100", "A 160") with { Flow = 80 }).Decide(Memory.Empty with { HighestValue = 100 }).Memory;
        Assert.Equal(200, after.HighestValue, 1e-12);
    }

    private static string Fall(double highest, decimal held, decimal flow) =>
        (Of("A 100", $"A {held}", new Measure(MeasureKind.Drawdown, null, 0.5, null, null, 1)) with { Flow = flow }).Answer(Memory.Empty with { HighestValue = highest }).Reason;

    private static TriggerResult Check(MeasureKind kind, Asset? of, double above, string held = "A 50, B 50") =>
        (Of("A 50, B 50", held, new Measure(kind, of, above, null, null, 1)) with { History = Past.Of(Two) }).Answer();

    /// <summary>Quiet with a bound just above, fired with one just below.</summary>
    private static void Near(double value, MeasureKind kind, string held = "A 50, B 50")
    {
        Assert.False(Check(kind, null, value * (1 + 1e-9), held).Fired);
        Assert.True(Check(kind, null, value * (1 - 1e-9), held).Fired);
    }
}
