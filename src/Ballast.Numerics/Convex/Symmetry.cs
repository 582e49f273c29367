using System.Runtime.Intrinsics;
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
        var (cells, worst, size) = (matrix.Cells, Vector512<double>.Zero, Vector512<double>.Zero);
        for (var i = 0; i < n; i += Block)
            for (var j = 0; j <= i; j += Block)
                for (var r = i; r < Math.Min(n, i + Block); r++)
                {
                    var (c, end) = (j, Math.Min(r + 1, j + Block));
                    for (; c + Vectors.Lanes <= end; c += Vectors.Lanes) Compare(Vector512.Create(cells, r * n + c), Down(cells, c * n + r, n));
                    for (; c < end; c++) Compare(Vector512.CreateScalar(cells[r * n + c]), Vector512.CreateScalar(cells[c * n + r]));
                }
        var most = Largest(size);
        return Largest(worst) <= Slack * most && most <= largest;

        // A cell that is not finite makes one of these not finite, and the comparison false.
        void Compare(Vector512<double> lower, Vector512<double> upper) =>
            (worst, size) = (Vector512.Max(worst, Vector512.Abs(lower - upper)), Vector512.Max(size, Vector512.Abs(lower)));
    }

    private static double Largest(Vector512<double> x)
    {
        var most = 0.0;
        for (var lane = 0; lane < Vectors.Lanes; lane++) most = Math.Max(most, x[lane]);
        return most;
    }

    /// <summary>Eight cells of a column.</summary>
    private static Vector512<double> Down(double[] cells, int at, int n) => Vector512.Create(
        cells[at], cells[at + n], cells[at + 2 * n], cells[at + 3 * n], cells[at + 4 * n], cells[at + 5 * n], cells[at + 6 * n], cells[at + 7 * n]);
}
