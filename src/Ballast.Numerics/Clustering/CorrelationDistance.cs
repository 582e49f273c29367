using Ballast.Numerics.Linear;

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
        var direct = Direct(covariance);
        var n = direct.Rows;
        return input == LinkageInput.CondensedDistance ? direct : Algebra.Filled(n, n, (i, j) => Euclidean(direct.Row(i), direct.Row(j)));
    }

    /// <summary>From the lower triangle; an asset that never moves counts as uncorrelated.</summary>
    private static Matrix Direct(Matrix covariance)
    {
        double[] inverse = [.. covariance.Diagonal().Select(x => x == 0 ? 0 : 1 / Math.Sqrt(x))];
        var d = new Matrix(inverse.Length, inverse.Length);
        for (var i = 0; i < inverse.Length; i++)
        {
            var from = covariance.Row(i)[..i];
            var to = d.Row(i);
            for (var j = 0; j < from.Length; j++) to[j] = d.Cells[j * inverse.Length + i] = Math.Sqrt((1 - Math.Clamp(from[j] * inverse[i] * inverse[j], -1, 1)) / 2);
        }
        return d;
    }

    private static double Euclidean(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
        return Math.Sqrt(sum);
    }
}
