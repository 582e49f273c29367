using Ballast.Numerics.Linear;
using Ballast.Numerics.Statistics;

namespace Ballast.Numerics.Clustering;

/// <summary>Which distance a tree of assets is built on; the two published programs differ.</summary>
public enum LinkageInput
{
    /// <summary>The Euclidean distance between rows of the table of d_ij: the code printed by López de Prado (2016).</summary>
    RowsAsPoints,

    /// <summary>d_ij itself.</summary>
    CondensedDistance,
}

/// <summary>Distances between assets that move alike less and less: d_ij = √((1 − ρ_ij)/2).</summary>
public static class CorrelationDistance
{
    public static Matrix Of(Matrix covariance, LinkageInput input)
    {
        var correlation = Correlations.OfCovariance(covariance);
        var n = correlation.Rows;
        var direct = Algebra.Filled(n, n, (i, j) => i == j ? 0 : Math.Sqrt((1 - Symmetric(i, j)) / 2));
        return input == LinkageInput.CondensedDistance ? direct : Algebra.Filled(n, n, (i, j) => Euclidean(direct.Row(i), direct.Row(j)));

        double Symmetric(int i, int j) => correlation[Math.Max(i, j), Math.Min(i, j)];
    }

    private static double Euclidean(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
        return Math.Sqrt(sum);
    }
}
