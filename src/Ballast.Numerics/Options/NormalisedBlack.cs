using Ballast.Numerics.Statistics;

namespace Ballast.Numerics.Options;

/// <summary>Black's formula without units: b(x, s) = e^(x/2) N(x/s + s/2) − e^(−x/2) N(x/s − s/2) of a call out of the money (x = ln F/K ≤ 0, s = σ√T), times √(FK).</summary>
/// <remarks>
/// Jäckel (2015), "Let's Be Rational", for the form. With Y(z) = N(z)/φ(z), h = x/s and t = s/2, b = φ(h) e^(−t²/2) [Y(h+t) − Y(h−t)],
/// where nothing underflows before the end; for small t the difference is summed as a Taylor series, which loses no digits.
/// </remarks>
internal static class NormalisedBlack
{
    private const double LogSqrt2Pi = 0.91893853320467274178;
    private const double Sqrt2Pi = 2.50662827463100050242, SqrtHalfPi = 1.25331413731550025121;

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
            : Difference(h, t) * Math.Exp(LogVega(x, s));
    }

    /// <summary>ln b.</summary>
    public static double LogPrice(double x, double s) => LogVega(x, s) + Math.Log(Difference(x / s, s / 2));

    /// <summary>ln ∂b/∂s = −(h² + t²)/2 − ln √(2π).</summary>
    public static double LogVega(double x, double s) => -0.5 * (x / s * (x / s) + s * s / 4) - LogSqrt2Pi;

    /// <summary>What is missing to the highest value: e^(x/2) − b = e^(x/2) N(−d₁) + e^(−x/2) N(d₂), a sum of positive terms.</summary>
    public static double Missing(double x, double s) =>
        Math.Exp(x / 2) * Normal.Cdf(-(x / s + s / 2)) + Math.Exp(-x / 2) * Normal.Cdf(x / s - s / 2);

    /// <summary>Y(h+t) − Y(h−t) = b / (∂b/∂s).</summary>
    public static double Difference(double h, double t) => t < 0.3 && h > -9 ? Series(h, t) : Mills(h + t) - Mills(h - t);

    /// <summary>2 Σ tⁿ/n! Y⁽ⁿ⁾(h) over odd n, by Y' = 1 + hY and Y⁽ⁿ⁺¹⁾ = nY⁽ⁿ⁻¹⁾ + hY⁽ⁿ⁾.</summary>
    private static double Series(double h, double t)
    {
        var (before, power, sum) = (Mills(h), t, 0.0);
        var now = 1 + h * before;
        for (var n = 1; n <= 23; n += 2)
        {
            sum += power * now;
            before = n * before + h * now;
            now = (n + 1) * now + h * before;
            power *= t * t / ((n + 1) * (n + 2));
        }
        return 2 * sum;
    }

    /// <summary>Y(z) = N(z)/φ(z).</summary>
    private static double Mills(double z) => z < -0.7 ? SqrtHalfPi * Normal.ScaledErfc(-z * Math.Sqrt(0.5)) : Normal.Cdf(z) * Sqrt2Pi * Math.Exp(0.5 * z * z);

    /// <summary>ln(1 + u), by Kahan's correction of the rounding in 1 + u.</summary>
    private static double LogOnePlus(double u)
    {
        var w = 1 + u;
        return w == 1 ? u : Math.Log(w) * (u / (w - 1));
    }
}
