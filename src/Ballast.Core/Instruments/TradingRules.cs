namespace Ballast.Instruments;

/// <summary>What a venue accepts as an order: quantities in whole lots, prices on ticks, nothing below the minima (0 = no minimum).</summary>
public sealed record TradingRules(decimal Lot, decimal Tick, decimal MinQuantity, decimal MinNotional)
{
    /// <summary>Rules that never get in the way: quantities to the twelfth decimal, any price, no minimum.</summary>
    public static TradingRules None { get; } = new(0.000000000001m, 0m, 0m, 0m);

    /// <summary>The largest accepted quantity not above this one (towards zero for a negative quantity).</summary>
    public decimal WholeLots(decimal quantity) => decimal.Truncate(quantity / Lot) * Lot;

    /// <summary>Whether the venue takes an order of this size at this price.</summary>
    public bool Accepts(decimal quantity, decimal price) =>
        Math.Abs(quantity) >= Math.Max(Lot, MinQuantity) && Math.Abs(quantity) * price >= MinNotional;
}
