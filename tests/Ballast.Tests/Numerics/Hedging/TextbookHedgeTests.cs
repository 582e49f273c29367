using Ballast.Numerics.Hedging;
using Ballast.Numerics.Options;
using Ballast.Tests.Numerics.Options;

namespace Ballast.Tests.Numerics.Hedging;

[Trait("Category", "Vectors")]
public class TextbookHedgeTests
{
    /// <summary>Hull, Options, Futures and Other Derivatives, dynamic delta hedging: 100,000 shares, S 49, K 50, 5 %, 20 %, 20 weeks; deltas and shares are printed rounded.</summary>
    [Theory]
    [InlineData("hull_delta_hedge_19_2.csv", 5263.3)]
    [InlineData("hull_delta_hedge_19_3.csv", 256.6)]
    public void Weekly_hedging_costs_what_the_textbook_prints(string file, double printed)
    {
        var (shares, cost) = (0.0, 0.0);
        var rows = OptionRow.Read(file);
        foreach (var x in rows)
        {
            var delta = BlackScholes.OnSpot(OptionKind.Call, x["S"], 50, (20 - x["week"]) / 52, 0.05, 0, 0.2).Delta;
            Assert.Equal(x["delta"], delta, 0.0006);
            var step = HedgeDecision.Decide(new(shares - Math.Round(delta, 3) * 100_000, 0, HedgeBand.Around(0, HedgeGoal.Target), x["week"] / 52) { Lot = 100 }, default);
            shares += step.Trade;
            cost = cost * Math.Exp(0.05 / 52) + step.Trade * x["S"] / 1000;
            Assert.Equal(x["shares_purchased"], step.Trade, 1e-6);
            Assert.Equal(x["cum_cost_incl_interest_k"], cost, 0.3);
        }
        Assert.Equal(printed, cost, 0.3);
    }

    /// <summary>The same month, hedged 21 or 84 times, as simulated by Derman and Kamal's rule of the specification's row 30.</summary>
    [Theory]
    [InlineData(21, 0.4453, 0.4257)]
    [InlineData(84, 0.2226, 0.2186)]
    public void Derman_and_Kamals_rule_gives_its_printed_numbers(int steps, double rule, double simulated)
    {
        var option = new DollarGamma(100, 100, 1.0 / 12, 0.2);
        Assert.Equal(rule, HedgingError.Rule(option.Vega, 0.2, steps), 1e-4);
        // The sum to second order is closer to the simulation than the rule is.
        var second = Math.Sqrt(HedgingError.Variance(option, steps));
        Assert.True(Math.Abs(second - simulated) < Math.Abs(rule - simulated), $"{second} against {simulated}");
    }
}
