using Ballast.Numerics.Allocation;

namespace Ballast.Numerics.Linear;

/// <summary>Eigenvalues and eigenvectors of a symmetric matrix: its independent directions and their sizes.</summary>
/// <param name="Values">Ascending.</param>
/// <param name="Directions">One eigenvector a row, of length one, in the order of the values; its largest component is positive.</param>
public sealed record SymmetricEigen(double[] Values, Matrix Directions)
{
    /// <summary>How far below zero, as a part of the largest, rounding may put an eigenvalue of a semidefinite matrix.</summary>
    public const double SemidefiniteSlack = 1e-10;

    /// <summary>Householder reduction to tridiagonal form, then QL with implicit shifts (Golub and Van Loan, 8.3): about 4 n³ operations, and as much again for the vectors.</summary>
    public static SymmetricEigen Of(Matrix symmetric)
    {
        var scale = symmetric.RequireSymmetric().Cells.Aggregate(0.0, (largest, x) => Math.Max(largest, Math.Abs(x)));
        if (scale == 0) return new(new double[symmetric.Rows], Algebra.Identity(symmetric.Rows));
        var form = Tridiagonal.Of(Algebra.Filled(symmetric.Rows, symmetric.Rows, (i, j) => symmetric[i, j] / scale));
        form.Diagonalise();
        return Sorted([.. form.Diagonal.Select(x => x * scale)], form.Turned);
    }

    public double Least => Values.Length == 0 ? 0 : Values[0];

    public double Largest => Values.Length == 0 ? 0 : Values[^1];

    /// <summary>λ_min ≥ −1e-10 λ_max.</summary>
    public bool IsSemidefinite => Least >= -SemidefiniteSlack * Math.Max(0, Largest);

    /// <summary>Σ_k f(λ_k) e_k e_k': the function of the matrix.</summary>
    public Matrix Rebuilt(Func<double, double> of)
    {
        var scaled = Algebra.Filled(Directions.Rows, Directions.Columns, (_, _) => 0);
        for (var k = 0; k < Values.Length; k++) Algebra.Add(scaled.Row(k), of(Values[k]), Directions.Row(k));
        return Directions.Transposed().Times(scaled).Symmetrised();
    }

    /// <summary>The symmetric square root A^½.</summary>
    /// <returns><c>NotPositiveSemidefinite</c> where an eigenvalue is below −1e-10 of the largest.</returns>
    public Answer<Matrix> SquareRoot() => IsSemidefinite
        ? Rebuilt(x => Math.Sqrt(Math.Max(0, x)))
        : new Answer<Matrix>.Refused("NotPositiveSemidefinite", $"the least eigenvalue is {Least:R}, the largest {Largest:R}");

    private static SymmetricEigen Sorted(double[] values, Matrix directions)
    {
        var order = Enumerable.Range(0, values.Length).OrderBy(k => values[k]).ToArray();
        return new([.. order.Select(k => values[k])], Matrix.FromRows([.. order.Select(k => Upright(directions.Row(k).ToArray()))]));
    }

    /// <summary>An eigenvector is known but for its sign; this choice makes results repeat.</summary>
    private static double[] Upright(double[] direction) =>
        direction.MaxBy(Math.Abs) < 0 ? [.. direction.Select(x => -x)] : direction;
}
