using Ballast.Numerics.Allocation;

namespace Ballast.Numerics.Hedging;

/// <summary>What proportional costs add to the variance that an option is hedged with, when it is hedged at fixed times.</summary>
/// <remarks>
/// Leland (1985), Journal of Finance 40, with the ONE-WAY cost λ, the fraction of each trade's value: Le = √(8/π) λ/(σ√Δt). Texts that have
/// √(2/π) k/(σ√Δt) mean the round trip k = 2λ: the two differ by exactly 2.
/// </remarks>
public static class Leland
{
    /// <param name="cost">λ, one way.</param>
    /// <param name="volatility">σ per √year, above zero.</param>
    /// <param name="interval">Δt between hedges, in years, above zero.</param>
    public static double Number(double cost, double volatility, double interval)
    {
        if (!(cost >= 0 && double.IsFinite(cost))) throw new ArgumentOutOfRangeException(nameof(cost), cost, "a cost is not negative");
        if (!(volatility > 0 && double.IsFinite(volatility))) throw new ArgumentOutOfRangeException(nameof(volatility), volatility, "a volatility is above zero");
        if (!(interval > 0 && double.IsFinite(interval))) throw new ArgumentOutOfRangeException(nameof(interval), interval, "an interval is above zero");
        return Math.Sqrt(8 / Math.PI) * cost / (volatility * Math.Sqrt(interval));
    }

    /// <summary>σ√(1 + Le) to hedge an option that was sold, σ√(1 − Le) one that was bought; refused as LelandOutOfRange where costs eat the whole variance.</summary>
    public static Answer<double> Volatility(double cost, double volatility, double interval, bool isShort)
    {
        var number = Number(cost, volatility, interval);
        var variance = isShort ? 1 + number : 1 - number;
        return variance > 0
            ? volatility * Math.Sqrt(variance)
            : new Answer<double>.Refused("LelandOutOfRange", $"Leland's number is {number:R}: nothing of the variance is left");
    }
}
