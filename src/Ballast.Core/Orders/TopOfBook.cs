namespace Ballast.Orders;

/// <summary>The best prices of an instrument.</summary>
/// <param name="VenueTime">Of the venue, not of us: a live socket can carry an old price.</param>
public sealed record TopOfBook(string Symbol, decimal Bid, decimal BidSize, decimal Ask, decimal AskSize, Instant VenueTime)
{
    public decimal Middle => (Bid + Ask) / 2;
}
