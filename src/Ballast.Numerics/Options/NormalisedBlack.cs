using Ballast.Numerics.Statistics;

namespace Ballast.Numerics.Options;

/// <summary>Black's formula without units: b(x, s) = e^(x/2) N(x/s + s/2) − e^(−x/2) N(x/s − s/2) of a call out of the money (x = ln F/K ≤ 0, s = σ√T), times √(FK).</summary>
/// <remarks>
/// Jäckel (2015), "Let's Be Rational", for the form. With Y(z) = N(z)/φ(z), h = x/s and t = s/2, b = φ(h) e^(−t²/2) [Y(h+t) − Y(h−t)],
/// where nothing underflows before the end; where little is left of the difference it is summed as a Taylor series, which loses no digits.
/// </remarks>
internal static class NormalisedBlack
{
    public const double Sqrt2Pi = 2.50662827463100050242;
    public const int LastTerm = 17;
    private const double SqrtHalfPi = 1.25331413731550025121;

    /// <summary>1/n.</summary>
    public static ReadOnlySpan<double> Reciprocals =>
        [0, 1, 1.0 / 2, 1.0 / 3, 1.0 / 4, 1.0 / 5, 1.0 / 6, 1.0 / 7, 1.0 / 8, 1.0 / 9, 1.0 / 10, 1.0 / 11, 1.0 / 12, 1.0 / 13, 1.0 / 14, 1.0 / 15, 1.0 / 16, 1.0 / 17];

    /// <summary>x = ln F/K, with full relative accuracy near the money.</summary>
    public static double LogMoneyness(double forward, double strike)
    {
        var ratio = forward / strike;
        return ratio is > 0.5 and < 2 ? LogOnePlus((forward - strike) / strike) : Math.Log(ratio);
    }

    public static double Price(double x, double s)
    {
        var (h, t) = (x / s, s / 2);
        return h + t > 0 && t >= 0.3
            ? Math.Exp(x / 2) * Normal.Cdf(h + t) - Math.Exp(-x / 2) * Normal.Cdf(h - t)
            : Difference(x, s) * Vega(x, s);
    }

    /// <summary>∂b/∂s = e^(−(h² + t²)/2)/√(2π).</summary>
    private static double Vega(double x, double s) => Math.Exp(-0.5 * (x / s * (x / s) + s * s / 4)) / Sqrt2Pi;

    /// <summary>Y(h+t) − Y(h−t) = b / (∂b/∂s).</summary>
    public static double Difference(double x, double s)
    {
        var (h, t) = (x / s, s / 2);
        return t < 0.3 && x > -1 ? Series(x, h, t) : Mills(h + t) - Mills(h - t);
    }

    /// <summary>Y(−h−t) + Y(h−t) = (e^(x/2) − b) / (∂b/∂s): what is missing to the highest value, over its slope.</summary>
    public static double Missing(double x, double s) => Mills(-x / s - s / 2) + Mills(x / s - s / 2);

    /// <summary>2 Σ aₙ over odd n, aₙ = tⁿ/n! Y⁽ⁿ⁾(h), by a₁ = t(1 + hY) and (n+1) aₙ₊₁ = t² aₙ₋₁ + x/2 aₙ; what follows the last is below a unit in the last place.</summary>
    private static double Series(double x, double h, double t)
    {
        var (square, half, before) = (t * t, 0.5 * x, Mills(h));
        var now = t * (1 + h * before);
        var sum = now;
        for (var n = 1; n < LastTerm; n += 2)
        {
            before = (square * before + half * now) * Reciprocals[n + 1];
            now = (square * now + half * before) * Reciprocals[n + 2];
            sum += now;
        }
        return 2 * sum;
    }

    /// <summary>Y(z) = N(z)/φ(z).</summary>
    private static double Mills(double z) => z switch
    {
        < -0.7 => SqrtHalfPi * Normal.ScaledErfc(-z * Math.Sqrt(0.5)),
        > 0.7 => Sqrt2Pi * Math.Exp(0.5 * z * z) - SqrtHalfPi * Normal.ScaledErfc(z * Math.Sqrt(0.5)),
        _ => Normal.Cdf(z) * Sqrt2Pi * Math.Exp(0.5 * z * z),
    };

    /// <summary>ln(1 + u), by Kahan's correction of the rounding in 1 + u.</summary>
    private static double LogOnePlus(double u)
    {
        var w = 1 + u;
        return w == 1 ? u : Math.Log(w) * (u / (w - 1));
    }
}
