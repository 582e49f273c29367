using Ballast.Numerics.Allocation;
using Ballast.Numerics.Convex;
using Ballast.Numerics.Linear;
using Ballast.Numerics.Random;

namespace Ballast.Tests.Numerics.Allocation;

public class NoTradeRegionTests
{
    [Fact]
    public void It_is_the_programme_that_a_solver_solves() => Draws.ForManySeeds(chance =>
    {
        var n = 2 + chance.NextInt(7);
        var (w, t, costs, gamma) = (chance.Weights(n), chance.Weights(n), chance.Numbers(n, 0, 0.01), chance.Between(1, 10));
        var limits = Limits.Between([.. w.Select(x => chance.NextDouble() < 0.3 ? x : 0)], [.. w.Select(x => chance.NextDouble() < 0.3 ? Math.Max(x, 0.4) : 1)]);
        var found = NoTradeRegion.Of(t, costs, gamma).From(w, limits).OrThrow().Weights;
        var solved = Solved(w, t, costs, gamma, limits);
        return found.Zip(solved, (a, b) => Draws.Near(a, b, 1e-7)).All(x => x);
    }, cases: 300);

    [Fact]
    public void Groups_are_kept_as_a_solver_keeps_them() => Draws.ForManySeeds(chance =>
    {
        var (w, t, costs) = (chance.Weights(6), chance.Weights(6), chance.Numbers(6, 0, 0.01));
        WeightGroup[] groups = [new([0, 2], chance.Between(0, 0.2), chance.Between(0.25, 0.5)), new([1, 4], chance.Between(0, 0.2), chance.Between(0.25, 0.5))];
        var rows = groups.SelectMany(g => LinearLimit.Group("g", 6, g.Members, g.Low, g.High)).ToArray();
        var found = NoTradeRegion.Of(t, costs, 4).From(w, Limits.LongOnlyOf(6), groups).OrThrow().Weights;
        var solved = Solved(w, t, costs, 4, Limits.LongOnlyOf(6) with { Rows = rows });
        return found.Zip(solved, (a, b) => Draws.Near(a, b, 1e-7)).All(x => x);
    }, cases: 300);

    [Fact]
    public void The_way_says_whether_a_trade_is_due() => Draws.ForManySeeds(chance =>
    {
        var n = 2 + chance.NextInt(8);
        var w = chance.Weights(n);
        var point = NoTradeRegion.Of(chance.Weights(n), chance.Numbers(n, 0.0001, 0.05), 4).From(w, Limits.LongOnlyOf(n)).OrThrow();
        return point.Way > 1 == point.Weights.Zip(w, (y, x) => y != x).Any(x => x);
    });

    [Fact]
    public void The_edges_are_where_each_weight_is_brought_to() => Draws.ForManySeeds(chance =>
    {
        var (w, t) = (chance.Weights(5), chance.Weights(5));
        var point = NoTradeRegion.Of(t, chance.Numbers(5, 0, 0.01), 4).From(w, Limits.LongOnlyOf(5)).OrThrow();
        return Enumerable.Range(0, 5).All(i => Draws.Near(Math.Clamp(w[i], point.Low[i], point.High[i]), point.Weights[i], 1e-12));
    });

    [Fact]
    public void An_asset_is_left_alone_up_to_its_edges_and_no_further() => Draws.ForManySeeds(chance =>
    {
        var (t, costs) = (chance.Weights(5), chance.Numbers(5, 0.0001, 0.005));
        var region = NoTradeRegion.Of(t, costs, 4);
        var w = region.From(chance.Weights(5), Limits.LongOnlyOf(5)).OrThrow().Weights;
        var (low, high) = region.Alone(2, w, Limits.LongOnlyOf(5));
        NoTradePoint At(double weight) => region.From([.. w.Select((x, i) => i == 2 ? weight : x * (1 - weight) / (1 - w[2]))], Limits.LongOnlyOf(5)).OrThrow();
        bool Left(double weight) => Draws.Near(weight, At(weight).Weights[2], 1e-8);
        return Left(Math.Max(0, low)) && Left(Math.Min(1, high)) && (low <= 1e-4 || At(low - 1e-4).Way > 1) && (high >= 1 - 1e-4 || At(high + 1e-4).Way > 1);
    });

    [Fact]
    public void The_targets_are_inside_and_are_where_free_trading_goes() => Draws.ForManySeeds(chance =>
    {
        var (w, t) = (chance.Weights(6), chance.Weights(6));
        return NoTradeRegion.Of(t, new double[6], 4).From(w, Limits.LongOnlyOf(6)).OrThrow().Weights.Zip(t, (a, b) => Draws.Near(a, b, 1e-12)).All(x => x)
            && NoTradeRegion.Of(t, chance.Numbers(6, 0, 0.01), 4).From(t, Limits.LongOnlyOf(6) with { Total = t.Sum() }).OrThrow().Weights.SequenceEqual(t);
    });

    [Fact]
    public void It_grows_with_the_cost_and_with_less_aversion_to_risk() => Draws.ForManySeeds(chance =>
    {
        var (w, t, costs) = (chance.Weights(6), chance.Weights(6), chance.Numbers(6, 0.0001, 0.01));
        double Way(double times, double gamma) => NoTradeRegion.Of(t, [.. costs.Select(c => times * c)], gamma).From(w, Limits.LongOnlyOf(6) with { Total = w.Sum() }).OrThrow().Way;
        // Widths go with the cube root of cost over aversion.
        return Draws.Near(Way(1, 4) / 2, Way(8, 4), 1e-9) && Draws.Near(Way(1, 4) * 2, Way(1, 32), 1e-9);
    });

    [Fact]
    public void What_costs_almost_everything_is_never_traded() => Draws.ForManySeeds(chance =>
    {
        var w = chance.Weights(6);
        return NoTradeRegion.Of(chance.Weights(6), [0.99, 0.99, 0.99, 0.99, 0.99, 0.99], 1e-6).From(w, Limits.LongOnlyOf(6) with { Total = w.Sum() }).OrThrow().Weights.SequenceEqual(w);
    });

    [Fact]
    public void It_moves_only_once_and_in_any_order_of_the_assets() => Draws.ForManySeeds(chance =>
    {
        var (w, t, costs) = (chance.Weights(6), chance.Weights(6), chance.Numbers(6, 0, 0.01));
        double[] Once(double[] from, double[] to, double[] at) => NoTradeRegion.Of(to, at, 4).From(from, Limits.LongOnlyOf(6)).OrThrow().Weights;
        var once = Once(w, t, costs);
        return Once(once, t, costs).Zip(once, (a, b) => Draws.Near(a, b, 1e-12)).All(x => x)
            && Once([.. w.Reverse()], [.. t.Reverse()], [.. costs.Reverse()]).Reverse().Zip(once, (a, b) => Draws.Near(a, b, 1e-12)).All(x => x);
    });

    /// <summary>μ/(γσ²) = 0.6 beside cash that costs nothing: the exact region of a spread ε, for which one way costs ε/2.</summary>
    [Theory, InlineData(1e-3, 0.03), InlineData(1e-5, 0.01), InlineData(1e-7, 0.003)]
    public void One_asset_beside_cash_has_the_exact_region_as_the_cost_goes_to_nothing(double spread, double within)
    {
        var exact = NoTradeBand.Exact(0.6 * 4 * 0.25, 0.5, 4, spread).OrThrow();
        var (low, high) = NoTradeRegion.Of([0.6, 0.4], [spread / 2, 0], 4).Alone(0, [0.6, 0.4], Limits.LongOnlyOf(2));

        Assert.InRange((high - low) / (exact.Upper - exact.Lower), 1 - within, 1 + within);
        var asymptotic = NoTradeBand.Asymptotic(0.6 * 4 * 0.25, 0.5, 4, spread / 2).OrThrow();
        Assert.Equal((asymptotic.Upper - asymptotic.Lower) / 2, HalfWidth([0.6, 0.4], [spread / 2, 0]), 1e-12);
    }

    /// <summary>One unit of fixed cost in ten thousand: Δ = (12 F/γ · t²(1 − t)²)^(1/4), and then all the way.</summary>
    [Theory, InlineData(0.0001, 0), InlineData(0.001, 0.001)]
    public void A_fixed_cost_alone_makes_trades_rare_and_whole(double first, double second)
    {
        var far = Math.Pow(12 * (first + second) / 4 * 0.24 * 0.24, 0.25);
        var region = NoTradeRegion.Of([0.6, 0.4], [0, 0], 4, [first, second]);
        double At(double weight) => region.From([weight, 1 - weight], Limits.LongOnlyOf(2), null, region.LeastTrades).OrThrow().Weights[0];

        Assert.Equal(0.6 + far * 0.999, At(0.6 + far * 0.999));
        Assert.Equal(0.6, At(0.6 + far * 1.001), 1e-12);
    }

    [Fact]
    public void A_change_below_the_least_is_not_made_and_nothing_pays_for_it()
    {
        double[] w = [0.58, 0.22, 0.2], t = [0.5, 0.3, 0.2];
        var region = NoTradeRegion.Of(t, [0.001, 0.001, 0.001], 4);
        var free = region.From(w, Limits.LongOnlyOf(3)).OrThrow();
        var change = w[0] - free.Weights[0];

        Assert.True(change > 0.001);
        Assert.Equal(w, region.From(w, Limits.LongOnlyOf(3), null, [change * 1.01, change * 1.01, change * 1.01]).OrThrow().Weights);
        Assert.Equal(free.Weights, region.From(w, Limits.LongOnlyOf(3), null, [change * 0.5, change * 0.5, change * 0.5]).OrThrow().Weights);
        Assert.True(region.From(w, Limits.LongOnlyOf(3), null, [1, 1, 1]).OrThrow().Way > 1);
    }

    [Fact]
    public void Limits_that_contradict_each_other_are_refused() => Assert.Equal("BandsInfeasible", Assert.IsType<Answer<NoTradePoint>.Refused>(
        NoTradeRegion.Of([0.5, 0.5], [0.001, 0.001], 4).From([0.5, 0.5], Limits.Between([0, 0], [0.3, 0.3]))).Code);

    private static double HalfWidth(double[] targets, double[] costs)
    {
        var region = NoTradeRegion.Of(targets, costs, 4);
        var (inside, outside) = (0.0, 0.4);
        for (var round = 0; round < 60; round++)
            if ((inside + outside) / 2 is var d && region.From([targets[0] + d, targets[1] - d], Limits.LongOnlyOf(2) with { Total = targets[0] + d + (targets[1] - d) }).OrThrow().Way <= 1) inside = d;
            else outside = d;
        return inside;
    }

    /// <summary>½ Σ (y − t)²/D + Σ p|y − w| by the interior point, with D and p as the allocation rule has them: n counts rooms, each asset pays its own leg.</summary>
    private static double[] Solved(double[] w, double[] t, double[] costs, double gamma, Limits limits)
    {
        double[] room = [.. t.Select(x => Math.Pow(x * (1 - x), 2.0 / 3))];
        var mean = room.Zip(costs, (d, c) => d * c).Sum() / room.Sum();
        var count = room.Sum() * room.Sum() / room.Sum(d => d * d);
        var scale = Math.Cbrt(3 * count / (2 * (count - 1)) / (gamma * mean * mean));
        var risk = new Matrix(t.Length, t.Length);
        for (var i = 0; i < t.Length; i++) risk[i, i] = 1 / room[i];
        var solution = PortfolioSolver.Solve(new PortfolioProblem(Curvature.Dense(risk), [.. t.Zip(room, (x, d) => -x / d)], limits with { Current = w }) { Costs = [.. costs.Select(c => c * scale)] });
        Assert.Equal(Status.Optimal, solution.Status);
        return solution.Weights;
    }
}
