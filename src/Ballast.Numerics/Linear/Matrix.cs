namespace Ballast.Numerics.Linear;

/// <summary>A dense matrix, row by row in one array, for covariances and tables of returns.</summary>
public sealed class Matrix
{
    public Matrix(int rows, int columns, double[] cells)
    {
        if (rows < 0 || columns < 0 || cells.Length != rows * columns)
            throw new ArgumentException($"{cells.Length} cells do not fill {rows} rows by {columns} columns", nameof(cells));
        (Rows, Columns, Cells) = (rows, columns, cells);
    }

    public Matrix(int rows, int columns) : this(rows, columns, new double[rows * columns]) { }

    public int Rows { get; }
    public int Columns { get; }

    /// <summary>The cells, row by row: the one array, not a copy.</summary>
    public double[] Cells { get; }

    public double this[int row, int column]
    {
        get => Cells[row * Columns + column];
        set => Cells[row * Columns + column] = value;
    }

    public Span<double> Row(int row) => Cells.AsSpan(row * Columns, Columns);

    public double[] Column(int column)
    {
        var values = new double[Rows];
        for (var row = 0; row < Rows; row++) values[row] = this[row, column];
        return values;
    }

    public static Matrix FromRows(IReadOnlyList<double[]> rows)
    {
        var columns = rows.Count == 0 ? 0 : rows[0].Length;
        if (rows.FirstOrDefault(r => r.Length != columns) is { } odd)
            throw new ArgumentException($"a row has {odd.Length} cells where the first has {columns}", nameof(rows));
        return new Matrix(rows.Count, columns, [.. rows.SelectMany(r => r)]);
    }

    /// <summary>The product with a column vector.</summary>
    public double[] Times(ReadOnlySpan<double> vector)
    {
        if (vector.Length != Columns) throw new ArgumentException($"{vector.Length} elements against {Columns} columns", nameof(vector));
        var product = new double[Rows];
        for (var row = 0; row < Rows; row++) product[row] = Dot(Row(row), vector);
        return product;
    }

    /// <summary>The same matrix, once it is known to be square, finite and symmetric to 1e-8 of its largest cell; throws otherwise.</summary>
    public Matrix RequireSymmetric()
    {
        if (Rows != Columns) throw new ArgumentException($"{Rows} by {Columns} is not square");
        var slack = 1e-8 * RequireFinite().Cells.Aggregate(0.0, (largest, x) => Math.Max(largest, Math.Abs(x)));
        for (var i = 0; i < Rows; i++)
            for (var j = 0; j < i; j++)
                if (Math.Abs(this[i, j] - this[j, i]) > slack)
                    throw new ArgumentException($"not symmetric: [{i},{j}] is {this[i, j]:R} and [{j},{i}] is {this[j, i]:R}");
        return this;
    }

    /// <summary>The same matrix, once it is known to hold no NaN and no infinity; throws otherwise.</summary>
    public Matrix RequireFinite() =>
        Array.FindIndex(Cells, x => !double.IsFinite(x)) is var at and >= 0
            ? throw new ArgumentException($"[{at / Columns},{at % Columns}] is {Cells[at]}")
            : this;

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
