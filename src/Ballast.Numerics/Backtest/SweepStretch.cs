using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static Ballast.Numerics.Backtest.Lanes;

namespace Ballast.Numerics.Backtest;

/// <summary>
/// Bars without a look: V (4 bars × 8 policies) = Q (8 × n) P (n × 4), a small matrix product. Two groups share each broadcast
/// price, so that the multipliers and not the load ports are the limit. Nothing is called inside the loops: every vector is
/// lost in a call, and the sums would live on the stack.
/// </summary>
internal static unsafe class SweepStretch
{
    private const int Step = 4;

    /// <summary>Writes the values of both groups at count bars, eight lanes each, after those that are there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void RunTwo(in SweepGroup first, in SweepGroup second, double* row, nint stride, nint assets, int count, int filled)
    {
        unchecked
        {
            double* to = first.Curve + (filled * Width), also = second.Curve + (filled * Width);
            Vector512<double> cash = first.Cash, otherCash = second.Cash;
            for (; count >= Step; count -= Step, row += Step * stride, to += Step * Width, also += Step * Width)
            {
                Vector512<double> a0 = cash, a1 = cash, a2 = cash, a3 = cash, b0 = otherCash, b1 = otherCash, b2 = otherCash, b3 = otherCash;
                double* low = row, high = row + (2 * stride), q = first.Quantity, r = second.Quantity;
                for (var i = assets; i > 0; i--, low++, high++, q += Width, r += Width)
                {
                    Vector512<double> qa = Vector512.Load(q), qb = Vector512.Load(r);
                    var p = Vector512.Create(*low);
                    (a0, b0) = (Fma(qa, p, a0), Fma(qb, p, b0));
                    p = Vector512.Create(low[stride]);
                    (a1, b1) = (Fma(qa, p, a1), Fma(qb, p, b1));
                    p = Vector512.Create(*high);
                    (a2, b2) = (Fma(qa, p, a2), Fma(qb, p, b2));
                    p = Vector512.Create(high[stride]);
                    (a3, b3) = (Fma(qa, p, a3), Fma(qb, p, b3));
                }
                Store(to, a0, a1, a2, a3);
                Store(also, b0, b1, b2, b3);
            }
            for (; count > 0; count--, row += stride, to += Width, also += Width)
            {
                first.ValueAt(row, assets).Store(to);
                second.ValueAt(row, assets).Store(also);
            }
        }
    }

    /// <summary>The same for one group.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void RunOne(in SweepGroup group, double* row, nint stride, nint assets, int count, int filled)
    {
        unchecked
        {
            var to = group.Curve + (filled * Width);
            var cash = group.Cash;
            for (; count >= Step; count -= Step, row += Step * stride, to += Step * Width)
            {
                Vector512<double> a0 = cash, a1 = cash, a2 = cash, a3 = cash;
                double* low = row, high = row + (2 * stride), q = group.Quantity;
                for (var i = assets; i > 0; i--, low++, high++, q += Width)
                {
                    var quantity = Vector512.Load(q);
                    a0 = Fma(quantity, Vector512.Create(*low), a0);
                    a1 = Fma(quantity, Vector512.Create(low[stride]), a1);
                    a2 = Fma(quantity, Vector512.Create(*high), a2);
                    a3 = Fma(quantity, Vector512.Create(high[stride]), a3);
                }
                Store(to, a0, a1, a2, a3);
            }
            for (; count > 0; count--, row += stride, to += Width) group.ValueAt(row, assets).Store(to);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(double* to, Vector512<double> a, Vector512<double> b, Vector512<double> c, Vector512<double> d)
    {
        a.Store(to);
        b.Store(to + Width);
        c.Store(to + (2 * Width));
        d.Store(to + (3 * Width));
    }
}
