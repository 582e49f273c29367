using Ballast.Numerics.Allocation;
using Ballast.Numerics.Statistics;

namespace Ballast.Numerics.Convexity;

/// <summary>How much of the benchmark's rises and of its falls a portfolio took part in, by geometric means.</summary>
public readonly record struct MarketCapture(double Up, double Down)
{
    /// <summary>Above 1, it kept more of the rises than of the falls.</summary>
    public double Ratio => Up / Down;

    /// <summary>Periods in which the benchmark did not move are left out.</summary>
    /// <returns><c>InsufficientData</c> with fewer than <paramref name="least"/> rises or falls; <c>NotDefined</c> where a benchmark's own mean is nothing.</returns>
    public static Answer<MarketCapture> Of(ReadOnlySpan<double> returns, ReadOnlySpan<double> benchmark, int least = MarketTiming.LeastPeriods)
    {
        if (MarketTiming.TooFew<MarketCapture>(benchmark, least) is { } refused) return refused;
        var metrics = RelativeMetrics.Of(returns, benchmark, 1);
        return metrics is { UpCapture: { } up, DownCapture: { } down } ? new MarketCapture(up, down)
            : new Answer<MarketCapture>.Refused("NotDefined", string.Join("; ", metrics.Notes.Where(n => n.Key.EndsWith("Capture", StringComparison.Ordinal)).Select(n => n.Value)));
    }
}
