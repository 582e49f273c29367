namespace Ballast.Numerics.Futures;

/// <summary>What funding will probably cost over a holding period, and how sure that is, from the rates paid up to now.</summary>
/// <param name="Rate">The forecast for one interval: the weighted mean of the past, drawn towards the interest rate.</param>
/// <param name="Deviation">Standard deviation of one interval's rate about that mean.</param>
/// <param name="Persistence">Correlation of one rate with the next, 0 to 0.99.</param>
public readonly record struct ExpectedFunding(double Rate, double Deviation, double Persistence, double IntervalHours)
{
    /// <summary>Weighs the past by half for every <paramref name="halfLifeHours"/> that it is older.</summary>
    /// <param name="rates">One an interval, the latest last; two or more.</param>
    /// <param name="interest">What rates are drawn towards, a fraction an interval.</param>
    /// <param name="share">How far, 0 (not at all) to 1 (the past does not count).</param>
    public static ExpectedFunding Of(ReadOnlySpan<double> rates, double intervalHours, double halfLifeHours, double interest, double share)
    {
        if (rates.Length < 2) throw new ArgumentException($"{rates.Length} rates are no history");
        if (!(share is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(share), share, "a share lies in [0, 1]");
        var decay = Math.Pow(0.5, intervalHours / halfLifeHours);
        var (mean, variance, together) = Weighted(rates, decay);
        var persistence = variance > 0 ? Math.Clamp(together / variance, 0, 0.99) : 0;
        return new((1 - share) * mean + share * interest, Math.Sqrt(variance), persistence, intervalHours);
    }

    /// <summary>What a long position of this size pays over so many hours, in the unit of the size.</summary>
    public double Cost(double size, double hours) => size * Rate * hours / IntervalHours;

    /// <summary>The standard deviation of that.</summary>
    /// <remarks>The variance of a sum of n rates, each correlated with the next by ρ: σ²(n + 2Σ(n − j)ρʲ).</remarks>
    public double CostDeviation(double size, double hours)
    {
        var n = hours / IntervalHours;
        var (sum, power) = (n, Persistence);
        for (var j = 1; j < n && power > 1e-12; j++, power *= Persistence) sum += 2 * (n - j) * power;
        return Math.Abs(size) * Deviation * Math.Sqrt(sum);
    }

    private static (double Mean, double Variance, double Together) Weighted(ReadOnlySpan<double> rates, double decay)
    {
        var (weight, sum, mean) = (1.0, 0.0, 0.0);
        for (var i = rates.Length - 1; i >= 0; i--, weight *= decay) (sum, mean) = (sum + weight, mean + weight * rates[i]);
        mean /= sum;
        var (variance, together) = (0.0, 0.0);
        weight = 1;
        for (var i = rates.Length - 1; i >= 0; i--, weight *= decay)
        {
            variance += weight * (rates[i] - mean) * (rates[i] - mean);
            if (i > 0) together += weight * (rates[i] - mean) * (rates[i - 1] - mean);
        }
        return (mean, variance / sum, together / sum);
    }
}
