using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static Ballast.Numerics.Backtest.Lanes;

namespace Ballast.Numerics.Backtest;

/// <summary>
/// Bars without a look: V (4 bars × 8 policies) = Q (8 × n) P (n × 4), a small matrix product. Two groups share each broadcast
/// price, so that the multipliers and not the load ports are the limit; four values share one division.
/// </summary>
internal static unsafe class SweepStretch
{
    private const int Step = 4;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void RunTwo(ref SweepGroup first, ref SweepGroup second, double* rows, int stride, int assets, int from, int to)
    {
        unchecked
        {
            var t = from;
            for (; t + Step <= to; t += Step)
            {
                Vector512<double> a0 = first.Cash, a1 = a0, a2 = a0, a3 = a0, b0 = second.Cash, b1 = b0, b2 = b0, b3 = b0;
                double* p0 = rows + ((long)t * stride), p1 = p0 + stride, p2 = p1 + stride, p3 = p2 + stride;
                double* q = first.Quantity, r = second.Quantity;
                for (var i = 0; i < assets; i++, q += Width, r += Width)
                {
                    Vector512<double> qa = Vector512.Load(q), qb = Vector512.Load(r);
                    var p = Vector512.Create(p0[i]);
                    (a0, b0) = (Fma(qa, p, a0), Fma(qb, p, b0));
                    p = Vector512.Create(p1[i]);
                    (a1, b1) = (Fma(qa, p, a1), Fma(qb, p, b1));
                    p = Vector512.Create(p2[i]);
                    (a2, b2) = (Fma(qa, p, a2), Fma(qb, p, b2));
                    p = Vector512.Create(p3[i]);
                    (a3, b3) = (Fma(qa, p, a3), Fma(qb, p, b3));
                }
                Record(ref first, a0, a1, a2, a3);
                Record(ref second, b0, b1, b2, b3);
            }
            for (; t < to; t++)
            {
                var row = rows + ((long)t * stride);
                first.Record(first.ValueAt(row, assets));
                second.Record(second.ValueAt(row, assets));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void RunOne(ref SweepGroup group, double* rows, int stride, int assets, int from, int to)
    {
        unchecked
        {
            var t = from;
            for (; t + Step <= to; t += Step)
            {
                Vector512<double> a0 = group.Cash, a1 = a0, a2 = a0, a3 = a0;
                double* p0 = rows + ((long)t * stride), p1 = p0 + stride, p2 = p1 + stride, p3 = p2 + stride;
                var q = group.Quantity;
                for (var i = 0; i < assets; i++, q += Width)
                {
                    var quantity = Vector512.Load(q);
                    a0 = Fma(quantity, Vector512.Create(p0[i]), a0);
                    a1 = Fma(quantity, Vector512.Create(p1[i]), a1);
                    a2 = Fma(quantity, Vector512.Create(p2[i]), a2);
                    a3 = Fma(quantity, Vector512.Create(p3[i]), a3);
                }
                Record(ref group, a0, a1, a2, a3);
            }
            for (; t < to; t++) group.Record(group.ValueAt(rows + ((long)t * stride), assets));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Record(ref SweepGroup group, Vector512<double> a0, Vector512<double> a1, Vector512<double> a2, Vector512<double> a3)
    {
        Vector512<double> d0 = group.Last, d1 = a0, d2 = a1, d3 = a2;
        Invert(ref d0, ref d1, ref d2, ref d3);
        var one = Vector512<double>.One;
        Vector512<double> g0 = Fma(a0, d0, -one), g1 = Fma(a1, d1, -one), g2 = Fma(a2, d2, -one), g3 = Fma(a3, d3, -one);
        group.Last = a3;
        group.Sum += g0 + g1 + (g2 + g3);
        group.Squares += Fma(g0, g0, g1 * g1) + Fma(g2, g2, g3 * g3);
        // A fall can only be the deepest if the lowest of the four is under the floor of the highest peak.
        var peak = Vector512.MaxNative(group.Peak, Vector512.MaxNative(Vector512.MaxNative(a0, a1), Vector512.MaxNative(a2, a3)));
        var lowest = Vector512.MinNative(Vector512.MinNative(a0, a1), Vector512.MinNative(a2, a3));
        if (Vector512.LessThanAny(lowest, peak * group.Keep)) Deepen(ref group, a0, a1, a2, a3);
        group.Peak = peak;
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Deepen(ref SweepGroup group, Vector512<double> a0, Vector512<double> a1, Vector512<double> a2, Vector512<double> a3)
    {
        var one = Vector512<double>.One;
        var peak = Vector512.MaxNative(group.Peak, a0);
        var fall = Vector512.MaxNative(group.Drawdown, one - (a0 / peak));
        peak = Vector512.MaxNative(peak, a1);
        fall = Vector512.MaxNative(fall, one - (a1 / peak));
        peak = Vector512.MaxNative(peak, a2);
        fall = Vector512.MaxNative(fall, one - (a2 / peak));
        peak = Vector512.MaxNative(peak, a3);
        group.Drawdown = Vector512.MaxNative(fall, one - (a3 / peak));
        group.Keep = one - group.Drawdown;
    }
}
