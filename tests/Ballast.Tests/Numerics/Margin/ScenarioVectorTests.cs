using System.Text.Json;
using Ballast.Numerics.Derivatives;
using Ballast.Numerics.Margin;

namespace Ballast.Tests.Numerics.Margin;

/// <summary>Equity and futures risk engines: the same engine with other scenarios.</summary>
[Trait("Category", "Vectors")]
public class ScenarioVectorTests
{
    /// <summary>In money, as the specification of the vectors says.</summary>
    private const double Money = 1e-6;

    [Fact]
    public void Ten_points_of_a_stock_and_its_options()
    {
        var file = MarginVectors.Json("margin_tims.json");
        var positions = file.GetProperty("positions").EnumerateArray().ToArray();
        var rate = positions.First(p => p.Is("type", "option")).Number("r");
        var rules = new ScenarioRules([.. file.Numbers("points").Select(x => new Scenario(x, VolatilityState.Same))], VolatilityRule.None) { Rate = rate, Minimum = new(PerOption: 0.375) };

        var margin = new ScenarioBook(rules, CountedIn.Money, file.Number("spot"), [.. positions.Select(p => Leg(p, file.Number("spot")))]).Margin;

        Same(file, margin);
        MarginVectors.Near(file.Number("worst_loss"), margin.Scan, Money, 0, "scan");
        MarginVectors.Near(file.Number("minimum_0_375_per_share_equiv"), margin.Minimum, Money, 0, "minimum");
        MarginVectors.Near(file.Number("requirement"), margin.Risk, Money, 0, "requirement");
    }

    [Fact]
    public void Sixteen_scenarios_of_a_future_and_its_options()
    {
        var file = MarginVectors.Json("margin_span_like.json");
        var positions = file.GetProperty("positions").EnumerateArray().ToArray();
        var option = positions.First(p => p.Is("type", "option"));
        var rules = new ScenarioRules([.. file.GetProperty("scenarios").EnumerateArray().Select(Scenario)], new(file.Number("vol_scan_range"), file.Number("vol_scan_range")) { InPoints = !file.Is("vol_mode", "rel") })
        {
            MovesInMoney = true, DaysAhead = file.Number("lookahead_days"), Rate = option.Number("r"), Minimum = new(PerShortOption: option.Number("som") / option.Number("mult")),
        };

        var margin = new ScenarioBook(rules, CountedIn.Money, file.Number("future_price"), [.. positions.Select(p => Leg(p, file.Number("future_price")))]).Margin;

        Same(file, margin);
        MarginVectors.Near(file.Number("scan_risk"), margin.Scan, Money, 0, "scan");
        Assert.Equal(file.Number("active_scenario"), margin.Worst + 1);
        MarginVectors.Near(file.Number("short_option_minimum"), margin.Minimum, Money, 0, "minimum");
        MarginVectors.Near(file.Number("requirement"), margin.Risk, Money, 0, "requirement");
    }

    /// <summary>Arrays that an exchange publishes need no revaluation: they sum, and the worst of the sums is asked for.</summary>
    [Fact]
    public void Published_arrays_sum_to_the_published_requirement()
    {
        var file = MarginVectors.Json("margin_span_published_arrays.json");
        var (future, call) = (file.Numbers("long_future"), file.Numbers("long_dec410_call"));

        Assert.Equal(file.Number("requirement_future"), RiskArrays.Scan([future], [1]));
        Assert.Equal(file.Number("requirement_long_call"), RiskArrays.Scan([call], [1]));
        Assert.Equal(file.Number("requirement_covered_write"), RiskArrays.Scan([future, call], [1, -1]));
        Assert.Equal(file.Numbers("covered_write"), RiskArrays.Sum([future, call], [1, -1]));
    }

    private static void Same(JsonElement file, ScenarioMargin margin)
    {
        var expected = file.Numbers("pnl");
        for (var i = 0; i < expected.Length; i++) MarginVectors.Near(expected[i], margin.Gains[i], Money, 0, $"scenario {i + 1}");
    }

    private static Scenario Scenario(JsonElement row)
    {
        var (move, vol, weight) = (row[0].GetDouble(), row[1].GetDouble(), row[2].GetDouble());
        return new(move, vol > 0 ? VolatilityState.Up : vol < 0 ? VolatilityState.Down : VolatilityState.Same, weight);
    }

    /// <summary>Options are priced on the forward that the carry gives.</summary>
    private static Leg Leg(JsonElement p, double price) => p.Is("type", "option")
        ? new(LegKind.LinearOption, p.Number("qty") * p.Number("mult"), price * Math.Exp(p.Number("b") * p.Number("T")), p.Number("T")) { Right = p.Right(), Strike = p.Number("K"), Volatility = p.Number("sigma") }
        : new(LegKind.LinearFuture, p.Number("qty") * p.Number("mult"), price);
}
