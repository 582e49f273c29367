using Ballast.Numerics.Allocation;
using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Statistics;

/// <summary>Which periods count where some returns are missing.</summary>
public enum GapRule
{
    /// <summary>Only those in which every asset has a return.</summary>
    CommonWindow,

    /// <summary>For each pair those in which both have one; the result is always repaired, for it need not be semidefinite.</summary>
    Pairwise,
}

/// <summary>A covariance of returns with gaps, and which of them it rests on.</summary>
/// <param name="Rule">The rule that was used.</param>
/// <param name="Observations">n by n: how many periods each cell rests on.</param>
/// <param name="WasIndefinite">Whether the repair of a pairwise covariance had something to change.</param>
public sealed record GappyCovariance(Matrix Covariance, GapRule Rule, Matrix Observations, bool WasIndefinite)
{
    /// <summary>Sample covariance (divisor T − 1 of the periods that count); a missing return is NaN, and is never taken as zero.</summary>
    /// <param name="returns">T by n, simple returns.</param>
    /// <returns><c>TooFewObservations</c> where a pair has fewer than 2 periods in common; <c>NotFinite</c> for an infinity; <c>TooFewAssets</c>.</returns>
    public static Answer<GappyCovariance> Of(Matrix returns, GapRule rule = GapRule.CommonWindow)
    {
        if (Array.Exists(returns.Cells, x => Math.Abs(x) > Fault.Largest)) return new Answer<GappyCovariance>.Refused("NotFinite", "a return is infinite or as good as");
        return rule == GapRule.CommonWindow ? CommonWindow(returns) : Pairwise(returns);
    }

    private static Answer<GappyCovariance> CommonWindow(Matrix returns)
    {
        var rows = Enumerable.Range(0, returns.Rows).Select(t => returns.Row(t).ToArray()).Where(row => !row.Any(double.IsNaN)).ToArray();
        var common = rows.Length == 0 ? new Matrix(0, returns.Columns) : Matrix.FromRows(rows);
        if (Fault.OfReturns(common) is { } fault) return fault.As<GappyCovariance>();
        return new GappyCovariance(Statistics.Covariance.Sample(common), GapRule.CommonWindow, Algebra.Filled(returns.Columns, returns.Columns, (_, _) => rows.Length), false);
    }

    private static Answer<GappyCovariance> Pairwise(Matrix returns)
    {
        var n = returns.Columns;
        var (cells, counts) = (new Matrix(n, n), new Matrix(n, n));
        for (var i = 0; i < n; i++)
            for (var j = 0; j <= i; j++)
            {
                var (x, y) = Shared(returns, i, j);
                if (x.Length < 2) return new Answer<GappyCovariance>.Refused("TooFewObservations", $"assets {j} and {i} have {x.Length} periods in common");
                cells[i, j] = cells[j, i] = Correlation.CrossProduct(x, y) / (x.Length - 1);
                counts[i, j] = counts[j, i] = x.Length;
            }
        if (n == 0) return new Answer<GappyCovariance>.Refused("TooFewAssets", "there is no asset");
        var indefinite = !SymmetricEigen.Of(cells).IsSemidefinite;
        return SemidefiniteRepair.Spectral(cells).Then<GappyCovariance>(repaired => new GappyCovariance(repaired.Covariance, GapRule.Pairwise, counts, indefinite));
    }

    private static (double[] X, double[] Y) Shared(Matrix returns, int i, int j)
    {
        int[] rows = [.. Enumerable.Range(0, returns.Rows).Where(t => !double.IsNaN(returns[t, i]) && !double.IsNaN(returns[t, j]))];
        return ([.. rows.Select(t => returns[t, i])], [.. rows.Select(t => returns[t, j])]);
    }
}
