using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static Ballast.Numerics.Backtest.Lanes;

namespace Ballast.Numerics.Backtest;

/// <summary>Values of constant holdings over a stretch of bars: a matrix-vector product, nothing else.</summary>
internal static unsafe class Values
{
    /// <summary>From this many assets on, rows (dot products over assets) stream faster than columns (eight bars at a time).</summary>
    public const int WideFrom = 48;

    /// <summary>V(t) = cash + Σ q C(i, t) for from ≤ t &lt; to. May write up to 31 values past the end: the caller has room for them.</summary>
    public static void Fill(in Account a, PriceMatrix prices, int from, int to, double* values)
    {
        if (prices.Assets >= WideFrom) Rows(a.Quantity, a.Padded, a.Cash, prices.CloseRows, prices.RowStride, from, to, values);
        else Columns(a.Quantity, a.Assets, a.Cash, prices.CloseColumns, prices.ColumnStride, from, to, values);
    }

    /// <summary>One bar at given prices, eight assets at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining | MethodImplOptions.AggressiveOptimization)]
    public static double At(in Account a, double* prices)
    {
        unchecked
        {
            var sum = Vector512<double>.Zero;
            for (var i = 0; i < a.Padded; i += Width) sum = Fma(Vector512.Load(a.Quantity + i), Vector512.Load(prices + i), sum);
            return a.Cash + Sum(sum);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Columns(double* quantity, int assets, double cash, double* columns, int stride, int from, int to, double* values)
    {
        unchecked
        {
            var t = from;
            for (; to - t > 2 * Width; t += 4 * Width)
            {
                Vector512<double> a = Vector512.Create(cash), b = a, c = a, d = a;
                var price = columns + t;
                for (var i = 0; i < assets; i++, price += stride)
                {
                    var q = Vector512.Create(quantity[i]);
                    a = Fma(q, Vector512.Load(price), a);
                    b = Fma(q, Vector512.Load(price + Width), b);
                    c = Fma(q, Vector512.Load(price + (2 * Width)), c);
                    d = Fma(q, Vector512.Load(price + (3 * Width)), d);
                }
                a.Store(values + t);
                b.Store(values + t + Width);
                c.Store(values + t + (2 * Width));
                d.Store(values + t + (3 * Width));
            }
            for (; t < to; t += 2 * Width)
            {
                Vector512<double> a = Vector512.Create(cash), b = a;
                var price = columns + t;
                for (var i = 0; i < assets; i++, price += stride)
                {
                    var q = Vector512.Create(quantity[i]);
                    a = Fma(q, Vector512.Load(price), a);
                    b = Fma(q, Vector512.Load(price + Width), b);
                }
                a.Store(values + t);
                b.Store(values + t + Width);
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
                Vector512<double> a = Vector512<double>.Zero, b = a, c = a, d = a;
                var first = rows + ((long)t * stride);
                double* second = first + stride, third = second + stride, fourth = third + stride;
                for (var i = 0; i < padded; i += Width)
                {
                    var q = Vector512.Load(quantity + i);
                    a = Fma(q, Vector512.Load(first + i), a);
                    b = Fma(q, Vector512.Load(second + i), b);
                    c = Fma(q, Vector512.Load(third + i), c);
                    d = Fma(q, Vector512.Load(fourth + i), d);
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
                for (var i = 0; i < padded; i += Width) a = Fma(Vector512.Load(quantity + i), Vector512.Load(row + i), a);
                values[t] = cash + Sum(a);
            }
        }
    }
}
