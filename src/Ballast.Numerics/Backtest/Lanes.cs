using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ballast.Numerics.Backtest;

/// <summary>Eight lanes everywhere, and sums whose order is written out, so that every machine returns the same bytes.</summary>
internal static class Lanes
{
    public const int Width = 8;

    public static int RoundUp(int count) => (count + Width - 1) / Width * Width;

    /// <summary>((0+4)+(2+6)) + ((1+5)+(3+7)): <c>Vector512.Sum</c> does not promise an order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(Vector512<double> x)
    {
        var four = x.GetLower() + x.GetUpper();
        var two = four.GetLower() + four.GetUpper();
        return two.ToScalar() + two.GetElement(1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Most(Vector512<double> x)
    {
        var four = Vector256.MaxNative(x.GetLower(), x.GetUpper());
        var two = Vector128.MaxNative(four.GetLower(), four.GetUpper());
        return Math.Max(two.ToScalar(), two.GetElement(1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Least(Vector512<double> x) => -Most(-x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Fma(Vector512<double> x, Vector512<double> y, Vector512<double> z) =>
        Vector512.FusedMultiplyAdd(x, y, z);

    /// <summary>1/a, 1/b, 1/c, 1/d in place for one division: the divider is the slowest unit on the chip.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Invert(ref Vector512<double> a, ref Vector512<double> b, ref Vector512<double> c, ref Vector512<double> d)
    {
        var ab = a * b;
        var cd = c * d;
        var all = Vector512<double>.One / (ab * cd);
        var overAb = all * cd;
        var overCd = all * ab;
        (a, b) = (overAb * b, overAb * a);
        (c, d) = (overCd * d, overCd * c);
    }
}
