namespace Ballast.Numerics.Statistics;

/// <summary>How resampled blocks are cut from a series that is taken as a circle.</summary>
public enum Blocks
{
    /// <summary>All of one length (Politis and Romano 1992).</summary>
    Circular,

    /// <summary>Of random, geometrically distributed length, so that the resampled series is stationary (Politis and Romano 1994).</summary>
    Stationary,
}

/// <summary>How long the blocks must be to keep the dependence of a series.</summary>
/// <remarks>Politis and White (2004), Econometric Reviews 23, with the correction of Patton, Politis and White (2009), Econometric Reviews 28.</remarks>
public static class BlockLength
{
    /// <summary>b = (2G²/D)^(1/3) T^(1/3), at least 1 and at most ⌈min(3√T, T/3)⌉; whole for circular blocks.</summary>
    public static double Automatic(ReadOnlySpan<double> series, Blocks blocks)
    {
        if (series.Length < 2) throw new ArgumentException($"{series.Length} observations have no dependence to measure", nameof(series));
        var covariances = Autocovariances(series, MaximumLag(series.Length));
        if (covariances[0] == 0) return 1;
        var bandwidth = Bandwidth(covariances, series.Length);
        double g = 0, spectrum = covariances[0];
        for (var k = 1; k < bandwidth; k++)
        {
            var weight = 2 * FlatTop((double)k / bandwidth) * covariances[k];
            g += k * weight;
            spectrum += weight;
        }
        var d = (blocks == Blocks.Circular ? 4.0 / 3 : 2) * spectrum * spectrum;
        var most = Math.Ceiling(Math.Min(3 * Math.Sqrt(series.Length), series.Length / 3.0));
        var length = d == 0 ? most : Math.Clamp(Math.Cbrt(2 * g * g / d * series.Length), 1, most);
        return blocks == Blocks.Circular ? Math.Ceiling(length) : length;
    }

    private static int Window(int length) => Math.Max(5, (int)Math.Ceiling(Math.Log10(length)));

    private static int MaximumLag(int length) => Math.Min(length - 1, (int)Math.Ceiling(Math.Sqrt(length)) + Window(length));

    private static double[] Autocovariances(ReadOnlySpan<double> series, int lags)
    {
        var mean = Moments.MeanOf(series);
        var covariances = new double[lags + 1];
        if (!series.ContainsAnyExcept(series[0])) return covariances;
        for (var k = 0; k <= lags; k++)
        {
            for (var t = k; t < series.Length; t++) covariances[k] += (series[t] - mean) * (series[t - k] - mean);
            covariances[k] /= series.Length;
        }
        return covariances;
    }

    /// <summary>M = 2m, where m is the last lag before a whole window of lags without a significant correlation, |ρ| &lt; 2√(log₁₀T/T).</summary>
    private static int Bandwidth(double[] covariances, int length)
    {
        var limit = 2 * Math.Sqrt(Math.Log10(length) / length) * covariances[0];
        var (last, quiet) = (0, 0);
        for (var k = 1; k < covariances.Length && quiet < Window(length); k++)
            if (Math.Abs(covariances[k]) < limit) quiet++;
            else (last, quiet) = (k, 0);
        return Math.Min(2 * Math.Max(last, 1), covariances.Length - 1);
    }

    /// <summary>The trapezoidal window of Politis and Romano (1995): one up to a half, then straight down to zero at one.</summary>
    private static double FlatTop(double x) => x <= 0.5 ? 1 : 2 * (1 - x);
}
