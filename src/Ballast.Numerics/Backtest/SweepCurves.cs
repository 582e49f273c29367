using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static Ballast.Numerics.Backtest.Lanes;

namespace Ballast.Numerics.Backtest;

/// <summary>Eight equity curves measured as they are made, a short piece at a time: no curve is kept.</summary>
internal unsafe struct SweepCurves
{
    /// <summary>Last value, peak, 1 − deepest fall, deepest fall, Σg, Σg².</summary>
    public Vector512<double> Last, Peak, Keep, Drawdown, Sum, Squares;

    public static SweepCurves From(Vector512<double> first) => new() { Last = first, Peak = first, Keep = Vector512<double>.One };

    /// <summary>Takes the next values (shape count × 8): four of them share one division.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Take(double* values, int count)
    {
        unchecked
        {
            Vector512<double> last = Last, peak = Peak, keep = Keep, deepest = Drawdown, sum = Sum, squares = Squares;
            var one = Vector512<double>.One;
            for (; count >= 4; count -= 4, values += 4 * Width)
            {
                Vector512<double> a = Vector512.Load(values), b = Vector512.Load(values + Width);
                Vector512<double> c = Vector512.Load(values + (2 * Width)), d = Vector512.Load(values + (3 * Width));
                Vector512<double> p = last, q = a, r = b, s = c;
                Invert(ref p, ref q, ref r, ref s);
                Vector512<double> g = Fma(a, p, -one), h = Fma(b, q, -one), i = Fma(c, r, -one), j = Fma(d, s, -one);
                sum += g + h + (i + j);
                squares += Fma(g, g, h * h) + Fma(i, i, j * j);
                last = d;
                // A fall can only be the deepest if the lowest of the four is under the floor of the highest peak.
                var highest = Vector512.MaxNative(peak, Vector512.MaxNative(Vector512.MaxNative(a, b), Vector512.MaxNative(c, d)));
                var lowest = Vector512.MinNative(Vector512.MinNative(a, b), Vector512.MinNative(c, d));
                if (Vector512.LessThan(lowest, highest * keep).ExtractMostSignificantBits() != 0)
                {
                    var e = Vector512.MaxNative(peak, a);
                    var f = Vector512.MaxNative(e, b);
                    var k = Vector512.MaxNative(f, c);
                    var least = Vector512.MinNative(Vector512.MinNative(a / e, b / f), Vector512.MinNative(c / k, d / highest));
                    deepest = Vector512.MaxNative(deepest, one - least);
                    keep = one - deepest;
                }
                peak = highest;
            }
            for (; count > 0; count--, values += Width)
            {
                var a = Vector512.Load(values);
                var g = (a / last) - one;
                sum += g;
                squares = Fma(g, g, squares);
                last = a;
                peak = Vector512.MaxNative(peak, a);
                deepest = Vector512.MaxNative(deepest, one - (a / peak));
                keep = one - deepest;
            }
            (Last, Peak, Keep, Drawdown, Sum, Squares) = (last, peak, keep, deepest, sum, squares);
        }
    }
}
