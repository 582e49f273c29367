using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ballast.Numerics.Convex;

/// <summary>Factors a positive definite matrix of portfolio size, A = LL', in place and again and again in the same memory.</summary>
/// <remarks>
/// Right-looking by panels of 32 (Golub and Van Loan, Matrix Computations, 4.2.9). Below a panel the work is a product of a packed, transposed panel
/// with itself in tiles of 4 rows by 16 columns that stay in registers. Writes up to 15 cells right of the diagonal, hence the wide rows.
/// </remarks>
internal sealed unsafe class BlockedCholesky
{
    private const int Panel = 32;
    private readonly int stride;
    private readonly double[] cells;
    private readonly double[] packed;

    public BlockedCholesky(int size)
    {
        Size = size;
        stride = Vectors.RoundUp(size) + 16;
        cells = new double[Math.Max(1, size * stride)];
        packed = new double[Panel * stride];
    }

    public int Size { get; }

    /// <summary>A row of the matrix to factor; only its cells up to the diagonal are read. After <see cref="Factor"/>, a row of L.</summary>
    public Span<double> Row(int row) => cells.AsSpan(row * stride, Size);

    /// <summary>Replaces the lower triangle by L; false where a pivot is not positive, and then the cells are of no use.</summary>
    public bool Factor()
    {
        fixed (double* a = cells, p = packed)
        {
            for (var from = 0; from < Size; from += Panel)
            {
                var width = Math.Min(Panel, Size - from);
                if (!FactorDiagonal(a + (from * stride) + from, width)) return false;
                var below = Size - from - width;
                if (below == 0) continue;
                SolvePanel(a + (from * stride) + from, p, width, below);
                Tiles.SubtractSquare(a + ((from + width) * stride) + from + width, p, stride, width, below);
            }
        }
        return true;
    }

    /// <summary>x := A⁻¹ x.</summary>
    public void Solve(Span<double> x)
    {
        SolveLower(x);
        for (var i = Size - 1; i >= 0; i--)
        {
            var row = Row(i);
            x[i] /= row[i];
            Vectors.AddScaled(-x[i], row[..i], x);
        }
    }

    /// <summary>x := L⁻¹ x.</summary>
    public void SolveLower(Span<double> x)
    {
        for (var i = 0; i < Size; i++)
        {
            var row = Row(i);
            x[i] = (x[i] - Vectors.Dot(row[..i], x)) / row[i];
        }
    }

    private bool FactorDiagonal(double* block, int width)
    {
        for (var j = 0; j < width; j++)
        {
            var row = block + (j * stride);
            var pivot = row[j] - Vectors.Dot(ref *row, ref *row, j);
            if (!(pivot > 0) || double.IsInfinity(pivot)) return false;
            row[j] = Math.Sqrt(pivot);
            var inverse = 1 / row[j];
            for (var i = j + 1; i < width; i++)
            {
                var lower = block + (i * stride);
                lower[j] = (lower[j] - Vectors.Dot(ref *lower, ref *row, j)) * inverse;
            }
        }
        return true;
    }

    /// <summary>X L' = A below the diagonal block, for eight rows at once in the transposed panel, then back into the rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SolvePanel(double* block, double* panel, int width, int below)
    {
        unchecked
        {
            var rows = block + (width * stride);
            for (var i = 0; i < below; i++)
                for (var k = 0; k < width; k++) panel[(k * stride) + i] = rows[(i * stride) + k];
            for (var i = below; i < Vectors.RoundUp(below) + 8; i++)
                for (var k = 0; k < width; k++) panel[(k * stride) + i] = 0;
            for (var i = 0; i < below; i += 8)
            {
                for (var k = 0; k < width; k++)
                {
                    var lower = block + (k * stride);
                    var x = Vector512.Load(panel + (k * stride) + i);
                    for (var c = 0; c < k; c++) x = Vector512.FusedMultiplyAdd(Vector512.Create(-lower[c]), Vector512.Load(panel + (c * stride) + i), x);
                    (x * Vector512.Create(1 / lower[k])).Store(panel + (k * stride) + i);
                }
            }
            for (var i = 0; i < below; i++)
                for (var k = 0; k < width; k++) rows[(i * stride) + k] = panel[(k * stride) + i];
        }
    }
}
