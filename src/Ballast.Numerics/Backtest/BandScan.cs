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
    /// at and lie before lookEnd, else to. Breach: max q C/(hi + ε) &gt; V, or min q C/(lo − ε) &lt; V; cash is compared like a holding.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int First(in Account account, PriceMatrix prices, BarSet look, int from, int lookEnd, int to, double* values)
    {
        var start = from & -Width;
        var kept = Vector512.Load(values + start);
        var bar = start;
        fixed (byte* bits = look.Bytes)
        {
            var mask = 0xFFu << (from - start);
            while (true)
            {
                bar = Tile(in account, prices, bits, mask, bar, to, values, out var fired);
                if (fired == 0) break;
                var hit = bar + BitOperations.TrailingZeroCount(fired);
                if (hit < lookEnd)
                {
                    to = hit;
                    break;
                }
                // Only the last bars of a stretch are not to be looked at: this is the end of it.
                (bar, mask) = (bar + Width, 0);
            }
        }
        Values.Restore(values + start, kept, from - start);
        return to;
    }

    /// <summary>Values tile after tile, up to the first with a breach at a bar of the set (masked, for the first tile).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Tile(in Account account, PriceMatrix prices, byte* look, uint mask, int from, int to, double* values, out uint fired)
    {
        unchecked
        {
            double* quantity = account.Quantity, upper = account.Upper, lower = account.Lower;
            nint assets = prices.TileStride / Width, t = from;
            var price = prices.CloseTiles + (t * assets);
            var cash = Vector512.Create(account.Cash);
            var cashUpper = Vector512.Create(account.CashUpper);
            var cashLower = Vector512.Create(account.CashLower);
            for (; t < to; t += Width)
            {
                Vector512<double> even = cash, odd = default, most = cashUpper, least = cashLower;
                for (nint i = 0; i < assets; i += 2, price += 2 * Width)
                {
                    Vector512<double> c = Vector512.Load(price), d = Vector512.Load(price + Width);
                    even = Fma(Vector512.Create(quantity[i]), c, even);
                    odd = Fma(Vector512.Create(quantity[i + 1]), d, odd);
                    most = Vector512.MaxNative(most, Vector512.MaxNative(Vector512.Create(upper[i]) * c, Vector512.Create(upper[i + 1]) * d));
                    least = Vector512.MinNative(least, Vector512.MinNative(Vector512.Create(lower[i]) * c, Vector512.Create(lower[i + 1]) * d));
                }
                var value = even + odd;
                value.Store(values + t);
                fired = (uint)(Vector512.GreaterThan(most, value) | Vector512.LessThan(least, value)).ExtractMostSignificantBits() & look[t / Width] & mask;
                if (fired != 0) return (int)t;
                mask = 0xFF;
            }
            fired = 0;
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
            return outside.ExtractMostSignificantBits() != 0 || account.CashUpper > value || account.CashLower < value;
        }
    }
}
