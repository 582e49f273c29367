using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static Ballast.Numerics.Options.LaneMath;

namespace Ballast.Numerics.Options;

/// <summary>Implied volatility of eight options at once, where nothing about them is unusual: <see cref="VolatilitySearch"/> without its bracket.</summary>
internal static class LaneVolatility
{
    private const double Sqrt2Pi = NormalisedBlack.Sqrt2Pi, Narrow = 1 - 2 / Math.PI;
    private const double Small = 1e-70, Large = 1e70, LeastPart = 1e-280, WorstCondition = 1e12;
    private const int MostSteps = 8;

    /// <summary>Volatilities, and a bit for each lane where it is as good as the price: the others have to be looked at one by one.</summary>
    public static (Vector512<double> Volatility, ulong Good) Of(Vector512<double> sign, Vector512<double> forward, Vector512<double> strike, Vector512<double> years, Vector512<double> price)
    {
        var time = TimeValue(sign, forward, strike, price);
        var (least, scale) = (Vector512.Min(forward, strike), Vector512<double>.One / Vector512.Sqrt(forward * strike));
        var (x, β, missing) = (-Vector512.Abs(LogRatio(forward, strike)), time * scale, (least - time) * scale);
        var usual = Within(forward, Small, Large) & Within(strike, Small, Large) & Within(years, Small, Large) & Within(β, LeastPart, 1) & Within(missing, LeastPart, 2);
        var s = Start(-x, Vector512.Abs(forward - strike) * scale, β, missing);
        var upper = Vector512.GreaterThan(β, missing);
        var goal = Vector512.Create(Sqrt2Pi) * Vector512.ConditionalSelect(upper, missing, β);
        for (var i = 0; i < MostSteps; i++)
        {
            var step = Step(x, s, upper, goal, out var difference);
            s += step;
            var near = Vector512.LessThanOrEqual(Vector512.Abs(step), Vector512.Create(VolatilitySearch.NearEnough) * s);
            if ((near | ~usual).ExtractMostSignificantBits() != 0xFF && i < MostSteps - 1) continue;
            var condition = price * Vector512.ConditionalSelect(upper, difference / (least - time), difference / time);
            var good = near & usual & Vector512.LessThan(condition, Vector512.Create(WorstCondition) * s);
            return (s / Vector512.Sqrt(years), good.ExtractMostSignificantBits());
        }
        return default;
    }

    /// <summary>The price less its intrinsic value, taken off without rounding: what the subtraction of the prices loses is taken off too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> TimeValue(Vector512<double> sign, Vector512<double> forward, Vector512<double> strike, Vector512<double> price)
    {
        var (high, low) = (Vector512.Max(forward, strike), Vector512.Min(forward, strike));
        var intrinsic = high - low;
        var back = high - intrinsic;
        var rest = high - (intrinsic + back) + (back - low);
        return Vector512.ConditionalSelect(Vector512.GreaterThan(sign * (forward - strike), Vector512<double>.Zero), price - intrinsic - rest, price);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Start(Vector512<double> y, Vector512<double> gap, Vector512<double> β, Vector512<double> missing)
    {
        var (one, part, grown) = (Vector512<double>.One, β * (β + gap), Exp(Vector512.Create(Narrow) * y));
        var (cosh2, sinh2) = (grown + one / grown, grown - one / grown);
        var a = sinh2 * sinh2;
        var b = Vector512.Create(8.0) * (gap * Sinh(Vector512.Create(0.5 - Narrow) * y) + part * cosh2);
        var c = Vector512.Create(16.0) * part * missing * (missing + β + β + gap);
        var u = (c + c) / (b + Vector512.Sqrt(Fma(b, b, Vector512.Create(4.0) * a * c)));
        var g = Vector512.Max(Vector512.Create(-Math.PI / 2) * LogRatio(u, one), y);
        var (more, less) = (Vector512.Sqrt(g + y), Vector512.Sqrt(g - y));
        var beyond = Vector512.GreaterThan(u * cosh2, Vector512.Create(2.0) - Vector512.Create(4.0) * part);
        var s = Vector512.ConditionalSelect(beyond, more + less, (y + y) / (more + less));
        var least = Vector512.Create(Sqrt2Pi) * β;
        return Vector512.ConditionalSelect(Vector512.GreaterThan(s, least), s, least);
    }

    /// <summary>Near enough for a start, and exact to the digit next to zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Sinh(Vector512<double> x)
    {
        var square = x * x;
        return x * Fma(Pair(square, 1.0 / 6, 1.0 / 120), square, Vector512<double>.One);
    }

    /// <summary>Householder's step; <paramref name="difference"/> is value over slope of b, or of what is missing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Step(Vector512<double> x, Vector512<double> s, Vector512<double> upper, Vector512<double> goal, out Vector512<double> difference)
    {
        var (t, overS) = (Vector512.Create(0.5) * s, Vector512<double>.One / s);
        var h = x * overS;
        difference = Difference(x, h, t, upper);
        var ratio = LogRatio(difference, goal);
        var off = Fma(Vector512.Create(-0.5), Fma(h, h, t * t), ratio);
        var r = Vector512.ConditionalSelect(upper, -Vector512<double>.One, Vector512<double>.One) / difference;
        var ν = -off / r;
        var q = h * overS;
        var p = Fma(h, q, Vector512.Create(-0.5) * t);
        var second = p - r;
        var third = Fma(p, p, Vector512.Create(-0.25)) - Vector512.Create(3.0) * Fma(q, q, r * p) + (r + r) * r;
        var top = Fma(Vector512.Create(0.5) * second, ν, Vector512<double>.One);
        var bottom = Fma(Fma(third * ν, Vector512.Create(1.0 / 6), second), ν, Vector512<double>.One);
        return ν * (top / bottom);
    }

    /// <summary>Y(h+t) − Y(h−t), or Y(−h−t) + Y(h−t) of what is missing; Y(z) = N(z)/φ(z).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Difference(Vector512<double> x, Vector512<double> h, Vector512<double> t, Vector512<double> upper)
    {
        var little = Vector512.LessThan(t, Vector512.Create(0.3)) & Vector512.GreaterThan(x, Vector512.Create(-1.0)) & ~upper;
        var ahead = h + t;
        var (mills, behind) = LaneNormal.Mills(Vector512.ConditionalSelect(little, -h, Vector512.Abs(ahead)), t - h);
        var whole = Vector512.Create(Sqrt2Pi) * Exp(Vector512.Min(Vector512.Create(0.5) * ahead * ahead, Vector512.Create(700.0)));
        var other = Vector512.GreaterThan(ahead, Vector512<double>.Zero) ^ upper;
        var first = Vector512.ConditionalSelect(other, whole - mills, mills);
        var direct = Vector512.ConditionalSelect(upper, first + behind, first - behind);
        return little == Vector512<double>.Zero ? direct : Vector512.ConditionalSelect(little, Series(x, h, t, mills), direct);
    }

    /// <summary>As in <see cref="NormalisedBlack"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Series(Vector512<double> x, Vector512<double> h, Vector512<double> t, Vector512<double> mills)
    {
        var (square, half) = (t * t, Vector512.Create(0.5) * x);
        var (before, now) = (mills, t * Fma(h, mills, Vector512<double>.One));
        var sum = now;
        for (var n = 1; n < NormalisedBlack.LastTerm; n += 2)
        {
            before = Fma(square, before, half * now) * Vector512.Create(NormalisedBlack.Reciprocals[n + 1]);
            now = Fma(square, now, half * before) * Vector512.Create(NormalisedBlack.Reciprocals[n + 2]);
            sum += now;
        }
        return sum + sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Within(Vector512<double> x, double low, double high) => Vector512.GreaterThan(x, Vector512.Create(low)) & Vector512.LessThan(x, Vector512.Create(high));
}
