using Ballast.Numerics.Allocation;
using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Statistics;

/// <summary>The uncorrelated combinations of assets that differ least from them: π = D q, with q orthogonal, for a correlation C = c².</summary>
internal sealed class Torsion
{
    private const int MostIterations = 1000;

    private readonly Matrix root, orthogonal, inner;
    private readonly double[] scale;

    private Torsion(Matrix root, Matrix orthogonal, Matrix inner, double[] scale) => (this.root, this.orthogonal, this.inner, this.scale) = (root, orthogonal, inner, scale);

    /// <summary>Alternates u = (D C D)^½, q = u⁻¹ D c and D ← diag(q c) until no entry of D changes by 1e-14.</summary>
    /// <returns><c>NotConverged</c> after 1,000 iterations.</returns>
    public static Answer<Torsion> Of(Matrix correlation)
    {
        var root = SymmetricEigen.Of(correlation).Rebuilt(x => Math.Sqrt(Math.Max(0, x)));
        double[] scale = [.. Enumerable.Repeat(1.0, correlation.Rows)], ones = scale;
        for (var step = 0; step < MostIterations; step++)
        {
            var eigen = SymmetricEigen.Of(correlation.Scaled(scale, scale));
            var orthogonal = eigen.Rebuilt(x => 1 / Math.Sqrt(x)).Times(root.Scaled(scale, ones));
            var next = orthogonal.Times(root).Diagonal();
            var change = next.Zip(scale, (a, b) => Math.Abs(a - b)).Max();
            if (change < 1e-14)
                return new Torsion(root, orthogonal, eigen.Rebuilt(Math.Sqrt), scale);
            scale = next;
        }
        return new Answer<Torsion>.Refused("NotConverged", $"the torsion still changes after {MostIterations} iterations");
    }

    /// <summary>((t')⁻¹w) ∘ (tΣw), for y = s ∘ w: with t = s π c⁻¹ s⁻¹ that is (D⁻¹ u D⁻¹ y) ∘ (π c y), in which no inverse is left but that of D, which cancels once.</summary>
    public double[] Contributions(double[] risks)
    {
        var exposure = inner.Times([.. risks.Zip(scale, (y, d) => y / d)]);
        var covariance = orthogonal.Times(root.Times(risks));
        return [.. exposure.Zip(covariance, (x, y) => x * y)];
    }
}
