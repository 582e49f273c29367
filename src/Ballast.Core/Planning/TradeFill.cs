using Ballast.Money;

namespace Ballast.Planning;

/// <summary>What became of an order, or of a part of it: what was exchanged, at which price, for which fee.</summary>
/// <param name="Quantity">Of the instrument's base asset, positive.</param>
/// <param name="Price">In its quote asset.</param>
/// <param name="Fee">In whichever asset the venue took it.</param>
/// <param name="OtherCost">Cost in the quote asset that the price does not carry yet: half spread, slippage and impact of a simulated fill.</param>
public sealed record TradeFill(Instant At, decimal Quantity, decimal Price, Amount Fee, decimal OtherCost = 0)
{
    /// <summary>A trade filled exactly as it was planned.</summary>
    public static TradeFill AsPlanned(PlannedTrade trade, Instant at) => new(at, trade.Quantity, trade.Price, trade.Fee, trade.OtherCost);
}
