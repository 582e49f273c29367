using Ballast.Instruments;

namespace Ballast.Costs;

/// <summary>What a venue charges for contracts, as fractions; negative is paid to the trader.</summary>
/// <param name="Maker">Of traded value, for an order that waits in the book.</param>
/// <param name="Taker">Of traded value, for one that takes.</param>
/// <param name="Option">Of the underlying, for an option.</param>
/// <param name="OptionCap">The most an option costs, of its own price.</param>
public sealed record ContractFees(decimal Maker, decimal Taker, decimal Option, decimal OptionCap)
{
    /// <summary>What the venue takes for so much of a contract, in its settlement asset.</summary>
    /// <param name="price">In coin for coin-settled options, in money for all others.</param>
    /// <param name="underlying">The price of what it is on; only options settled in money look at it.</param>
    public decimal Of(Instrument.Derivative contract, decimal quantity, decimal price, decimal underlying, bool waits) => contract switch
    {
        Instrument.Option => OfOption(contract.Coins(quantity, 1), price, contract.Inverse ? 1 : underlying),
        _ when contract.Inverse => OfFuture(contract.Coins(quantity, price), waits),
        _ => OfFuture(contract.Coins(quantity, price) * price, waits),
    };

    /// <summary>The fee of a future, in the unit of the value.</summary>
    public decimal OfFuture(decimal value, bool waits) => Math.Abs(value) * (waits ? Maker : Taker);

    /// <summary>The fee of an option on so many coins: min(rate × underlying, cap × price) × coins.</summary>
    /// <param name="price">In coin for a coin-settled option, whose underlying is then 1; in money with the index otherwise.</param>
    public decimal OfOption(decimal coins, decimal price, decimal underlying) => Math.Abs(coins) * Math.Min(Option * underlying, OptionCap * price);
}
