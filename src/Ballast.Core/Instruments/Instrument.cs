using Ballast.Money;
using Ballast.Numerics.Options;

namespace Ballast.Instruments;

/// <summary>One tradable thing on one venue, with what the venue accepts and charges. The cases are closed.</summary>
public abstract record Instrument
{
    private Instrument() { }

    public required VenueId Venue { get; init; }
    public required string Symbol { get; init; }
    public required Asset Base { get; init; }
    public required Asset Quote { get; init; }
    public required TradingRules Rules { get; init; }

    /// <summary>What the fee is taken in; null where it is taken in the quote asset.</summary>
    public Asset? FeeAsset { get; init; }

    /// <summary>An asset bought and delivered at once.</summary>
    public sealed record Spot : Instrument;

    /// <summary>A contract on an asset, margined and settled in another or in that asset itself. Its symbol is its name in the notation of <see cref="ContractName"/>.</summary>
    public abstract record Derivative : Instrument
    {
        private protected Derivative() { }

        /// <summary>What gains and losses are paid in.</summary>
        public required Asset Settlement { get; init; }

        /// <summary>What the venue's quantities count.</summary>
        public required AmountIn AmountIn { get; init; }

        /// <summary>How much of that is in one of the venue's quantity: 1 where quantities count it directly.</summary>
        public decimal Multiplier { get; init; } = 1m;

        /// <summary>Whether it is settled in the asset that it is on.</summary>
        public bool Inverse => Settlement == Base;

        /// <summary>Null for what does not expire.</summary>
        public virtual Instant? Expires => null;

        /// <summary>A signed quantity as coins of the underlying, at a price where the venue counts money.</summary>
        public decimal Coins(decimal quantity, decimal price) => AmountIn == AmountIn.Money ? quantity * Multiplier / price : quantity * Multiplier;
    }

    /// <summary>A future that never expires and is held to the index by funding.</summary>
    public sealed record Perpetual : Derivative;

    /// <summary>A future that settles at its expiry.</summary>
    public sealed record Future : Derivative
    {
        public required Instant Expiry { get; init; }

        public override Instant? Expires => Expiry;
    }

    /// <summary>A European option on the future or forward of its own expiry.</summary>
    public sealed record Option : Derivative
    {
        public required Instant Expiry { get; init; }
        public required decimal Strike { get; init; }
        public required OptionKind Right { get; init; }

        public override Instant? Expires => Expiry;
    }

    public sealed override string ToString() => Symbol;
}

/// <summary>What a venue's quantities of a contract count: coins of the underlying, or money of the quote currency.</summary>
public enum AmountIn { Coins, Money }

/// <summary>An exchange, wallet or broker by the name that the portfolio file uses.</summary>
public readonly record struct VenueId(string Value)
{
    public override string ToString() => Value;
}
