namespace Ballast.Numerics.Linear;

/// <summary>Products and rearrangements of dense matrices.</summary>
public static class Algebra
{
    /// <summary>The product A B.</summary>
    public static Matrix Times(this Matrix a, Matrix b)
    {
        if (a.Columns != b.Rows) throw new ArgumentException($"{a.Columns} columns against {b.Rows} rows");
        var product = new Matrix(a.Rows, b.Columns);
        for (var i = 0; i < a.Rows; i++)
            for (var k = 0; k < a.Columns; k++)
                Add(product.Row(i), a[i, k], b.Row(k));
        return product;
    }

    public static Matrix Transposed(this Matrix a)
    {
        var turned = new Matrix(a.Columns, a.Rows);
        for (var i = 0; i < a.Rows; i++)
            for (var j = 0; j < a.Columns; j++)
                turned[j, i] = a[i, j];
        return turned;
    }

    /// <summary>diag(left) A diag(right).</summary>
    public static Matrix Scaled(this Matrix a, double[] left, double[] right)
    {
        if (a.Rows != left.Length || a.Columns != right.Length) throw new ArgumentException($"scales of {left.Length} and {right.Length} for {a.Rows} by {a.Columns}");
        return Filled(a.Rows, a.Columns, (i, j) => left[i] * a[i, j] * right[j]);
    }

    /// <summary>Half of A and its transpose: removes the last digit of asymmetry that rounding leaves.</summary>
    public static Matrix Symmetrised(this Matrix a) => Filled(a.Rows, a.Columns, (i, j) => 0.5 * (a[i, j] + a[j, i]));

    public static double[] Diagonal(this Matrix a)
    {
        var diagonal = new double[Math.Min(a.Rows, a.Columns)];
        for (var i = 0; i < diagonal.Length; i++) diagonal[i] = a[i, i];
        return diagonal;
    }

    public static Matrix Identity(int size) => Filled(size, size, (i, j) => i == j ? 1 : 0);

    public static Matrix Filled(int rows, int columns, Func<int, int, double> cell)
    {
        var filled = new Matrix(rows, columns);
        for (var i = 0; i < rows; i++)
            for (var j = 0; j < columns; j++)
                filled[i, j] = cell(i, j);
        return filled;
    }

    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        if (a.Length != b.Length) throw new ArgumentException($"{a.Length} elements against {b.Length}");
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    /// <summary>to += factor · values.</summary>
    internal static void Add(Span<double> to, double factor, ReadOnlySpan<double> values)
    {
        for (var i = 0; i < values.Length; i++) to[i] += factor * values[i];
    }
}
