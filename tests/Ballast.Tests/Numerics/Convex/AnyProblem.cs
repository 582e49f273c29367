using Ballast.Numerics.Convex;
using Ballast.Numerics.Linear;
using Ballast.Numerics.Random;

namespace Ballast.Tests.Numerics.Convex;

/// <summary>Random portfolio programmes of every shape, each with weights that keep its limits.</summary>
internal sealed record AnyProblem(PortfolioProblem Problem, double[] Feasible)
{
    public static AnyProblem Draw(Xoshiro256 chance, int mostAssets = 25)
    {
        var n = 1 + (int)(chance.NextDouble() * mostAssets);
        var feasible = chance.Weights(n);
        var risk = Curvature.Dense(Covariance(chance, n, observations: 1 + (int)(chance.NextDouble() * 3 * n)), chance.Between(0.1, 10));
        var limits = Limits.Between([.. feasible.Select(w => Often(chance) ? 0 : w - chance.Between(0, 0.2))], [.. feasible.Select(w => Often(chance) ? 1 : w + chance.Between(0, 0.2))]);
        if (Often(chance)) limits = limits with { Rows = [.. Enumerable.Range(0, 1 + n / 5).Select(k => Row(chance, feasible, k))] };
        var trades = Often(chance);
        if (trades) limits = limits with { Current = chance.Weights(n) };
        if (trades && Often(chance)) limits = limits with { Turnover = feasible.Zip(limits.Current, (a, b) => Math.Abs(a - b)).Sum() + chance.Between(0, 0.3) };
        var problem = new PortfolioProblem(risk, chance.Numbers(n, -0.2, 0.2), limits)
        {
            Costs = trades && Often(chance) ? chance.Numbers(n, 0, 0.02) : [],
            Impact = trades && Often(chance) ? chance.Numbers(n, 0.001, 0.02) : [],
        };
        return new(problem, feasible);
    }

    /// <summary>A sample covariance, singular where there are fewer observations than assets.</summary>
    public static Matrix Covariance(Xoshiro256 chance, int assets, int observations)
    {
        var covariance = new Matrix(assets, assets);
        for (var t = 0; t < observations; t++)
        {
            var common = chance.Between(-1, 1);
            double[] x = [.. chance.Numbers(assets, -1, 1).Select(own => common + own)];
            for (var i = 0; i < assets; i++)
                for (var j = 0; j < assets; j++) covariance[i, j] += 0.1 * x[i] * x[j] / observations;
        }
        return covariance;
    }

    private static LinearLimit Row(Xoshiro256 chance, double[] feasible, int k)
    {
        var coefficients = chance.Numbers(feasible.Length, -1, 1);
        return new($"row {k}", coefficients, coefficients.Zip(feasible, (a, w) => a * w).Sum() + chance.Between(0, 0.1));
    }

    private static bool Often(Xoshiro256 chance) => chance.NextDouble() < 0.5;
}
