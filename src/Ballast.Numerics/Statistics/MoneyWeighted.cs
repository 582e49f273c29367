namespace Ballast.Numerics.Statistics;

/// <summary>The yearly rate that an investor earned on his own money, whenever it came and went.</summary>
public static class MoneyWeighted
{
    /// <summary>
    /// Root x of Σ CF_i (1 + x)^(−τ_i) = 0 (XIRR, act/365), between −99.9999 % and 1e6, by bisection to the last bit.
    /// Null where the flows have no sign change, so that there is no such rate.
    /// </summary>
    /// <param name="years">τ: years since the first flow.</param>
    /// <param name="flows">Money paid in is negative, money taken out and the end value positive.</param>
    public static double? Rate(ReadOnlySpan<double> years, ReadOnlySpan<double> flows)
    {
        if (years.Length != flows.Length) throw new ArgumentException($"{years.Length} times for {flows.Length} flows");
        double low = -0.999999, high = 1e6;
        var (atLow, atHigh) = (Value(years, flows, low), Value(years, flows, high));
        if (!(atLow * atHigh < 0)) return null;
        while (true)
        {
            var middle = low + (high - low) / 2;
            if (middle <= low || middle >= high) return middle;
            if (Value(years, flows, middle) * atLow > 0) low = middle;
            else high = middle;
        }
    }

    private static double Value(ReadOnlySpan<double> years, ReadOnlySpan<double> flows, double rate)
    {
        var sum = 0.0;
        for (var i = 0; i < flows.Length; i++) sum += flows[i] * Math.Pow(1 + rate, -years[i]);
        return sum;
    }
}
