using Ballast.Numerics.Allocation;
using Ballast.Numerics.Convex;
using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Optimisation;

/// <summary>An efficient frontier by its turning points, from the greatest return down to the least variance; between two of them weights are linear.</summary>
public sealed record Frontier(Matrix Covariance, double[] Mean, IReadOnlyList<TurningPoint> Points)
{
    public TurningPoint MinVariance => Points[^1];

    public TurningPoint MaxReturn => Points[0];

    /// <summary>The portfolio with the greatest (μ'w − r_f)/σ, in closed form on each segment.</summary>
    public Answer<Portfolio> MaxSharpe(double riskFree)
    {
        if (!(MaxReturn.Return > riskFree)) return FrontierSearch.NoExcess(MaxReturn.Return - riskFree);
        var best = Ratio(Points[0].Weights, riskFree);
        for (var k = 1; k < Points.Count; k++)
        {
            var candidate = Ratio(BestBetween(Points[k - 1].Weights, Points[k].Weights, riskFree), riskFree);
            if (candidate.Objective > best.Objective) best = candidate;
        }
        return best;
    }

    /// <summary>The least-variance portfolio with at least a return.</summary>
    public Answer<Portfolio> AtReturn(double least)
    {
        if (least > MaxReturn.Return) return Portfolio.Refused("Infeasible", $"no portfolio within the bounds returns more than {MaxReturn.Return:G6}");
        var k = Points.Count - 1;
        while (k > 0 && Points[k].Return < least) k--;
        if (k == Points.Count - 1) return Risk(Points[k].Weights);
        var (above, below) = (Points[k], Points[k + 1]);
        return Risk(Mix(below.Weights, above.Weights, (least - below.Return) / (above.Return - below.Return)));
    }

    private Portfolio Risk(double[] weights) => new(weights, Curvature.Form(Covariance, weights));

    private Portfolio Ratio(double[] weights, double riskFree) =>
        new(weights, (Vectors.Dot(Mean, weights) - riskFree) / Math.Sqrt(Curvature.Form(Covariance, weights)));

    /// <summary>On a + t(b − a) the ratio (e_a + t e_d)/√(q₀ + 2t q₁ + t² q₂) is greatest at t = (e_d q₀ − e_a q₁)/(e_a q₂ − e_d q₁), or at an end.</summary>
    private double[] BestBetween(double[] a, double[] b, double riskFree)
    {
        double[] d = [.. b.Zip(a, (x, y) => x - y)];
        var product = Covariance.Times(d);
        var (excess, rise) = (Vectors.Dot(Mean, a) - riskFree, Vectors.Dot(Mean, d));
        var (q0, q1, q2) = (Curvature.Form(Covariance, a), Vectors.Dot(a, product), Vectors.Dot(d, product));
        var share = (rise * q0 - excess * q1) / (excess * q2 - rise * q1);
        return double.IsFinite(share) && share > 0 && share < 1 ? Mix(a, b, share) : b;
    }

    private static double[] Mix(double[] a, double[] b, double share) => [.. a.Zip(b, (x, y) => x + share * (y - x))];
}
