using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static Ballast.Numerics.Backtest.Lanes;

namespace Ballast.Numerics.Backtest;

/// <summary>Values of constant holdings over a stretch of bars: a matrix-vector product, nothing else.</summary>
internal static unsafe class Values
{
    /// <summary>From this many assets on, rows (dot products over assets) are faster than tiles (eight bars at a time).</summary>
    public const int WideFrom = 48;

    /// <summary>V(t) = cash + Σ q C(t, i) for from ≤ t &lt; to. May write up to 31 values past the end: the caller has room for them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill(in Account a, PriceMatrix prices, int from, int to, double* values)
    {
        if (from >= to) return;
        if (prices.Assets >= WideFrom)
        {
            Rows(a.Quantity, a.Padded, a.Cash, prices.CloseRows, prices.RowStride, from, to, values);
            return;
        }
        var start = from & -Width;
        var kept = Vector512.Load(values + start);
        Tiles(a.Quantity, a.Cash, prices.CloseTiles + ((long)(start / Width) * prices.TileStride), prices.TileStride, values + start, values + to);
        Restore(values + start, kept, from - start);
    }

    /// <summary>One bar at given prices, eight assets at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double At(in Account a, double* prices)
    {
        var sum = Vector512<double>.Zero;
        for (var i = 0; i < a.Padded; i += Width) sum = Fma(Vector512.Load(a.Quantity + i), Vector512.Load(prices + i), sum);
        return a.Cash + Sum(sum);
    }

    /// <summary>
    /// Closes of one bar, gathered from the tile that has just been read: its row lies in another, colder part of memory.
    /// The account's scratch holds them.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double* RowOf(in Account a, PriceMatrix prices, int bar)
    {
        unchecked
        {
            var tile = prices.CloseTiles + ((long)(bar / Width) * prices.TileStride) + (bar % Width);
            var i = 0;
            for (; i + Width <= a.Assets; i += Width, tile += Width * Width)
                Vector512.Create(tile[0], tile[8], tile[16], tile[24], tile[32], tile[40], tile[48], tile[56]).Store(a.Holding + i);
            if (i == a.Assets) return a.Holding;
            var last = a.Assets - 1 - i;
            // Lanes past the last asset repeat it: they weigh nothing, but may not be 0/0.
            Vector512.Create(
                tile[0], tile[8 * Math.Min(1, last)], tile[8 * Math.Min(2, last)], tile[8 * Math.Min(3, last)],
                tile[8 * Math.Min(4, last)], tile[8 * Math.Min(5, last)], tile[8 * Math.Min(6, last)], tile[8 * last]).Store(a.Holding + i);
            return a.Holding;
        }
    }

    /// <summary>
    /// Replaces one value by writing its whole tile: a later load of the tile would have to wait for a narrow store to leave the core.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Set(double* values, int bar, double value)
    {
        var tile = values + (bar & -Width);
        var here = Vector512.Equals(Vector512.Create(0.0, 1, 2, 3, 4, 5, 6, 7), Vector512.Create((double)(bar % Width)));
        Vector512.ConditionalSelect(here, Vector512.Create(value), Vector512.Load(tile)).Store(tile);
    }

    /// <summary>Puts back the first values of a tile, which belong to earlier holdings.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Restore(double* tile, Vector512<double> kept, int count)
    {
        var mine = Vector512.GreaterThanOrEqual(Vector512.Create(0.0, 1, 2, 3, 4, 5, 6, 7), Vector512.Create((double)count));
        Vector512.ConditionalSelect(mine, Vector512.Load(tile), kept).Store(tile);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tiles(double* quantity, double cash, double* tile, int stride, double* values, double* end)
    {
        unchecked
        {
            var rest = Vector512.Create(cash);
            nint assets = stride / Width, step = stride;
            for (; values + (2 * Width) < end; values += 4 * Width, tile += 4 * step)
            {
                Vector512<double> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
                double* first = tile, third = tile + (2 * step);
                for (nint i = 0; i < assets; i += 2, first += 2 * Width, third += 2 * Width)
                {
                    Vector512<double> q = Vector512.Create(quantity[i]), r = Vector512.Create(quantity[i + 1]);
                    a = Fma(q, Vector512.Load(first), a);
                    b = Fma(q, Vector512.Load(first + step), b);
                    c = Fma(q, Vector512.Load(third), c);
                    d = Fma(q, Vector512.Load(third + step), d);
                    e = Fma(r, Vector512.Load(first + Width), e);
                    f = Fma(r, Vector512.Load(first + step + Width), f);
                    g = Fma(r, Vector512.Load(third + Width), g);
                    h = Fma(r, Vector512.Load(third + step + Width), h);
                }
                (a + e + rest).Store(values);
                (b + f + rest).Store(values + Width);
                (c + g + rest).Store(values + (2 * Width));
                (d + h + rest).Store(values + (3 * Width));
            }
            for (; values < end; values += 2 * Width, tile += 2 * step)
            {
                Vector512<double> a = default, b = default, e = default, f = default;
                double* first = tile;
                for (nint i = 0; i < assets; i += 2, first += 2 * Width)
                {
                    Vector512<double> q = Vector512.Create(quantity[i]), r = Vector512.Create(quantity[i + 1]);
                    a = Fma(q, Vector512.Load(first), a);
                    b = Fma(q, Vector512.Load(first + step), b);
                    e = Fma(r, Vector512.Load(first + Width), e);
                    f = Fma(r, Vector512.Load(first + step + Width), f);
                }
                (a + e + rest).Store(values);
                (b + f + rest).Store(values + Width);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows(double* quantity, int padded, double cash, double* rows, int stride, int from, int to, double* values)
    {
        unchecked
        {
            var t = from;
            for (; t + 4 <= to; t += 4)
            {
                Vector512<double> a = default, b = default, c = default, d = default;
                nint step = stride;
                double* first = rows + (t * step), third = first + (2 * step);
                for (nint i = 0; i < padded; i += Width, first += Width, third += Width)
                {
                    var q = Vector512.Load(quantity + i);
                    a = Fma(q, Vector512.Load(first), a);
                    b = Fma(q, Vector512.Load(first + step), b);
                    c = Fma(q, Vector512.Load(third), c);
                    d = Fma(q, Vector512.Load(third + step), d);
                }
                values[t] = cash + Sum(a);
                values[t + 1] = cash + Sum(b);
                values[t + 2] = cash + Sum(c);
                values[t + 3] = cash + Sum(d);
            }
            for (; t < to; t++)
            {
                var a = Vector512<double>.Zero;
                var row = rows + ((long)t * stride);
                for (nint i = 0; i < padded; i += Width) a = Fma(Vector512.Load(quantity + i), Vector512.Load(row + i), a);
                values[t] = cash + Sum(a);
            }
        }
    }
}
