using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static Ballast.Numerics.Backtest.Lanes;

namespace Ballast.Numerics.Backtest;

/// <summary>Finds the first close at which a weight has left its band, eight bars at a time, without a division.</summary>
internal static unsafe class BandScan
{
    /// <summary>
    /// Writes values for from ≤ t &lt; to (and up to seven past the end) and returns the first breach among the bars that are looked
    /// at and lie before lookEnd, else to. Breach: max q C/(hi + ε) &gt; V, or min q C/(lo − ε) &lt; V, or cash outside its own band.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int First(in Account account, PriceMatrix prices, BarSet look, int from, int lookEnd, int to, double* values)
    {
        unchecked
        {
            double* quantity = account.Quantity, upper = account.Upper, lower = account.Lower;
            double* columns = prices.CloseColumns;
            var (assets, stride) = (account.Assets, prices.ColumnStride);
            var cash = Vector512.Create(account.Cash);
            // Cash c against (lo − ε) V and (hi + ε) V.
            var cashLow = Vector512.Create(account.CashLow);
            var cashHigh = Vector512.Create(account.CashHigh);
            for (var t = from; t < to; t += Width)
            {
                var value = cash;
                var most = Vector512<double>.Zero;
                var least = Vector512.Create(double.PositiveInfinity);
                var column = columns + t;
                for (var i = 0; i < assets; i++, column += stride)
                {
                    var price = Vector512.Load(column);
                    value = Fma(Vector512.Create(quantity[i]), price, value);
                    most = Vector512.MaxNative(most, Vector512.Create(upper[i]) * price);
                    least = Vector512.MinNative(least, Vector512.Create(lower[i]) * price);
                }
                value.Store(values + t);
                var outside = Vector512.GreaterThan(most, value) | Vector512.LessThan(least, value)
                    | Vector512.GreaterThan(cash, cashHigh * value) | Vector512.LessThan(cash, cashLow * value);
                var fired = (uint)outside.ExtractMostSignificantBits() & look.EightFrom(t);
                if (fired == 0) continue;
                var bar = t + BitOperations.TrailingZeroCount(fired);
                if (bar < lookEnd) return bar;
            }
            return to;
        }
    }

    /// <summary>The same question for one bar, over rows: for looks that are far apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool Breached(in Account account, double* row, double value)
    {
        unchecked
        {
            var worth = Vector512.Create(value);
            var outside = Vector512<double>.Zero;
            for (var i = 0; i < account.Padded; i += Width)
            {
                var holding = Vector512.Load(account.Quantity + i) * Vector512.Load(row + i);
                outside |= Vector512.GreaterThan(holding, Vector512.Load(account.High + i) * worth)
                    | Vector512.LessThan(holding, Vector512.Load(account.Low + i) * worth);
            }
            return outside.ExtractMostSignificantBits() != 0 || account.Cash > account.CashHigh * value || account.Cash < account.CashLow * value;
        }
    }
}
