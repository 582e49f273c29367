namespace Ballast.Numerics.Hedging;

/// <summary>What an order costs that has to cross the spread and push the price.</summary>
public static class MarketImpact
{
    /// <summary>Y σ_d √(|Q|/ADV): how far the average fill is from the price before the order, as a fraction.</summary>
    /// <param name="daily">σ_d: the volatility of a day.</param>
    /// <param name="quantity">Q, in the unit of the volume.</param>
    /// <param name="volume">ADV: what is traded in a day, above zero.</param>
    /// <param name="strength">Y, about 0.5 to 1.5.</param>
    public static double SquareRoot(double daily, double quantity, double volume, double strength = 1)
    {
        if (!(daily >= 0)) throw new ArgumentOutOfRangeException(nameof(daily), daily, "a volatility is not negative");
        if (!(volume > 0)) throw new ArgumentOutOfRangeException(nameof(volume), volume, "a volume is above zero");
        if (!(strength >= 0)) throw new ArgumentOutOfRangeException(nameof(strength), strength, "a strength is not negative");
        return strength * daily * Math.Sqrt(Math.Abs(quantity) / volume);
    }

    /// <summary>Of an order, in money: its value times the fee, half of the spread and the impact, all fractions; so it is never below half of the spread.</summary>
    public static double Cost(double value, double fee, double halfSpread, double impact) => Math.Abs(value) * (fee + halfSpread + impact);
}
