namespace Ballast.Orders;

/// <summary>What a venue says of an instrument besides its best prices; null where it says nothing. Last, mark and index are different things and never stand for each other.</summary>
/// <param name="Last">Price of the last trade, which may be long ago.</param>
/// <param name="Mark">What the venue values positions at.</param>
/// <param name="DayVolume">Traded in the last 24 hours, in the quote asset.</param>
public sealed record MarketFacts(string Symbol, decimal? Last, decimal? Mark, decimal? Index, decimal? DayVolume, Instant VenueTime);
