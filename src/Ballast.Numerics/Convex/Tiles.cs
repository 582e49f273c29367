using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ballast.Numerics.Convex;

/// <summary>C −= P'P, the work below a panel of a factorisation and the weighing of scenarios, in tiles that stay in registers.</summary>
internal static unsafe class Tiles
{
    /// <param name="corner">C, whose lower triangle counts; up to 15 cells right of the diagonal are written too.</param>
    /// <param name="panel">P, of as many rows as <paramref name="width"/>, with zeros or room for 16 beyond its columns.</param>
    /// <param name="stride">Of both, in doubles.</param>
    public static void SubtractSquare(double* corner, double* panel, int stride, int width, int size)
    {
        for (var i = 0; i < size; i += 4)
            for (var j = 0; j < i + 4 && j < size; j += 16)
                Tile(corner + (i * stride) + j, panel + i, panel + j, stride, width, Math.Min(4, size - i));
    }

    /// <summary>Four rows by sixteen columns of C in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile(double* c, double* left, double* right, int stride, int width, int rows)
    {
        unchecked
        {
            var zero = Vector512<double>.Zero;
            var (c00, c01, c10, c11, c20, c21, c30, c31) = (zero, zero, zero, zero, zero, zero, zero, zero);
            for (var k = 0; k < width; k++, left += stride, right += stride)
            {
                var (r0, r1) = (Vector512.Load(right), Vector512.Load(right + 8));
                var l = Vector512.Create(left[0]);
                c00 = Vector512.FusedMultiplyAdd(l, r0, c00);
                c01 = Vector512.FusedMultiplyAdd(l, r1, c01);
                l = Vector512.Create(left[1]);
                c10 = Vector512.FusedMultiplyAdd(l, r0, c10);
                c11 = Vector512.FusedMultiplyAdd(l, r1, c11);
                l = Vector512.Create(left[2]);
                c20 = Vector512.FusedMultiplyAdd(l, r0, c20);
                c21 = Vector512.FusedMultiplyAdd(l, r1, c21);
                l = Vector512.Create(left[3]);
                c30 = Vector512.FusedMultiplyAdd(l, r0, c30);
                c31 = Vector512.FusedMultiplyAdd(l, r1, c31);
            }
            Subtract(c, c00, c01);
            if (rows > 1) Subtract(c + stride, c10, c11);
            if (rows > 2) Subtract(c + (2 * stride), c20, c21);
            if (rows > 3) Subtract(c + (3 * stride), c30, c31);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Subtract(double* at, Vector512<double> x0, Vector512<double> x1)
    {
        (Vector512.Load(at) - x0).Store(at);
        (Vector512.Load(at + 8) - x1).Store(at + 8);
    }
}
