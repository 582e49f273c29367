using Ballast.Numerics.Convex;
using Ballast.Numerics.Linear;
using Ballast.Numerics.Optimisation;
using Ballast.Numerics.Random;
using Ballast.Numerics.Statistics;
using Ballast.Tests.Numerics.Convex;

namespace Ballast.Tests.Numerics.Optimisation;

/// <summary>
/// Optimality from the definition, by a test that knows nothing of solvers: within bounds and a sum, weights are best exactly where moving a little
/// from any asset to any other makes nothing better (the objectives are convex, or ratios whose level sets are).
/// </summary>
public class OptimalityTests
{
    private static readonly Method[] Smooth = [Method.MinVariance, Method.MaxUtility, Method.MaxSharpe, Method.MaxDiversification, Method.MaxDecorrelation];

    [Fact]
    public void No_move_between_two_assets_makes_anything_better() => Draws.ForManySeeds(chance =>
    {
        var (known, limits) = (Known(chance), Bounds(chance));
        foreach (var method in Smooth)
        {
            var w = Weights(new Recipe(method), known, limits);
            if (w is null) continue;
            Best(w, Gradient(method, known, w), new double[w.Length], limits, method.ToString());
        }
    });

    [Fact]
    public void Nor_where_moving_costs() => Draws.ForManySeeds(chance =>
    {
        var known = Known(chance);
        var limits = Bounds(chance) with { Current = chance.Weights(Size) };
        foreach (var method in (Method[])[Method.MinVariance, Method.MaxUtility])
        {
            double[] costs = chance.Numbers(Size, 0, 0.02);
            var w = Weights(new Recipe(method) { RiskAversion = 5, Costs = costs }, known, limits)!;
            var slope = known.Covariance.Times(w).Select((x, i) => 5 * x - (method == Method.MaxUtility ? known.Mean![i] : 0)).ToArray();
            Best(w, slope, costs, limits, method.ToString());
        }
    });

    [Fact]
    public void Other_weights_have_no_smaller_tail_deviation_or_downside_and_no_more_growth() => Draws.ForManySeeds(chance =>
    {
        var known = Known(chance, periods: 60);
        var limits = Limits.Between(Size, 0, 0.5);
        foreach (var (method, loss) in Losses(known.Returns!))
        {
            var w = Weights(new Recipe(method) { Confidence = 0.9 }, known, limits)!;
            for (var k = 0; k < 200; k++)
            {
                var other = chance.Weights(Size);
                if (other.Max() > 0.5) continue;
                foreach (var step in (double[])[1, 1e-3])
                    Assert.True(loss([.. w.Zip(other, (a, b) => a + step * (b - a))]) >= loss(w) - 1e-9 * step, $"{method}: {step} towards other weights is better");
            }
        }
    });

    [Fact]
    public void Shares_of_risk_sum_to_one_and_budgets_are_met() => Draws.ForManySeeds(chance =>
    {
        var (known, budgets) = (Known(chance), chance.Weights(Size));
        var w = Weights(new Recipe(Method.RiskBudget) { Budgets = budgets }, known, Limits.LongOnlyOf(Size))!;
        var marginal = known.Covariance.Times(w);
        var variance = Algebra.Dot(w, marginal);
        for (var i = 0; i < Size; i++) Assert.Equal(budgets[i], w[i] * marginal[i] / variance, 1e-10);
        Assert.Equal(1, PortfolioRisk.Shares(w, known.Covariance)!.Sum(), 1e-12);
    });

    [Fact]
    public void Reordering_the_assets_reorders_their_weights() => Draws.ForManySeeds(chance =>
    {
        var known = Known(chance);
        int[] order = [.. Enumerable.Range(0, Size).OrderBy(_ => chance.NextDouble())];
        var turned = new Estimates([.. order.Select(i => known.Names[i])], Algebra.Filled(Size, Size, (i, j) => known.Covariance[order[i], order[j]]),
            [.. order.Select(i => known.Mean![i])], Algebra.Filled(known.Returns!.Rows, Size, (t, i) => known.Returns[t, order[i]]), known.PeriodsAYear);
        // The two trees split their list of leaves in halves, and which of two equal branches comes first is a matter of order.
        foreach (var method in Enum.GetValues<Method>().Except([Method.Hrp, Method.Herc]))
        {
            var recipe = new Recipe(method) { Return = 0.1, Volatility = 2 };
            var (w, v) = (Weights(recipe, known, Limits.Between(Size, 0, 0.6)), Weights(recipe, turned, Limits.Between(Size, 0, 0.6)));
            if (w is null || v is null) { Assert.Equal(w is null, v is null); continue; }
            for (var i = 0; i < Size; i++) Assert.True(Math.Abs(w[order[i]] - v[i]) < 1e-6, $"{method}: {w[order[i]]:R} and {v[i]:R}");
        }
    });

    [Fact]
    public void The_unit_of_the_covariance_changes_nothing_where_it_must_not() => Draws.ForManySeeds(chance =>
    {
        var known = Known(chance);
        var factor = Math.Pow(10, chance.Between(-6, 3));
        var scaled = known with { Covariance = Algebra.Filled(Size, Size, (i, j) => known.Covariance[i, j] * factor) };
        foreach (var method in (Method[])[.. Smooth.Except([Method.MaxUtility]), Method.RiskBudget, Method.Hrp, Method.Herc, Method.InverseVolatility, Method.InverseVariance])
        {
            var (w, v) = (Weights(new Recipe(method), known, Limits.LongOnlyOf(Size)), Weights(new Recipe(method), scaled, Limits.LongOnlyOf(Size)));
            if (w is null) continue;
            for (var i = 0; i < Size; i++) Assert.True(Math.Abs(w[i] - v![i]) < 1e-9, $"{method} times {factor:R}: {w[i]:R} and {v[i]:R}");
        }
        var calm = Weights(new Recipe(Method.MaxUtility) { RiskAversion = 3 * factor }, known, Limits.LongOnlyOf(Size))!;
        var same = Weights(new Recipe(Method.MaxUtility) { RiskAversion = 3 }, scaled, Limits.LongOnlyOf(Size))!;
        for (var i = 0; i < Size; i++) Assert.Equal(calm[i], same[i], 1e-9);
    });

    private const int Size = 8;

    private static double[]? Weights(Recipe recipe, Estimates known, Limits limits) =>
        Chooser.Choose([recipe], known, limits) is Ballast.Numerics.Allocation.Answer<Chosen>.Found(var chosen) ? chosen.Portfolio.Weights : null;

    private static Estimates Known(Xoshiro256 chance, int periods = 120)
    {
        var table = new Matrix(periods, Size);
        for (var t = 0; t < periods; t++)
        {
            var common = chance.NextNormal();
            for (var i = 0; i < Size; i++) table[t, i] = 0.002 * Math.Sin(i + 1) + 0.01 * (1 + 0.2 * i) * (0.5 * common + chance.NextNormal());
        }
        string[] names = [.. Enumerable.Range(0, Size).Select(i => $"X{i}")];
        return new(names, Covariance.Sample(table), ExpectedReturns.Arithmetic(table).OrThrow(), table, 1);
    }

    private static Limits Bounds(Xoshiro256 chance)
    {
        var inside = chance.Weights(Size);
        return Limits.Between([.. inside.Select(w => Math.Max(0, w - chance.Between(0, 0.2)))], [.. inside.Select(w => Math.Min(1, w + chance.Between(0, 0.3)))]);
    }

    /// <summary>Of what is made least; ratios by their logarithm.</summary>
    private static double[] Gradient(Method method, Estimates known, double[] w)
    {
        var risk = known.Covariance.Times(w);
        var variance = Algebra.Dot(w, risk);
        double[] Ratio(double[] reward) => [.. reward.Select((r, i) => risk[i] / variance - r / Algebra.Dot(reward, w))];
        return method switch
        {
            Method.MinVariance => [.. risk.Select(x => x / variance)],
            Method.MaxUtility => [.. risk.Select((x, i) => 5 * x - known.Mean![i])],
            Method.MaxSharpe => Ratio(known.Mean!),
            Method.MaxDiversification => Ratio([.. known.Covariance.Diagonal().Select(Math.Sqrt)]),
            _ => Correlations.OfCovariance(known.Covariance).Times(w),
        };
    }

    /// <summary>For every pair, what is gained by the last bit moved from one to the other, relative to the size of what the slopes are made of.</summary>
    private static void Best(double[] w, double[] slope, double[] costs, Limits limits, string name)
    {
        // The two parts of a ratio's slope are of size one, and may cancel altogether.
        var size = name is nameof(Method.MaxSharpe) or nameof(Method.MaxDiversification) ? Math.Max(1, slope.Max(Math.Abs)) : slope.Max(Math.Abs);
        double Side(int i, int sign) => limits.Current.Length == 0 ? 0 : costs[i] * (Math.Abs(w[i] - limits.Current[i]) < 1e-12 ? 1 : sign * Math.Sign(w[i] - limits.Current[i]));
        for (var from = 0; from < w.Length; from++)
            for (var to = 0; to < w.Length; to++)
            {
                if (from == to || w[from] <= limits.Lower[from] + 1e-9 || w[to] >= limits.Upper[to] - 1e-9) continue;
                var rise = slope[to] + Side(to, 1) - slope[from] + Side(from, -1);
                Assert.True(rise >= -1e-9 * size, $"{name}: moving weight from {from} to {to} gains {-rise:R} of {size:R}");
            }
    }

    private static IEnumerable<(Method, Func<double[], double>)> Losses(Matrix returns)
    {
        double[] Ends(double[] w) => returns.Times(w);
        yield return (Method.MinMad, w => Ends(w) is var r && r.Average() is var mean ? r.Average(x => Math.Abs(x - mean)) : 0);
        yield return (Method.MinSemivariance, w => Ends(w).Average(x => Math.Min(x, 0) * Math.Min(x, 0)));
        yield return (Method.Minimax, w => -Ends(w).Min());
        yield return (Method.Kelly, w => -Ends(w).Average(x => Math.Log(1 + x)));
        // 60 scenarios at 90 %: the mean of the 6 worst.
        yield return (Method.MinCVaR, w => -Ends(w).Order().Take(6).Average());
    }
}
