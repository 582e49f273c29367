namespace Ballast.Numerics.Hedging;

/// <summary>Integrals over the life of an option, whose gamma is singular at its end.</summary>
public static class Life
{
    private const int Points = 48;
    private static readonly (double X, double Weight)[] Times = Legendre(Points);

    /// <summary>∫ f(t) dt over [0, T), for an f that grows no faster than the root of the time left falls.</summary>
    /// <remarks>Gauss and Legendre's rule in x with T − t = Tx⁶, which makes powers 1/6 and 1/2 of the time left smooth.</remarks>
    public static double Integral(double years, Func<double, double> f)
    {
        var sum = 0.0;
        foreach (var (x, weight) in Times) sum += weight * 6 * years * Math.Pow(x, 5) * f(Math.Min(years * (1 - Math.Pow(x, 6)), Math.BitDecrement(years)));
        return sum;
    }

    /// <summary>∫ E[f(S_t, T − t)] dt over [0, T) of a price without drift: what a rate of f a year comes to in a life.</summary>
    /// <param name="f">Of the price and of the years left.</param>
    public static double Expected(double spot, double volatility, double years, Func<double, double, double> f) =>
        Integral(years, t => Mean(spot, volatility * Math.Sqrt(t), s => f(s, years - t)));

    /// <summary>E[f(S e^(sZ − s²/2))], by the trapezoidal rule over six standard deviations either side, which converges fastest for what falls off like a normal density.</summary>
    private static double Mean(double spot, double deviation, Func<double, double> f)
    {
        const int Half = 60;
        var sum = 0.0;
        for (var k = -Half; k <= Half; k++) sum += Statistics.Normal.Pdf(0.1 * k) * f(spot * Math.Exp(deviation * 0.1 * k - deviation * deviation / 2));
        return 0.1 * sum;
    }

    /// <summary>Nodes and weights on (0, 1), by Newton's method on the polynomial's recursion.</summary>
    private static (double X, double Weight)[] Legendre(int n)
    {
        var nodes = new (double, double)[n];
        for (var i = 0; i < n; i++)
        {
            var (x, slope) = (Math.Cos(Math.PI * (i + 0.75) / (n + 0.5)), 0.0);
            for (var step = 0; step < 10; step++)
            {
                var (before, now) = (0.0, 1.0);
                for (var k = 1; k <= n; k++) (before, now) = (now, ((2 * k - 1) * x * now - (k - 1) * before) / k);
                slope = n * (x * now - before) / (x * x - 1);
                x -= now / slope;
            }
            nodes[i] = ((1 + x) / 2, 1 / ((1 - x * x) * slope * slope));
        }
        return nodes;
    }
}
