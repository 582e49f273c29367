using Ballast.Numerics.Allocation;

namespace Ballast.Numerics.Linear;

/// <summary>The factor L of a positive definite matrix A = L L', for solving systems with it.</summary>
public sealed class Cholesky
{
    private Cholesky(Matrix lower) => Lower = lower;

    /// <summary>L: lower triangular, zeros above the diagonal.</summary>
    public Matrix Lower { get; }

    /// <summary>ln det A, which neither overflows nor vanishes where the determinant would.</summary>
    public double LogDeterminant => 2 * Lower.Diagonal().Sum(Math.Log);

    /// <summary>Factors a symmetric matrix, row by row (Golub and Van Loan, Matrix Computations, 4.2.5).</summary>
    /// <returns><c>NotPositiveDefinite</c> where a pivot is no larger than rounding, 4 n ε of its diagonal cell, explains.</returns>
    public static Answer<Cholesky> Of(Matrix symmetric)
    {
        var a = symmetric.RequireSymmetric();
        var lower = new Matrix(a.Rows, a.Rows);
        for (var i = 0; i < a.Rows; i++)
        {
            for (var j = 0; j < i; j++) lower[i, j] = Remainder(i, j) / lower[j, j];
            var pivot = Remainder(i, i);
            if (!(pivot > 4 * a.Rows * 2.220446049250313e-16 * a[i, i]))
                return new Answer<Cholesky>.Refused("NotPositiveDefinite", $"pivot {i} is {pivot:R} where the diagonal is {a[i, i]:R}");
            lower[i, i] = Math.Sqrt(pivot);
        }
        return new Cholesky(lower);

        double Remainder(int i, int j) => a[i, j] - Algebra.Dot(lower.Row(i)[..j], lower.Row(j)[..j]);
    }

    /// <summary>x with A x = b.</summary>
    public double[] Solve(ReadOnlySpan<double> b)
    {
        var n = Lower.Rows;
        if (b.Length != n) throw new ArgumentException($"{b.Length} elements against {n} rows", nameof(b));
        var x = b.ToArray();
        for (var i = 0; i < n; i++) x[i] = (x[i] - Algebra.Dot(Lower.Row(i)[..i], x.AsSpan(0, i))) / Lower[i, i];
        for (var i = n - 1; i >= 0; i--)
        {
            x[i] /= Lower[i, i];
            Algebra.Add(x, -x[i], Lower.Row(i)[..i]);
        }
        return x;
    }

    /// <summary>X with A X = B, column by column.</summary>
    public Matrix Solve(Matrix b)
    {
        var columns = b.Transposed();
        for (var j = 0; j < columns.Rows; j++) Solve(columns.Row(j)).CopyTo(columns.Row(j));
        return columns.Transposed();
    }

    public Matrix Inverse() => Solve(Algebra.Identity(Lower.Rows)).Symmetrised();
}
