namespace Ballast.Numerics.Statistics;

/// <summary>How far, how long and how badly on average a series of returns lay below its own peak.</summary>
public static class Drawdown
{
    /// <summary>W_t / max_{0≤s≤t} W_s − 1 after each return, at most 0; the starting wealth counts as a peak.</summary>
    public static double[] Series(ReadOnlySpan<double> returns)
    {
        var depths = new double[returns.Length];
        // Wealth relative to the peak, which stays at or below one: no series is too long or too steep for it.
        var level = 1.0;
        for (var t = 0; t < returns.Length; t++)
        {
            level = Math.Min(1, level * (1 + returns[t]));
            depths[t] = level - 1;
        }
        return depths;
    }

    /// <summary>The deepest loss from a peak, as a positive number.</summary>
    public static double Max(ReadOnlySpan<double> returns)
    {
        var deepest = 0.0;
        foreach (var depth in Series(returns)) deepest = Math.Max(deepest, -depth);
        return deepest;
    }

    /// <summary>The longest run of periods below a peak; one that has not recovered counts to the end.</summary>
    public static int Duration(ReadOnlySpan<double> returns)
    {
        var (longest, run) = (0, 0);
        foreach (var depth in Series(returns)) longest = Math.Max(longest, run = depth < 0 ? run + 1 : 0);
        return longest;
    }

    /// <summary>Conditional drawdown at risk: mean of the worst 1 − β of the drawdowns, as a positive number (Chekhlov, Uryasev, Zabarankin 2005).</summary>
    public static double ConditionalAtRisk(ReadOnlySpan<double> returns, double beta) =>
        -Quantile.LowerTailMean(Quantile.Sorted(Series(returns)), 1 - beta);
}
