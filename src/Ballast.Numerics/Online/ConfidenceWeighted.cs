using Ballast.Numerics.Allocation;
using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Online;

/// <summary>What a confidence-weighted rule keeps of the uncertainty of its weights.</summary>
public enum ConfidenceKind
{
    Variance,
    StandardDeviation,
}

/// <summary>Mean reversion by a Gaussian belief about the weights, moved no further than confidence asks: CWMR (Li, Hoi, Zhao and Gopalkrishnan 2013).</summary>
/// <param name="phi">φ, the confidence as a quantile.</param>
/// <param name="epsilon">ε, the return that is tolerated.</param>
/// <remarks>Round-off grows in it: programs that differ in the last digit end 1e-4 apart.</remarks>
public sealed class ConfidenceWeighted(int assets, ConfidenceKind kind, double phi = 2, double epsilon = 0.5) : OnlinePortfolio(assets)
{
    private const double Epsilon = 2.220446049250313e-16;

    private Matrix belief = Algebra.Filled(assets, assets, (i, j) => i == j ? 1.0 / assets / assets : 0);

    public override void Learn(Matrix relatives, int day)
    {
        var x = relatives.Row(day).ToArray();
        var (spread, total) = (belief.Times(x), belief.Cells.Sum());
        var mean = spread.Sum() / total;
        var (expected, variance, shared) = (Algebra.Dot(x, Weights), Algebra.Dot(x, spread), spread.Sum());
        var step = Step(expected, variance, variance - mean * shared);
        var ones = belief.Times([.. x.Select(_ => 1.0)]);
        Weights = Moved(-step, [.. spread.Zip(ones, (s, one) => s - mean * one)]);
        belief = Sharpened(belief, x, kind == ConfidenceKind.Variance ? 2 * step * phi : step * phi / Root(step, variance));
        if (kind == ConfidenceKind.StandardDeviation && IsFlat(belief))
            for (var i = 0; i < x.Length; i++) belief[i, i] += Epsilon;
        var scale = 1 / (x.Length * belief.Cells.Sum());
        belief = Algebra.Filled(x.Length, x.Length, (i, j) => scale * belief[i, j]);
    }

    /// <summary>λ: the larger root of aλ² + βλ + c, or 0. V is the variance of the return, R = V − x̄W that against the mean asset.</summary>
    private double Step(double expected, double v, double r)
    {
        var gap = epsilon - expected;
        if (kind == ConfidenceKind.Variance) return LargerRoot(2 * phi * v * r, 2 * phi * v * gap + r, gap - phi * v);
        var middle = r + phi * phi * v / 2;
        return LargerRoot(middle * middle - Math.Pow(phi, 4) * v * v / 4, 2 * gap * middle, gap * gap - phi * phi * v);
    }

    private static double LargerRoot(double a, double b, double c)
    {
        if (a == 0) return b == 0 ? 0 : Math.Max(0, -c / b);
        var inside = b * b - 4 * a * c;
        return inside > 0 ? Math.Max(0, Math.Max((-b + Math.Sqrt(inside)) / (2 * a), (-b - Math.Sqrt(inside)) / (2 * a))) : 0;
    }

    /// <summary>√u = (−λφV + √(λ²V²φ² + 4V))/2, rationalised: a long step would cancel every digit.</summary>
    private double Root(double step, double v) => 2 * v / (step * phi * v + Math.Sqrt(step * step * v * v * phi * phi + 4 * v));

    /// <summary>(Σ⁻¹ + t diag(x²))⁻¹ = D⁻¹ (I + DΣD)⁻¹ D Σ with D = √t diag(x): no near-singular Σ is inverted.</summary>
    private static Matrix Sharpened(Matrix belief, double[] x, double t)
    {
        if (!(t > 0)) return belief;
        double[] d = [.. x.Select(r => Math.Sqrt(t) * r)], back = [.. d.Select(r => 1 / r)], ones = [.. d.Select(_ => 1.0)];
        var inner = belief.Scaled(d, d);
        for (var i = 0; i < d.Length; i++) inner[i, i] += 1;
        return Cholesky.Of(inner.Symmetrised()).OrThrow().Solve(belief.Scaled(d, ones)).Scaled(back, ones).Symmetrised();
    }

    /// <summary>Whether the determinant is no larger than rounding.</summary>
    private static bool IsFlat(Matrix belief) =>
        Cholesky.Of(belief) is not Answer<Cholesky>.Found(var factor) || factor.LogDeterminant <= Math.Log(Epsilon);
}
