using Ballast.Money;
using Ballast.Orders;

namespace Ballast.Gates;

/// <summary>What the gate sees besides the order. Every sum counts live orders, those of unknown fate too, as filled where that is worse.</summary>
public sealed record GateSight
{
    /// <summary>Venue time.</summary>
    public required Instant Now { get; init; }

    public required GateLimits Limits { get; init; }

    /// <summary>Why nothing may be sent; null where it may.</summary>
    public string? Killed { get; init; }

    /// <summary>What the portfolio was worth when the plan was made, in its base asset.</summary>
    public required decimal Value { get; init; }

    /// <summary>What one unit of the order's price is worth in base, for one unit of its quantity.</summary>
    public required decimal QuoteInBase { get; init; }

    /// <summary>Best prices; null where there are none that can be used.</summary>
    public TopOfBook? Top { get; init; }

    /// <summary>Why the market may not be traded for its price; null where it may.</summary>
    public PriceStop? PriceStop { get; init; }

    /// <summary>How much of the market there is to trade with.</summary>
    public MarketSize Market { get; init; } = new(HasBook: true);

    /// <summary>What the account holds of the order's base asset (of a contract: its position), live buys counted as filled; in the order's quantity.</summary>
    public required decimal HeldAtMost { get; init; }

    /// <summary>The same with live sales counted as filled.</summary>
    public required decimal HeldAtLeast { get; init; }

    /// <summary>What is free of the asset that the order spends.</summary>
    public required decimal Free { get; init; }

    /// <summary>Initial margin in use, of equity, by the venue's own word; null where it has none.</summary>
    public decimal? MarginUse { get; init; }

    /// <summary>Filled in the last hour and day, and what live orders may still fill, in base.</summary>
    public decimal TradedHour { get; init; }

    public decimal TradedDay { get; init; }

    public int SentLastSecond { get; init; }

    public int SentLastHour { get; init; }

    public int OpenOrders { get; init; }

    /// <summary>Earlier plans of the last hour that traded the same asset in the same direction.</summary>
    public int Repeats { get; init; }

    /// <summary>What the plan's fills have cost beyond its prices so far, in base.</summary>
    public decimal Shortfall { get; init; }

    /// <summary>The plan's fees so far, in base.</summary>
    public decimal Fees { get; init; }

    /// <summary>All that the plan trades, in base.</summary>
    public decimal PlanTraded { get; init; }

    /// <summary>Whether an order of ours on the other side rests in the same market.</summary>
    public bool OwnOpposite { get; init; }

    /// <summary>How far the legs of the order's group would be apart after it, in base; null where it has no group.</summary>
    public decimal? LegsApart { get; init; }

    /// <summary>Whether the venue is one of the policy's accounts that may trade this way.</summary>
    public bool AccountMay { get; init; } = true;
}

/// <summary>How much of a market there is, in the base of the plan, on the side that an order takes; null where that is not known.</summary>
/// <param name="HasBook">Whether its venue has a book at all; a venue that fills any size at its price has none.</param>
/// <param name="Depth">What stands within 50 bps of the middle.</param>
/// <param name="AtBest">What stands at the best price.</param>
/// <param name="DayVolume">Traded in a day.</param>
public sealed record MarketSize(bool HasBook, decimal? Depth = null, decimal? AtBest = null, decimal? DayVolume = null);
