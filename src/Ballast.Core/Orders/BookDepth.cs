using Ballast.Planning;

namespace Ballast.Orders;

/// <summary>What stands in an order book, the best first, as far as it was told: what lies further away is not counted on.</summary>
/// <param name="VenueTime">Of the venue, not of us.</param>
public sealed record BookDepth(string Symbol, ImmutableArray<BookLevel> Bids, ImmutableArray<BookLevel> Asks, Instant VenueTime)
{
    /// <summary>What an order of a side could take within a share of the middle, as a notional of the tradable; null where the book has a side without orders, or is crossed.</summary>
    public decimal? Within(Side side, decimal share, Tradable tradable)
    {
        if (Bids.IsEmpty || Asks.IsEmpty || Asks[0].Price < Bids[0].Price) return null;
        var (middle, sum) = ((Bids[0].Price + Asks[0].Price) / 2, 0m);
        foreach (var level in side == Side.Buy ? Asks : Bids)
            if (Math.Abs(level.Price - middle) <= share * middle) sum += tradable.Notional(level.Size, level.Price);
        return sum;
    }
}

/// <summary>A price at which others want to trade, and how much in the venue's quantity.</summary>
public sealed record BookLevel(decimal Price, decimal Size);
