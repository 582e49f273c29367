using Ballast.Derivatives;
using Ballast.Numerics.Hedging;

namespace Ballast.Hedging;

/// <summary>What a band of delta is expected to cost, and the risk it leaves; money a day.</summary>
/// <param name="Half">The width of one side, in coins.</param>
/// <param name="Cost">Of trading back to the edge, looked at every hour.</param>
/// <param name="Risk">One standard deviation of what a delta spread evenly over the band gains or loses.</param>
public sealed record BandPrice(double Half, double Cost, double Risk)
{
    private const double LooksADay = 24, DaysAYear = 365;

    /// <param name="lambda">One-way cost as a fraction of what is traded.</param>
    /// <param name="volatility">Of the underlying, a fraction per √year.</param>
    /// <remarks>Costs by <see cref="BandCost.TradedPerLook"/>; a delta spread evenly over ±H has the variance H²/3.</remarks>
    public static BandPrice Of(double half, Exposure exposure, double lambda, double volatility)
    {
        var (spot, deltaMove) = ((double)exposure.Index, Math.Abs(exposure.Greeks.Gamma) * (double)exposure.Index * volatility / Math.Sqrt(DaysAYear * LooksADay));
        return new(half, lambda * spot * LooksADay * BandCost.TradedPerLook(deltaMove, half), spot * volatility / Math.Sqrt(DaysAYear) * half / Math.Sqrt(3));
    }

    /// <summary>The volatility that the book's options are marked on, each counted by its vega; null for a book without options.</summary>
    public static double? VolatilityOf(Exposure exposure)
    {
        var options = exposure.Positions.Where(p => p.Leg.IsOption).Select(p => (Weight: Math.Abs(p.Coins * p.Greeks.Vega), p.Leg.Volatility)).ToArray();
        var sum = options.Sum(o => o.Weight);
        return sum > 0 ? options.Sum(o => o.Weight * o.Volatility) / sum : null;
    }
}
