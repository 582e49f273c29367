using Ballast.Instruments;
using Ballast.Money;

namespace Ballast.Orders;

/// <summary>What execution and the ledger need to know of an instrument. It is recorded with each plan, so that a journal is read without any venue.</summary>
/// <param name="Symbol">The name by which its venue's adapter knows it, in the notation of the portfolio.</param>
/// <param name="Settlement">What is paid and received; of a spot pair its quote asset.</param>
/// <param name="Multiplier">How much of what <paramref name="AmountIn"/> counts is in one of the venue's quantity.</param>
public sealed record Tradable(
    string Symbol, TradableKind Kind, Asset Base, Asset Quote, Asset Settlement, decimal Lot, decimal Tick, decimal MinQuantity, decimal MinNotional,
    AmountIn AmountIn = AmountIn.Coins, decimal Multiplier = 1m)
{
    public static Tradable Of(Instrument instrument)
    {
        var rules = instrument.Rules;
        var kind = instrument switch
        {
            Instrument.Spot => TradableKind.Spot,
            Instrument.Perpetual => TradableKind.Perpetual,
            Instrument.Future => TradableKind.Future,
            _ => TradableKind.Option,
        };
        return instrument is Instrument.Derivative d
            ? new(d.Symbol, kind, d.Base, d.Quote, d.Settlement, rules.Lot, rules.Tick, rules.MinQuantity, rules.MinNotional, d.AmountIn, d.Multiplier)
            : new(instrument.Symbol, kind, instrument.Base, instrument.Quote, instrument.Quote, rules.Lot, rules.Tick, rules.MinQuantity, rules.MinNotional);
    }

    public bool IsSpot => Kind == TradableKind.Spot;

    /// <summary>The largest accepted quantity not above this one.</summary>
    public decimal WholeLots(decimal quantity) => decimal.Truncate(quantity / Lot) * Lot;

    /// <summary>Whether the venue takes an order of this size at this price.</summary>
    public bool Accepts(decimal quantity, decimal price) =>
        quantity >= Math.Max(Lot, MinQuantity) && (MinNotional == 0 || Notional(quantity, price) >= MinNotional);

    /// <summary>The smallest order that the venue takes at a price.</summary>
    public decimal Smallest(decimal price) => Notional(1, price) is > 0 and var each
        ? decimal.Ceiling(Math.Max(Math.Max(Lot, MinQuantity), MinNotional / each) / Lot) * Lot : Math.Max(Lot, MinQuantity);

    /// <summary>What a quantity is worth: in the quote asset; for an option whose price is in coin, in coin.</summary>
    public decimal Notional(decimal quantity, decimal price) => AmountIn == AmountIn.Money ? quantity * Multiplier : quantity * Multiplier * price;

    /// <summary>The price on a tick that is no better for us (<paramref name="side"/> buys: not above; sells: not below).</summary>
    public decimal OnTick(decimal price, Planning.Side side) => Tick == 0 ? price
        : side == Planning.Side.Buy ? decimal.Floor(price / Tick) * Tick : decimal.Ceiling(price / Tick) * Tick;
}

/// <summary>Of what kind a traded instrument is.</summary>
public enum TradableKind { Spot, Perpetual, Future, Option }
