namespace Ballast.Numerics.Convex;

/// <summary>Σ f² x x' over many short vectors, gathered in panels so that each sum stays in registers.</summary>
internal sealed unsafe class SquareSum
{
    private const int Panel = 64;
    private readonly int size, stride;
    private readonly double[] cells, panel;
    private int filled;

    public SquareSum(int size)
    {
        this.size = size;
        stride = Vectors.RoundUp(size) + 16;
        (cells, panel) = (new double[size * stride], new double[Panel * stride]);
    }

    public void Clear()
    {
        Array.Clear(cells);
        filled = 0;
    }

    public void Add(double factor, ReadOnlySpan<double> x)
    {
        var row = panel.AsSpan(filled * stride, size);
        for (var i = 0; i < row.Length; i++) row[i] = factor * x[i];
        if (++filled == Panel) Flush();
    }

    /// <summary>To be called once everything is added; the lower triangle is then the sum.</summary>
    public void Finish()
    {
        Flush();
        for (var k = 0; k < cells.Length; k++) cells[k] = -cells[k];
    }

    public ReadOnlySpan<double> Row(int row) => cells.AsSpan(row * stride, size);

    private void Flush()
    {
        fixed (double* c = cells, p = panel) Tiles.SubtractSquare(c, p, stride, filled, size);
        filled = 0;
    }
}
