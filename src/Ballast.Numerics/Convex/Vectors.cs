using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Ballast.Numerics.Convex;

/// <summary>Inner products and scaled sums in eight lanes, whose order of addition is the same on every machine.</summary>
internal static class Vectors
{
    public const int Lanes = 8;

    public static int RoundUp(int count) => (count + Lanes - 1) / Lanes * Lanes;

    /// <summary>Σ a_i b_i over the length of a.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        if (b.Length < a.Length) throw new ArgumentException($"{a.Length} elements against {b.Length}", nameof(b));
        return Dot(ref MemoryMarshal.GetReference(a), ref MemoryMarshal.GetReference(b), a.Length);
    }

    /// <summary>y += factor · x over the length of x.</summary>
    public static void AddScaled(double factor, ReadOnlySpan<double> x, Span<double> y)
    {
        if (y.Length < x.Length) throw new ArgumentException($"{x.Length} elements into {y.Length}", nameof(y));
        AddScaled(factor, ref MemoryMarshal.GetReference(x), ref MemoryMarshal.GetReference(y), x.Length);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Dot(ref double a, ref double b, int count)
    {
        unchecked
        {
            var (s0, s1, s2, s3) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
            var i = 0;
            for (; i + 32 <= count; i += 32)
            {
                s0 = Fma(ref a, ref b, i, s0);
                s1 = Fma(ref a, ref b, i + 8, s1);
                s2 = Fma(ref a, ref b, i + 16, s2);
                s3 = Fma(ref a, ref b, i + 24, s3);
            }
            for (; i + 8 <= count; i += 8) s0 = Fma(ref a, ref b, i, s0);
            var sum = Sum((s0 + s1) + (s2 + s3));
            for (; i < count; i++) sum = Math.FusedMultiplyAdd(Unsafe.Add(ref a, i), Unsafe.Add(ref b, i), sum);
            return sum;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled(double factor, ref double x, ref double y, int count)
    {
        unchecked
        {
            var wide = Vector512.Create(factor);
            var i = 0;
            for (; i + 8 <= count; i += 8)
                Vector512.FusedMultiplyAdd(wide, Vector512.LoadUnsafe(ref x, (nuint)i), Vector512.LoadUnsafe(ref y, (nuint)i)).StoreUnsafe(ref y, (nuint)i);
            for (; i < count; i++) Unsafe.Add(ref y, i) = Math.FusedMultiplyAdd(factor, Unsafe.Add(ref x, i), Unsafe.Add(ref y, i));
        }
    }

    /// <summary>result −= Σ y_i · (row i of the cells) for four rows in one pass.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SubtractFour(double[] cells, ReadOnlySpan<int> rows, int columns, double[] y, double[] result)
    {
        unchecked
        {
            ref var r0 = ref cells[rows[0] * columns];
            ref var r1 = ref cells[rows[1] * columns];
            ref var r2 = ref cells[rows[2] * columns];
            ref var r3 = ref cells[rows[3] * columns];
            ref var into = ref result[0];
            var (y0, y1, y2, y3) = (-y[rows[0]], -y[rows[1]], -y[rows[2]], -y[rows[3]]);
            var (w0, w1, w2, w3) = (Vector512.Create(y0), Vector512.Create(y1), Vector512.Create(y2), Vector512.Create(y3));
            var i = 0;
            for (; i + 8 <= columns; i += 8)
            {
                var at = (nuint)i;
                var sum = Vector512.FusedMultiplyAdd(w0, Vector512.LoadUnsafe(ref r0, at), Vector512.LoadUnsafe(ref into, at));
                sum = Vector512.FusedMultiplyAdd(w1, Vector512.LoadUnsafe(ref r1, at), sum);
                sum = Vector512.FusedMultiplyAdd(w2, Vector512.LoadUnsafe(ref r2, at), sum);
                Vector512.FusedMultiplyAdd(w3, Vector512.LoadUnsafe(ref r3, at), sum).StoreUnsafe(ref into, at);
            }
            for (; i < columns; i++)
            {
                var sum = Math.FusedMultiplyAdd(y0, Unsafe.Add(ref r0, i), Unsafe.Add(ref into, i));
                sum = Math.FusedMultiplyAdd(y1, Unsafe.Add(ref r1, i), sum);
                sum = Math.FusedMultiplyAdd(y2, Unsafe.Add(ref r2, i), sum);
                Unsafe.Add(ref into, i) = Math.FusedMultiplyAdd(y3, Unsafe.Add(ref r3, i), sum);
            }
        }
    }

    /// <summary>result −= Σ y_i · (row i of the matrix) over some rows.</summary>
    public static void SubtractRows(Linear.Matrix matrix, ReadOnlySpan<int> rows, double[] y, double[] result)
    {
        var at = 0;
        for (; at + 4 <= rows.Length; at += 4) SubtractFour(matrix.Cells, rows.Slice(at, 4), matrix.Columns, y, result);
        for (; at < rows.Length; at++) AddScaled(-y[rows[at]], matrix.Row(rows[at]), result);
    }

    public static double MaxAbs(ReadOnlySpan<double> x)
    {
        var most = 0.0;
        foreach (var value in x) most = Math.Max(most, Math.Abs(value));
        return most;
    }

    public static double Sum(ReadOnlySpan<double> x)
    {
        var sum = 0.0;
        foreach (var value in x) sum += value;
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Fma(ref double a, ref double b, int at, Vector512<double> sum) =>
        Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref a, (nuint)at), Vector512.LoadUnsafe(ref b, (nuint)at), sum);

    /// <summary>((0+4)+(2+6)) + ((1+5)+(3+7)): <c>Vector512.Sum</c> does not promise an order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Sum(Vector512<double> x)
    {
        var four = x.GetLower() + x.GetUpper();
        var two = four.GetLower() + four.GetUpper();
        return two.ToScalar() + two.GetElement(1);
    }
}
