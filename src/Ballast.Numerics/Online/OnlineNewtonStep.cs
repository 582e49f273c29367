using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Online;

/// <summary>Follows the best constant weights of the past with second-order steps (Agarwal, Hazan, Kale and Schapire 2006).</summary>
/// <param name="eta">η: share of equal weights mixed in.</param>
/// <param name="beta">β.</param>
/// <param name="delta">δ.</param>
public sealed class OnlineNewtonStep(int assets, double eta = 0, double beta = 1, double delta = 0.125) : OnlinePortfolio(assets)
{
    private readonly Matrix curvature = Algebra.Identity(assets);
    private readonly double[] gradient = new double[assets];
    private double[] last = [.. Enumerable.Repeat(1.0 / assets, assets)];

    /// <summary>A = I + Σ gg' with g = x/(b·x); the projection in A's norm of p = δ A⁻¹ (1 + 1/β) Σ g, so that A p needs no inverse.</summary>
    public override void Learn(Matrix relatives, int day)
    {
        var x = relatives.Row(day);
        double[] g = new double[x.Length];
        Algebra.Add(g, 1 / Algebra.Dot(Weights, x), x);
        for (var i = 0; i < g.Length; i++) Algebra.Add(curvature.Row(i), g[i], g);
        Algebra.Add(gradient, 1, g);
        last = Simplex.Minimise(curvature, [.. gradient.Select(sum => delta * (1 + 1 / beta) * sum)], last);
        Weights = [.. last.Select(b => (1 - eta) * b + eta / g.Length)];
    }
}
