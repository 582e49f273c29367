using Ballast.Money;

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

    public sealed override string ToString() => Symbol;
}

/// <summary>An exchange, wallet or broker by the name that the portfolio file uses.</summary>
public readonly record struct VenueId(string Value)
{
    public override string ToString() => Value;
}
