using Ballast.Money;

namespace Ballast.Instruments;

/// <summary>The instruments a plan may use, and where they were learnt: a file, or a dated preset of the venue.</summary>
public sealed record InstrumentSet(string Source, ImmutableArray<Instrument> Instruments)
{
    /// <summary>A set that trades every asset against the base, without lots or minima: paper accounts and back-tests.</summary>
    public static InstrumentSet Paper { get; } = new("paper: no lots, no minima", []);

    /// <summary>
    /// Least value of an order in a pair that the set does not list though its venue and quote asset are; null where such pairs are not traded.
    /// Their lots are then assumed coarse enough to be right: the power of ten worth between 0.1 and 1 of the quote asset.
    /// </summary>
    public decimal? UnlistedMinNotional { get; init; }

    /// <summary>The spot pair of an asset against a quote asset on a venue; paper venues have every pair; null where there is none.</summary>
    /// <param name="price">What one unit is worth in the quote asset: the size of an assumed lot.</param>
    public Instrument? Spot(Asset asset, Asset quote, VenueId venue, decimal? price = null) =>
        Instruments.FirstOrDefault(i => i is Instrument.Spot && i.Base == asset && i.Quote == quote && i.Venue == venue)
        ?? Instruments.FirstOrDefault(i => i is Instrument.Spot && i.Base == asset && i.Quote == quote && i.Venue.Value.Length == 0)
        ?? (Instruments.IsEmpty ? PaperPair(asset, quote, venue) : price is > 0 ? Assumed(asset, quote, venue, price.Value) : null);

    private static Instrument.Spot PaperPair(Asset asset, Asset quote, VenueId venue) =>
        new() { Venue = venue, Symbol = $"{asset}/{quote}", Base = asset, Quote = quote, Rules = TradingRules.None };

    private Instrument.Spot? Assumed(Asset asset, Asset quote, VenueId venue, decimal price)
    {
        if (UnlistedMinNotional is not { } least || !Instruments.Any(i => i.Quote == quote && i.Venue == venue)) return null;
        var lot = 1m;
        while (lot * price > 1m) lot /= 10;
        while (lot * price < 0.1m) lot *= 10;
        return new() { Venue = venue, Symbol = $"{asset}/{quote}", Base = asset, Quote = quote, Rules = new TradingRules(lot, 0m, lot, least) };
    }
}
