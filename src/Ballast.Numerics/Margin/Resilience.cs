namespace Ballast.Numerics.Margin;

/// <summary>The smallest shock of price and volatility together that liquidates an account.</summary>
/// <param name="Move">Of the price, a fraction.</param>
/// <param name="Volatility">By what implied volatilities are multiplied.</param>
/// <param name="Distance">In standard deviations of one day, both taken as independent.</param>
public readonly record struct Shock(double Move, double Volatility, double Distance);

/// <summary>How much an account withstands.</summary>
public static class Resilience
{
    private const int Directions = 48;
    private const double Radial = 0.5, Tolerance = 1e-9;

    /// <summary>The days after which a liquidation this far away is three standard deviations of price: (|ln(1 + x)|/(3σ))² × 365.</summary>
    public static double DaysToThreeSigma(double move, double volatility)
    {
        var years = Math.Log(1 + move) / (3 * volatility);
        return years * years * 365;
    }

    /// <summary>The nearest point of the boundary in the plane of ln(price) and ln(volatility), each in its own daily standard deviations.</summary>
    /// <param name="headroom">Equity less maintenance margin after a move of the price and with volatilities multiplied.</param>
    /// <param name="priceSigma">A day's standard deviation of the logarithm of the price.</param>
    /// <param name="volatilitySigma">A day's of the logarithm of implied volatility.</param>
    /// <param name="most">How many standard deviations are looked at.</param>
    /// <returns>Null where nothing within reach liquidates. Rays in 48 directions, then golden sections between the nearest and its neighbours; what is thinner than a ray's step of a half may be missed.</returns>
    public static Shock? Nearest(Func<double, double, double> headroom, double priceSigma, double volatilitySigma, double most = 20)
    {
        if (!(priceSigma > 0)) throw new ArgumentOutOfRangeException(nameof(priceSigma), priceSigma, "a standard deviation is above zero");
        if (!(volatilitySigma > 0)) throw new ArgumentOutOfRangeException(nameof(volatilitySigma), volatilitySigma, "a standard deviation is above zero");
        double At(double angle, double radius) => headroom(Math.Exp(radius * Math.Cos(angle) * priceSigma) - 1, Math.Exp(radius * Math.Sin(angle) * volatilitySigma));
        if (At(0, 0) < 0) return new(0, 1, 0);
        var (best, angle) = (most, 0.0);
        for (var d = 0; d < Directions; d++)
            if (Reach(r => At(Angle(d), r), best) is { } radius && radius < best) (best, angle) = (radius, Angle(d));
        if (best == most) return null;
        (angle, best) = Golden(a => Reach(r => At(a, r), 1.5 * best + Radial) ?? most, angle - Angle(1), angle + Angle(1), angle, best);
        return new(Math.Exp(best * Math.Cos(angle) * priceSigma) - 1, Math.Exp(best * Math.Sin(angle) * volatilitySigma), best);
    }

    private static double Angle(int direction) => 2 * Math.PI * direction / Directions;

    /// <summary>How far out along a ray the account is first liquidated; null where it is not.</summary>
    private static double? Reach(Func<double, double> headroom, double most)
    {
        var (r, last) = (0.0, headroom(0));
        while (r < most)
        {
            var next = Math.Min(r + Radial, most);
            var value = headroom(next);
            if (value < 0) return Brent.Root(headroom, r, last, next, value, Tolerance);
            (r, last) = (next, value);
        }
        return null;
    }

    private static (double At, double Value) Golden(Func<double, double> f, double low, double high, double at, double value)
    {
        var ratio = (Math.Sqrt(5) - 1) / 2;
        var (a, b) = (high - ratio * (high - low), low + ratio * (high - low));
        var (fa, fb) = (f(a), f(b));
        while (high - low > 1e-7)
            if (fa < fb)
            {
                (high, b, fb) = (b, a, fa);
                (a, fa) = (high - ratio * (high - low), f(high - ratio * (high - low)));
            }
            else
            {
                (low, a, fa) = (a, b, fb);
                (b, fb) = (low + ratio * (high - low), f(low + ratio * (high - low)));
            }
        return Math.Min(fa, fb) is var found && found < value ? (fa < fb ? a : b, found) : (at, value);
    }
}
