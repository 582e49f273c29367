namespace Ballast.Numerics.Statistics;

/// <summary>Quantiles and tail averages of a sample, for historical value at risk and expected shortfall.</summary>
public static class Quantile
{
    /// <summary>Linear interpolation of order statistics (Hyndman and Fan's type 7, the default of R and NumPy).</summary>
    public static double Of(ReadOnlySpan<double> sample, double probability) => OfSorted(Sorted(sample), probability);

    /// <summary>The same for a sample that is already in ascending order: h = (T−1)α, x_⌊h⌋ + (h−⌊h⌋)(x_⌊h⌋+1 − x_⌊h⌋).</summary>
    public static double OfSorted(ReadOnlySpan<double> ascending, double probability)
    {
        if (!(probability >= 0 && probability <= 1)) throw new ArgumentOutOfRangeException(nameof(probability), probability, "a probability lies in [0, 1]");
        if (ascending.Length == 0) throw new ArgumentException("no quantile of an empty sample", nameof(ascending));
        var h = (ascending.Length - 1) * probability;
        var below = (int)h;
        if (below + 1 >= ascending.Length) return ascending[^1];
        var (low, high, share) = (ascending[below], ascending[below + 1], h - below);
        // From the nearer end, so that a share of one minus an ulp still gives the upper value itself.
        return share < 0.5 ? low + share * (high - low) : high - (1 - share) * (high - low);
    }

    /// <summary>Mean of the lowest α of the probability mass; the observation on the border counts by its part: [Σ_{i&lt;k} x_(i) + (αT−k) x_(k)]/(αT), k = ⌊αT⌋.</summary>
    public static double LowerTailMean(ReadOnlySpan<double> ascending, double alpha)
    {
        RequireOpenUnit(alpha);
        var mass = alpha * ascending.Length;
        // A tail of nearly one may round up to the whole sample.
        var whole = Math.Min((int)mass, ascending.Length - 1);
        var sum = 0.0;
        for (var i = 0; i < whole; i++) sum += ascending[i];
        return (sum + (mass - whole) * ascending[whole]) / mass;
    }

    /// <summary>Mean of the observations at or below the α quantile.</summary>
    public static double MeanAtOrBelow(ReadOnlySpan<double> ascending, double alpha)
    {
        RequireOpenUnit(alpha);
        var limit = OfSorted(ascending, alpha);
        var (sum, count) = (0.0, 0);
        while (count < ascending.Length && ascending[count] <= limit) sum += ascending[count++];
        return sum / count;
    }

    internal static double[] Sorted(ReadOnlySpan<double> sample)
    {
        var ascending = sample.ToArray();
        Array.Sort(ascending);
        return ascending;
    }

    private static void RequireOpenUnit(double alpha)
    {
        if (!(alpha > 0 && alpha < 1)) throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "a tail lies in (0, 1)");
    }
}
