using Ballast.Money;

namespace Ballast.Instruments;

/// <summary>The instruments a plan may use, and where they were learnt: a file, or a dated preset of the venue.</summary>
public sealed record InstrumentSet(string Source, ImmutableArray<Instrument> Instruments)
{
    /// <summary>A set that trades every asset against the base, without lots or minima: paper accounts and back-tests.</summary>
    public static InstrumentSet Paper { get; } = new("paper: no lots, no minima", []);

    /// <summary>The spot pair of an asset against a quote asset on a venue; paper venues have every pair; null where there is none.</summary>
    public Instrument? Spot(Asset asset, Asset quote, VenueId venue) =>
        Instruments.FirstOrDefault(i => i.Base == asset && i.Quote == quote && i.Venue == venue)
        ?? Instruments.FirstOrDefault(i => i.Base == asset && i.Quote == quote && i.Venue.Value.Length == 0)
        ?? (Instruments.IsEmpty ? PaperPair(asset, quote, venue) : null);

    private static Instrument.Spot PaperPair(Asset asset, Asset quote, VenueId venue) =>
        new() { Venue = venue, Symbol = $"{asset}/{quote}", Base = asset, Quote = quote, Rules = TradingRules.None };
}
