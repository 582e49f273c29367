namespace Ballast.Numerics.Margin;

/// <summary>Brent's method: the root of a function between two points where its signs differ, at least as surely as by bisection.</summary>
/// <remarks>R. Brent, Algorithms for Minimization without Derivatives (1973), chapter 4.</remarks>
internal static class Brent
{
    private const int MostSteps = 200;

    /// <param name="fa">f(a), of the other sign than <paramref name="fb"/>.</param>
    public static double Root(Func<double, double> f, double a, double fa, double b, double fb, double tolerance)
    {
        if (fa == 0) return a;
        if (Math.Sign(fa) == Math.Sign(fb)) throw new ArgumentException($"f({a}) = {fa} and f({b}) = {fb} have one sign");
        var (c, fc, step, before) = (a, fa, b - a, b - a);
        for (var i = 0; i < MostSteps; i++)
        {
            if (Math.Sign(fb) == Math.Sign(fc)) (c, fc, step, before) = (a, fa, b - a, b - a);
            if (Math.Abs(fc) < Math.Abs(fb)) (a, b, c, fa, fb, fc) = (b, c, b, fb, fc, fb);
            var (least, half) = (2 * double.Epsilon + tolerance / 2, (c - b) / 2);
            if (Math.Abs(half) <= least || fb == 0) return b;
            if (Math.Abs(before) >= least && Math.Abs(fa) > Math.Abs(fb) && Interpolated(a, fa, b, fb, c, fc, half, least, before) is { } found) (before, step) = (step, found);
            else (before, step) = (half, half);
            (a, fa) = (b, fb);
            b += Math.Abs(step) > least ? step : Math.CopySign(least, half);
            fb = f(b);
        }
        return b;
    }

    /// <summary>A secant step, or an inverse quadratic one where three points differ; null where bisection gets further.</summary>
    private static double? Interpolated(double a, double fa, double b, double fb, double c, double fc, double half, double least, double before)
    {
        var s = fb / fa;
        double p, q;
        if (a == c) (p, q) = (2 * half * s, 1 - s);
        else
        {
            var (u, v) = (fa / fc, fb / fc);
            (p, q) = (s * (2 * half * u * (u - v) - (b - a) * (v - 1)), (u - 1) * (v - 1) * (s - 1));
        }
        if (p > 0) q = -q; else p = -p;
        return 2 * p < Math.Min(3 * half * q - Math.Abs(least * q), Math.Abs(before * q)) ? p / q : null;
    }
}
