using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static Ballast.Numerics.Backtest.Lanes;

namespace Ballast.Numerics.Backtest;

/// <summary>Volatility and drawdown of an equity curve in one pass.</summary>
internal static unsafe class EquityStatistics
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (double? Volatility, double MaxDrawdown) Of(double* equity, int bars)
    {
        var sum = Vector512<double>.Zero;
        var squares = Vector512<double>.Zero;
        double peak = equity[0], drawdown = 0;
        var t = 1;
        for (; t + Width <= bars; t += Width)
        {
            var value = Vector512.Load(equity + t);
            var gain = (value / Vector512.Load(equity + t - 1)) - Vector512<double>.One;
            sum += gain;
            squares = Fma(gain, gain, squares);
            // Only a new peak, or a value under the deepest fall from the old one, can change anything.
            var news = Vector512.GreaterThan(value, Vector512.Create(peak)) | Vector512.LessThan(value, Vector512.Create(peak * (1 - drawdown)));
            if (news.ExtractMostSignificantBits() != 0)
                for (var k = t; k < t + Width; k++) Fall(equity[k], ref peak, ref drawdown);
        }
        double total = Sum(sum), totalSquares = Sum(squares);
        for (; t < bars; t++)
        {
            var gain = (equity[t] / equity[t - 1]) - 1;
            total += gain;
            totalSquares += gain * gain;
            Fall(equity[t], ref peak, ref drawdown);
        }
        return (Deviation(total, totalSquares, bars - 1), drawdown);
    }

    /// <summary>√((Σg² − n mean²)/(n − 1)); safe because g, not a ratio near one, was summed.</summary>
    public static double? Deviation(double sum, double squares, int count) =>
        count < 2 ? null : Math.Sqrt(Math.Max(0, squares - (sum / count * sum)) / (count - 1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fall(double value, ref double peak, ref double drawdown)
    {
        if (value > peak) peak = value;
        else if (value < peak * (1 - drawdown)) drawdown = 1 - (value / peak);
    }
}
