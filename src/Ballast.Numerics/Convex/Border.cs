namespace Ballast.Numerics.Convex;

/// <summary>A few dense rows beside a large system that is easily solved: K x + B'q = r, Bx − q/d = e, by the Schur complement B K⁻¹ B' + 1/d.</summary>
internal sealed class Border(int rows, int columns)
{
    private readonly double[][] solved = [.. Enumerable.Range(0, rows).Select(_ => new double[columns])];
    private readonly double[] small = new double[rows];
    private readonly BlockedCholesky? schur = rows == 0 ? null : new BlockedCholesky(rows);

    public delegate void Solver(Span<double> x);

    public delegate void RowOf(int row, Span<double> into);

    public delegate double Product(int row, ReadOnlySpan<double> x);

    /// <param name="inverseWeight">1/d of a row, zero for an equality.</param>
    public bool Factor(Solver solve, RowOf row, Product product, Func<int, double> inverseWeight)
    {
        for (var j = 0; j < rows; j++)
        {
            row(j, solved[j]);
            solve(solved[j]);
        }
        for (var j = 0; j < rows; j++)
        {
            for (var k = 0; k <= j; k++) schur!.Row(j)[k] = product(k, solved[j]);
            // The relative part is the rounding of the products; it keeps rows that depend on each other apart.
            schur!.Row(j)[j] = schur.Row(j)[j] * (1 + 1e-14) + inverseWeight(j);
        }
        return rows == 0 || schur!.Factor();
    }

    /// <summary>x is r on entry; <paramref name="right"/> is e on entry and q on return.</summary>
    public void Solve(Solver solve, Product product, Span<double> x, Span<double> right)
    {
        solve(x);
        if (rows == 0) return;
        for (var j = 0; j < rows; j++) small[j] = product(j, x) - right[j];
        schur!.Solve(small);
        for (var j = 0; j < rows; j++) Vectors.AddScaled(-small[j], solved[j], x);
        small.CopyTo(right);
    }
}
