using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static Ballast.Numerics.Backtest.Lanes;

namespace Ballast.Numerics.Backtest;

/// <summary>Volatility and drawdown of an equity curve in one pass.</summary>
internal static unsafe class EquityStatistics
{
    private const int Block = 4 * Width;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (double? Volatility, double MaxDrawdown) Of(double* equity, int bars)
    {
        unchecked
        {
            Vector512<double> sum = default, squares = default;
            double peak = equity[0], drawdown = 0;
            var t = 1;
            for (; t + Block <= bars; t += Block)
            {
                Vector512<double> a = Vector512.Load(equity + t), b = Vector512.Load(equity + t + Width);
                Vector512<double> c = Vector512.Load(equity + t + (2 * Width)), d = Vector512.Load(equity + t + (3 * Width));
                Gains(equity + t - 1, a, b, c, d, ref sum, ref squares);
                var top = Most(Vector512.MaxNative(Vector512.MaxNative(a, b), Vector512.MaxNative(c, d)));
                var low = Least(Vector512.MinNative(Vector512.MinNative(a, b), Vector512.MinNative(c, d)));
                // A fall can only be the deepest if the lowest is under the floor of the highest peak; only a new peak makes the order matter.
                var highest = top > peak ? top : peak;
                if (low < highest * (1 - drawdown)) drawdown = top > peak ? Fall(equity + t, Block, peak, drawdown) : 1 - (low / peak);
                peak = highest;
            }
            double total = Sum(sum), totalSquares = Sum(squares);
            if (t < bars) drawdown = Fall(equity + t, bars - t, peak, drawdown);
            for (; t < bars; t++)
            {
                var gain = (equity[t] / equity[t - 1]) - 1;
                total += gain;
                totalSquares += gain * gain;
            }
            return (Deviation(total, totalSquares, bars - 1), drawdown);
        }
    }

    /// <summary>√((Σg² − n mean²)/(n − 1)); safe because g, not a ratio near one, was summed.</summary>
    public static double? Deviation(double sum, double squares, int count) =>
        count < 2 ? null : Math.Sqrt(Math.Max(0, squares - (sum / count * sum)) / (count - 1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Gains(
        double* before, Vector512<double> a, Vector512<double> b, Vector512<double> c, Vector512<double> d, ref Vector512<double> sum, ref Vector512<double> squares)
    {
        Vector512<double> p = Vector512.Load(before), q = Vector512.Load(before + Width);
        Vector512<double> r = Vector512.Load(before + (2 * Width)), s = Vector512.Load(before + (3 * Width));
        Invert(ref p, ref q, ref r, ref s);
        var one = Vector512<double>.One;
        (p, q, r, s) = (Fma(a, p, -one), Fma(b, q, -one), Fma(c, r, -one), Fma(d, s, -one));
        sum += p + q + (r + s);
        squares += Fma(p, p, q * q) + Fma(r, r, s * s);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Fall(double* values, int count, double peak, double deepest)
    {
        for (var k = 0; k < count; k++)
        {
            if (values[k] > peak) peak = values[k];
            else if (values[k] < peak * (1 - deepest)) deepest = 1 - (values[k] / peak);
        }
        return deepest;
    }
}
