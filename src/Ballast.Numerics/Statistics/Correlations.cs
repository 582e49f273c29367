using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Statistics;

/// <summary>A table of correlations, with the assets for which they are not defined.</summary>
/// <param name="Cells">n by n with a unit diagonal; zero against an asset that never moves.</param>
/// <param name="WithoutVariance">The assets that never move.</param>
public sealed record Correlations(Matrix Cells, IReadOnlyList<int> WithoutVariance)
{
    /// <summary>ρ_ij = Σ_ij / √(Σ_ii Σ_jj), clipped to [−1, 1]; zero against an asset without variance.</summary>
    public static Matrix OfCovariance(Matrix covariance)
    {
        double[] deviation = [.. covariance.Diagonal().Select(Math.Sqrt)];
        return Algebra.Filled(covariance.Rows, covariance.Rows, (i, j) =>
            i == j ? 1
            : deviation[i] == 0 || deviation[j] == 0 ? 0
            : Math.Clamp(covariance[i, j] / deviation[i] / deviation[j], -1, 1));
    }

    internal static Correlations Of(Matrix table, Func<double[], double[], double?> pair)
    {
        double[][] columns = [.. Enumerable.Range(0, table.Columns).Select(table.Column)];
        var cells = Algebra.Identity(table.Columns);
        for (var i = 0; i < columns.Length; i++)
            for (var j = 0; j < i; j++)
                cells[i, j] = cells[j, i] = pair(columns[i], columns[j]) ?? 0;
        return new(cells, [.. Enumerable.Range(0, columns.Length).Where(i => !columns[i].AsSpan().ContainsAnyExcept(columns[i][0]))]);
    }
}
