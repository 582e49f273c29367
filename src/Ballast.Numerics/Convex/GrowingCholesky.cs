using System.Runtime.CompilerServices;
using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Convex;

/// <summary>The factor of the rows and columns of a matrix that are in use, for walks on which one asset at a time enters or leaves.</summary>
/// <remarks>Entering appends a row, k² operations; leaving rotates the row out (Givens; Golub and Van Loan 6.5.4), also k².</remarks>
internal sealed class GrowingCholesky
{
    private readonly Matrix matrix;
    private readonly int[] members;
    private double[] lower;

    public GrowingCholesky(Matrix matrix)
    {
        this.matrix = matrix;
        members = new int[matrix.Rows];
        lower = new double[Start(Math.Min(matrix.Rows, 32))];
    }

    /// <summary>The assets in use, in the order in which they entered.</summary>
    public ReadOnlySpan<int> Members => members.AsSpan(0, Count);

    public int Count { get; private set; }

    /// <summary>The largest part of an asset's variance that may be explained by the others before it counts as their copy: one minus this.</summary>
    public const double LeastOwnVariance = 1e-13;

    /// <summary>False, and nothing changes, where the asset is a combination of those in use.</summary>
    public bool Append(int asset)
    {
        var k = Count;
        if (Start(k + 1) > lower.Length) Array.Resize(ref lower, Start(Math.Min(matrix.Rows, 2 * k + 8)));
        var row = lower.AsSpan(Start(k), k + 1);
        var source = matrix.Row(asset);
        for (var j = 0; j < k; j++)
        {
            ref var other = ref lower[Start(j)];
            row[j] = (source[members[j]] - Vectors.Dot(ref row[0], ref other, j)) / Unsafe.Add(ref other, j);
        }
        var own = source[asset] - Vectors.Dot(row[..k], row);
        if (!(own > LeastOwnVariance * source[asset])) return false;
        row[k] = Math.Sqrt(own);
        members[Count++] = asset;
        return true;
    }

    public void Remove(int asset)
    {
        var at = Members.IndexOf(asset);
        var last = Count - 1;
        for (var i = at; i < last; i++) Row(i + 1)[..(i + 2)].CopyTo(Row(i));
        members.AsSpan(at + 1, last - at).CopyTo(members.AsSpan(at));
        Count = last;
        for (var j = at; j < last; j++) Rotate(j, last);
    }

    /// <summary>x := L⁻¹ x, over the members in their order.</summary>
    public void SolveLower(Span<double> x)
    {
        for (var i = 0; i < Count; i++) x[i] = (x[i] - Vectors.Dot(Row(i)[..i], x)) / Row(i)[i];
    }

    /// <summary>x := L'⁻¹ x.</summary>
    public void SolveUpper(Span<double> x)
    {
        for (var i = Count - 1; i >= 0; i--)
        {
            x[i] /= Row(i)[i];
            Vectors.AddScaled(-x[i], Row(i)[..i], x);
        }
    }

    public void Solve(Span<double> x)
    {
        SolveLower(x);
        SolveUpper(x);
    }

    /// <summary>Element k of L⁻¹ b for the newest member, given the earlier ones.</summary>
    public double ForwardLast(double right, ReadOnlySpan<double> earlier) =>
        (right - Vectors.Dot(Row(Count - 1)[..(Count - 1)], earlier)) / Row(Count - 1)[Count - 1];

    /// <summary>Rows lie one behind the other, each with one cell right of the diagonal for rotations: what is in use stays in the first cache whatever the size of the matrix.</summary>
    private static int Start(int row) => row * (row + 3) / 2;

    private Span<double> Row(int row) => lower.AsSpan(Start(row), row + 2);

    /// <summary>Turns columns j and j+1 so that the cell right of the diagonal in row j becomes zero.</summary>
    private void Rotate(int j, int rows)
    {
        var (a, b) = (Row(j)[j], Row(j)[j + 1]);
        var length = Math.Sqrt((a * a) + (b * b));
        var (c, s) = (a / length, b / length);
        for (var i = j; i < rows; i++)
        {
            var row = Row(i);
            (row[j], row[j + 1]) = ((c * row[j]) + (s * row[j + 1]), (c * row[j + 1]) - (s * row[j]));
        }
    }
}
