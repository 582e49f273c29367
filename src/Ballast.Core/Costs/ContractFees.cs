namespace Ballast.Costs;

/// <summary>What a venue charges for contracts, as fractions; negative is paid to the trader.</summary>
/// <param name="Maker">Of traded value, for an order that waits in the book.</param>
/// <param name="Taker">Of traded value, for one that takes.</param>
/// <param name="Option">Of the underlying, for an option.</param>
/// <param name="OptionCap">The most an option costs, of its own price.</param>
public sealed record ContractFees(decimal Maker, decimal Taker, decimal Option, decimal OptionCap)
{
    /// <summary>The fee of a future, in the unit of the value.</summary>
    public decimal OfFuture(decimal value, bool waits) => Math.Abs(value) * (waits ? Maker : Taker);

    /// <summary>The fee of an option on so many coins: min(rate × underlying, cap × price) × coins.</summary>
    /// <param name="price">In coin for a coin-settled option, whose underlying is then 1; in money with the index otherwise.</param>
    public decimal OfOption(decimal coins, decimal price, decimal underlying) => Math.Abs(coins) * Math.Min(Option * underlying, OptionCap * price);
}
