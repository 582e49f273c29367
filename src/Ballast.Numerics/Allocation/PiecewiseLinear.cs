namespace Ballast.Numerics.Allocation;

/// <summary>Solves f(x) = level for a continuous, non-decreasing, piecewise linear f whose kinks are known: exactly, up to rounding.</summary>
internal static class PiecewiseLinear
{
    /// <summary>
    /// The root, by bisection over the sorted kinks and then along the one linear piece that holds it.
    /// The slopes are those before the first kink and after the last; the root must exist.
    /// </summary>
    public static double Root(Func<double, double> f, double level, double[] kinks, double slopeBefore, double slopeAfter)
    {
        if (kinks.Length == 0) return Along(f, level, 0, slopeAfter);
        Array.Sort(kinks);
        if (f(kinks[0]) >= level) return Along(f, level, kinks[0], slopeBefore);
        if (f(kinks[^1]) <= level) return Along(f, level, kinks[^1], slopeAfter);
        var (low, high) = (0, kinks.Length - 1);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            if (f(kinks[middle]) < level) low = middle; else high = middle;
        }
        var slope = (f(kinks[high]) - f(kinks[low])) / (kinks[high] - kinks[low]);
        return Math.Clamp(Along(f, level, kinks[low], slope), kinks[low], kinks[high]);
    }

    /// <summary>Along one line from a point on it; the second step removes the rounding of the first.</summary>
    private static double Along(Func<double, double> f, double level, double from, double slope)
    {
        var miss = level - f(from);
        if (miss == 0 || slope == 0) return from;
        var near = from + miss / slope;
        return near + (level - f(near)) / slope;
    }
}
