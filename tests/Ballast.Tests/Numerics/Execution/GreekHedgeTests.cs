using System.Text.Json;
using Ballast.Numerics.Allocation;
using Ballast.Numerics.Execution;
using Ballast.Numerics.Linear;
using Ballast.Numerics.Options;
using Ballast.Numerics.Random;
using FsCheck;
using FsCheck.Fluent;

namespace Ballast.Tests.Numerics.Execution;

public class GreekHedgeTests
{
    [Fact]
    [Trait("Category", "Vectors")]
    public void The_reference_hedge_comes_out()
    {
        foreach (var x in DerivativeCases.Read("multi_greek_hedge.json"))
        {
            var problem = Problem(x);
            var (relaxed, whole) = (GreekHedge.Solve(problem with { WholeLots = false }).OrThrow(), GreekHedge.Solve(problem).OrThrow());

            DerivativeCases.Near(x.Number("lp_cost"), relaxed.Cost, 1e-9, "relaxed cost");
            DerivativeCases.Near(x.Number("milp_cost"), whole.Cost, 1e-9, "cost of whole lots");
            foreach (var (expected, actual) in x.Numbers("lp_lots").Zip(relaxed.Lots)) DerivativeCases.Near(expected, actual, 1e-9, "lots");
            Assert.All(problem.Greeks.Zip(whole.After), pair => Assert.Equal(0, pair.First.Excess(pair.Second), 1e-9));
        }
    }

    /// <summary>Three instruments, at most three lots each way: every one of the 343 trades is looked at.</summary>
    [Fact]
    public void No_other_whole_lots_are_cheaper() => Prop.ForAll(AnyProblem(), problem =>
    {
        var cheapest = AllLots(problem).Where(lots => Kept(problem, lots)).Select(lots => (double?)Total(problem, lots)).Min();
        var answer = GreekHedge.Solve(problem);

        if (answer is Answer<GreekHedgeSolution>.Refused refused) Assert.Equal(("Infeasible", null), (refused.Code, cheapest));
        else
        {
            var found = answer.OrThrow();
            Assert.True(Kept(problem, found.Lots), string.Join(" ", found.Lots));
            Assert.Equal(cheapest!.Value, Total(problem, found.Lots), 2e-6 * Math.Max(1, cheapest.Value));
            Assert.Equal(found.Cost + found.RiskCost, Total(problem, found.Lots), 1e-9);
        }
    }).Check(Chance.Cases(400));

    /// <summary>The relaxation is never dearer, and no step between its solution and any lots that keep the bounds is cheaper.</summary>
    [Fact]
    public void The_relaxation_is_a_bound() => Prop.ForAll(AnyProblem(), problem =>
    {
        if (GreekHedge.Solve(problem) is not Answer<GreekHedgeSolution>.Found { Value: var whole }) return;
        var relaxed = GreekHedge.Solve(problem with { WholeLots = false }).OrThrow();
        Assert.True(Total(problem, relaxed.Lots) <= Total(problem, whole.Lots) * (1 + 1e-6) + 1e-6);
        Assert.True(Kept(problem, relaxed.Lots));
    }).Check(Chance.Cases(200));

    /// <summary>199 options and a perpetual: the costs that HiGHS (in SciPy 1.10.1, gap 1e-6) finds for the same numbers, in parts of lots and in whole ones.</summary>
    [Theory]
    [InlineData(1, 11938.38986293831, 11939.216284626276)]
    [InlineData(2, 11988.603135946629, 11989.525865383002)]
    [InlineData(3, 13022.292487339031, 13023.035721902666)]
    [InlineData(4, 11556.446209792763, 11557.540295886629)]
    [InlineData(5, 12625.547063794253, 12627.80320072925)]
    [InlineData(6, 13341.384371022592, 13342.22129389211)]
    [InlineData(7, 12810.122551500843, 12810.57892338143)]
    [InlineData(8, 12146.834164313628, 12147.76028625522)]
    [InlineData(9, 13537.972552307629, 13538.576265369795)]
    [InlineData(10, 12591.11340315253, 12593.694437294133)]
    [InlineData(11, 12487.67773883529, 12488.391035406623)]
    [InlineData(12, 11689.645580120055, 11690.103918836714)]
    public void Another_solver_finds_the_same_cost(int seed, double relaxed, double whole)
    {
        var (problem, found) = (Chain((ulong)seed), GreekHedge.Solve(Chain((ulong)seed)).OrThrow());

        DerivativeCases.Near(relaxed, GreekHedge.Solve(problem with { WholeLots = false }).OrThrow().Cost, 1e-12, "parts of lots");
        Assert.All(problem.Greeks.Zip(found.After), pair => Assert.Equal(0, pair.First.Excess(pair.Second), 1e-6));
        DerivativeCases.Near(whole, found.Cost, Math.Max(2e-6, found.Gap), "whole lots");
        Assert.InRange(found.Gap, 0, 2e-5);
    }

    [Fact]
    public void A_hedge_that_cannot_be_made_names_the_bound_that_is_in_the_way()
    {
        var problem = new GreekHedgeProblem([new("delta", 5, [1, 0.5], -0.1, 0.1), new("gamma", -100, [0, 2], -10, 10)], [1, 4], [50, 20], [50, 20]);

        var refused = Assert.IsType<Answer<GreekHedgeSolution>.Refused>(GreekHedge.Solve(problem));

        Assert.Equal(("Infeasible", "gamma cannot come within -10 and 10: -60 is the nearest beside the other bounds"), (refused.Code, refused.Reason));
        var shortfall = Assert.Single(GreekHedge.Shortfalls(problem));
        Assert.Equal(("gamma", -60.0, -50.0), (shortfall.Name, shortfall.Reached, shortfall.By));
    }

    [Fact]
    public void Lots_too_coarse_for_the_bounds_are_refused_as_well()
    {
        var refused = Assert.IsType<Answer<GreekHedgeSolution>.Refused>(GreekHedge.Solve(new([new("delta", 0.5, [1], -0.2, 0.2)], [1], [9], [9])));
        Assert.Equal("Infeasible", refused.Code);
        Assert.StartsWith("delta cannot come within -0.2 and 0.2: ", refused.Reason);
    }

    [Fact]
    public void A_position_is_closed_but_not_turned_round()
    {
        var problem = new GreekHedgeProblem([new("delta", 10, [1, 1], -0.5, 0.5)], [1, 3], [100, 100], [100, 100]);
        Assert.Equal([-10.0, 0.0], GreekHedge.Solve(problem).OrThrow().Lots);

        Assert.Equal([-4.0, -6.0], GreekHedge.Solve(problem with { Held = [4, 20] }).OrThrow().Lots);
    }

    [Fact]
    public void Nothing_to_trade_or_nothing_to_keep_is_an_answer_too()
    {
        Assert.Equal("delta cannot come within -1 and 1: 5 is the nearest beside the other bounds", Assert.IsType<Answer<GreekHedgeSolution>.Refused>(GreekHedge.Solve(new([new("delta", 5, [], -1, 1)], [], [], []))).Reason);
        Assert.Empty(GreekHedge.Solve(new([new("delta", 0, [], -1, 1)], [], [], [])).OrThrow().Lots);
        Assert.Equal([0.0, 0.0], GreekHedge.Solve(new([], [1, 2], [5, 5], [5, 5])).OrThrow().Lots);
        Assert.Equal([0.0], GreekHedge.Solve(new([new("delta", 0, [0], -1, 1)], [1], [5], [5])).OrThrow().Lots);
    }

    [Fact]
    public void Nobody_is_paid_for_trading()
    {
        var found = GreekHedge.Solve(new([new("delta", 0, [1], -5, 5)], [-1], [100], [100])).OrThrow();
        Assert.Equal((0.0, 0.0), (found.Lots[0], found.Cost));
        Assert.Contains(found.Notes, n => n.StartsWith("rebates are counted as nothing", StringComparison.Ordinal));
    }

    [Fact]
    public void A_bound_that_only_the_hedge_would_break_is_named()
    {
        var found = GreekHedge.Solve(new([new("gamma", -8, [2, 2], -1, 1), new("vega", 0, [9, 1], -5, 5)], [1, 2], [10, 10], [10, 10])).OrThrow();
        Assert.Contains("the cheapest trades for the other bounds alone would break vega, which kept its bounds before", found.Notes);
    }

    /// <summary>A margin that grows with the square of the lots: its straight line at nothing forbids nothing, those at the answers do.</summary>
    [Fact]
    public void The_margin_engine_has_the_last_word()
    {
        MarginSlope Engine(double[] lots) => new(lots.Sum(x => x * x), [.. lots.Select(x => 2 * x)]);
        var problem = new GreekHedgeProblem([new("delta", 10, [1, 1], -2, 2)], [1, 2], [20, 20], [20, 20]) { Margin = new(40, Engine) };

        var found = GreekHedge.Solve(problem).OrThrow();
        Assert.Equal([-6.0, -2.0], found.Lots);
        Assert.Equal(40.0, found.Margin);

        var refused = Assert.IsType<Answer<GreekHedgeSolution>.Refused>(GreekHedge.Solve(problem with { Margin = new(20, Engine) }));
        Assert.Contains(refused.Code, (string[])["Infeasible", "MarginNotMet"]);
    }

    /// <summary>One instrument, no bounds: c|n| + a/2 s²(g + n)² is least at n = −(g − c/(a s²)).</summary>
    [Fact]
    public void What_is_left_of_risk_is_worth_what_the_next_lot_costs()
    {
        var problem = new GreekHedgeProblem([new("delta", 10, [1], double.NegativeInfinity, double.PositiveInfinity)], [3], [100], [100]) { Risk = new(2, new Matrix(1, 1, [0.75])), WholeLots = false };
        var found = GreekHedge.Solve(problem).OrThrow();
        Assert.Equal(-8, found.Lots[0], 2e-3); // The objective is flat here: it is held to 1e-7.
        Assert.Equal(24 + 0.75 * 4, found.Cost + found.RiskCost, 1e-5);
        Assert.Equal(-8, GreekHedge.Solve(problem with { WholeLots = true }).OrThrow().Lots[0]);
    }

    private static GreekHedgeProblem Problem(JsonElement x)
    {
        var instruments = x.GetProperty("instruments").EnumerateArray().ToArray();
        double[] Each(string key) => [.. instruments.Select(i => i.Number(key))];
        return new([.. x.GetProperty("portfolio").EnumerateObject().Select(g => new GreekBound(g.Name, g.Value.GetDouble(), [.. Each(g.Name).Zip(Each("lot"), (per, lot) => per * lot)], -x.GetProperty("tolerance").Number(g.Name), x.GetProperty("tolerance").Number(g.Name)))],
            Each("cost_per_lot"), Each("max_lots"), Each("max_lots"));
    }

    private static GreekHedgeProblem Chain(ulong seed)
    {
        var chance = new Xoshiro256(seed);
        var (delta, gamma, vega, costs, most) = (new double[200], new double[200], new double[200], new double[200], new double[200]);
        for (var i = 0; i < 199; i++)
        {
            var (years, moneyness, vol) = ((7 + 30 * (i % 7)) / 365.0, Math.Exp(0.8 * (chance.NextDouble() - 0.5)), 0.5 + 0.3 * chance.NextDouble());
            var value = BlackScholes.OnForward(i % 2 == 0 ? OptionKind.Call : OptionKind.Put, 60_000, 60_000 * moneyness, years, 0, vol);
            (delta[i], gamma[i], vega[i]) = (0.1 * value.Delta, 0.1 * value.Gamma * 60_000 * 60_000 / 100, 0.1 * value.Vega / 100);
            (costs[i], most[i]) = (0.1 * (18 + 0.03 * value.Price * (0.5 + chance.NextDouble())), 20 + chance.NextInt(80));
        }
        (delta[199], costs[199], most[199]) = (0.001, 0.0306, 200_000);
        return new([new("delta", 3.7, delta, -0.05, 0.05), new("gamma", -52_000, gamma, -500, 500), new("vega", -14_500, vega, -250, 250)], costs, most, most);
    }

    private static Arbitrary<GreekHedgeProblem> AnyProblem() => Arb.From(
        from cells in Gen.Choose(-6, 6).ArrayOf(9)
        from now in Gen.Choose(-20, 20).ArrayOf(3)
        from width in Gen.Choose(0, 6).ArrayOf(3)
        from costs in Gen.Choose(-1, 9).ArrayOf(3)
        from held in Gen.Choose(-3, 3).ArrayOf(3)
        from bounds in Gen.Choose(1, 3)
        from keeps in Gen.Elements(true, false)
        from risky in Gen.Elements(true, false)
        select new GreekHedgeProblem([.. Enumerable.Range(0, bounds).Select(g => new GreekBound($"greek {g}", now[g], [.. cells.Skip(3 * g).Take(3).Select(c => (double)c)], -width[g], width[g]))], [.. costs.Select(c => (double)c)], [3, 3, 3], [3, 3, 3])
        {
            Held = keeps ? [.. held.Select(h => (double)h)] : [],
            Risk = risky ? new GreekRisk(0.3, Algebra.Filled(bounds, bounds, (i, j) => i == j ? 1 + i : 0.5)) : null,
        });

    private static IEnumerable<double[]> AllLots(GreekHedgeProblem p) =>
        from a in Enumerable.Range(-3, 7) from b in Enumerable.Range(-3, 7) from c in Enumerable.Range(-3, 7)
        let lots = (double[])[a, b, c]
        where p.Held.Length == 0 || lots.Zip(p.Held).All(x => x.Second == 0 || (x.First + x.Second) * x.Second >= 0 && (x.Second > 0 || x.First <= -x.Second))
        select lots;

    private static double After(GreekHedgeProblem p, int greek, double[] lots) => p.Greeks[greek].Now + p.Greeks[greek].PerLot.Zip(lots, (g, n) => g * n).Sum();

    private static bool Kept(GreekHedgeProblem p, double[] lots) => Enumerable.Range(0, p.Greeks.Length).All(g => Math.Abs(p.Greeks[g].Excess(After(p, g, lots))) <= 1e-7);

    private static double Total(GreekHedgeProblem p, double[] lots)
    {
        var trades = lots.Zip(p.Costs, (n, c) => Math.Abs(n) * Math.Max(0, c)).Sum();
        if (p.Risk is not { } risk) return trades;
        double[] left = [.. p.Greeks.Select((_, g) => After(p, g, lots))];
        return trades + 0.5 * risk.Aversion * left.Zip(risk.Covariance.Times(left), (a, b) => a * b).Sum();
    }
}
