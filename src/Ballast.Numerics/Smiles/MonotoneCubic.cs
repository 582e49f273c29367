namespace Ballast.Numerics.Smiles;

/// <summary>A curve through points that rises and falls only where they do, flat at both ends.</summary>
/// <remarks>Fritsch and Carlson (1980), "Monotone piecewise cubic interpolation". The slope is 0 at either end, because flat volatility goes on from there and a bend would be arbitrage.</remarks>
internal sealed class MonotoneCubic
{
    private readonly double[] x, y, slope;

    /// <param name="x">Rising, two or more.</param>
    public MonotoneCubic(double[] x, double[] y)
    {
        (this.x, this.y, slope) = (x, y, new double[x.Length]);
        for (var i = 1; i < x.Length - 1; i++) slope[i] = Secant(i - 1) * Secant(i) <= 0 ? 0 : (Secant(i - 1) + Secant(i)) / 2;
        for (var i = 0; i < x.Length - 1; i++) Limit(i);
    }

    public double First => x[0];
    public double Last => x[^1];

    /// <summary>Value, slope and curvature between the first and the last point.</summary>
    public VariancePoint At(double at)
    {
        var i = Array.BinarySearch(x, at);
        i = Math.Clamp(i < 0 ? ~i - 1 : i, 0, x.Length - 2);
        var (h, t) = (x[i + 1] - x[i], (at - x[i]) / (x[i + 1] - x[i]));
        var rise = Secant(i);
        var (c, d) = (3 * rise - 2 * slope[i] - slope[i + 1], slope[i] + slope[i + 1] - 2 * rise);
        return new(y[i] + h * t * (slope[i] + t * (c + t * d)), slope[i] + t * (2 * c + 3 * t * d), (2 * c + 6 * t * d) / h);
    }

    private double Secant(int i) => (y[i + 1] - y[i]) / (x[i + 1] - x[i]);

    /// <summary>Draws the slopes at both ends of a piece into the circle of radius 3 times its own.</summary>
    private void Limit(int i)
    {
        var rise = Secant(i);
        if (rise == 0) (slope[i], slope[i + 1]) = (0, 0);
        else if (Math.Sqrt(slope[i] * slope[i] + slope[i + 1] * slope[i + 1]) / Math.Abs(rise) is var far && far > 3)
            (slope[i], slope[i + 1]) = (3 * slope[i] / far, 3 * slope[i + 1] / far);
    }
}
