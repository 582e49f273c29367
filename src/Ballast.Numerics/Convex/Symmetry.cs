using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Convex;

/// <summary>The check that a matrix is a covariance at all, by blocks that fit the cache: optimisers that take microseconds make it at every call.</summary>
internal static class Symmetry
{
    private const int Block = 16;
    private const double Slack = 1e-8;

    /// <summary>The same matrix, once it is square, finite and symmetric to 1e-8 of its largest cell; throws otherwise, with the cells that disagree.</summary>
    public static Matrix Require(Matrix matrix) => Holds(matrix, double.MaxValue) ? matrix : matrix.RequireFinite().RequireSymmetric();

    /// <summary>Whether it is square, symmetric to 1e-8 of its largest cell, and no cell is larger than a limit.</summary>
    public static bool Holds(Matrix matrix, double largest)
    {
        var n = matrix.Rows;
        if (matrix.Columns != n) return false;
        var (cells, worst, size) = (matrix.Cells, 0.0, 0.0);
        for (var i = 0; i < n; i += Block)
            for (var j = 0; j <= i; j += Block)
                for (var r = i; r < Math.Min(n, i + Block); r++)
                    for (var c = j; c < Math.Min(r + 1, j + Block); c++)
                    {
                        var (lower, upper) = (cells[r * n + c], cells[c * n + r]);
                        // A cell that is not finite makes one of these sums not finite, and the comparison false.
                        (worst, size) = (Math.Max(worst, Math.Abs(lower - upper)), Math.Max(size, Math.Abs(lower)));
                    }
        return worst <= Slack * size && size <= largest;
    }
}
