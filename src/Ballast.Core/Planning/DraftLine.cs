using Ballast.Costs;
using Ballast.Holdings;
using Ballast.Instruments;
using Ballast.Money;

namespace Ballast.Planning;

/// <summary>One line while a plan is drafted: what it is worth, what it should be worth, and what may be done with it today.</summary>
internal sealed class DraftLine(Line line, decimal wanted, bool named)
{
    public Line Line { get; } = line;
    public Asset Asset => Line.Asset;
    public decimal Value => Line.Value;
    public decimal Price { get; } = line.Price ?? 0;

    /// <summary>Weight to reach.</summary>
    public decimal Wanted { get; } = wanted;

    /// <summary>Whether the targets name the asset at all.</summary>
    public bool Named { get; } = named;

    /// <summary>Where it may be sold, in the order of use.</summary>
    public List<Route> Sells { get; } = [];

    /// <summary>Where it may be bought.</summary>
    public List<Route> Buys { get; } = [];

    /// <summary>Why it may not be sold, or bought, at all.</summary>
    public Obstacle? NoSell { get; set; }
    public Obstacle? NoBuy { get; set; }

    /// <summary>Quantity that the routes may sell.</summary>
    public decimal Sellable { get; set; }

    /// <summary>Whether it is traded only as what other assets are paid with.</summary>
    public bool Pays { get; set; }

    /// <summary>The least it can be worth after the plan.</summary>
    public decimal Floor => NoSell is null ? Value - Sellable * Price : Value;

    public CostRules SellCosts => Sells.Count > 0 ? Sells[0].Costs : CostRules.None;
    public CostRules BuyCosts => Buys.Count > 0 ? Buys[0].Costs : CostRules.None;

    /// <summary>Value to reach after sizing.</summary>
    public decimal Goal { get; set; }
}

/// <summary>A place where one asset can be traded: account and instrument, with the price in its quote asset and that asset's price in base.</summary>
/// <param name="Free">Quantity that may be sold there like any other.</param>
/// <param name="Last">Further quantity, of conditions that are sold only when nothing else is left.</param>
internal sealed record Route(Account Account, Instrument Instrument, decimal Price, decimal QuoteInBase, CostRules Costs, decimal Free, decimal Last)
{
    /// <summary>Whether cash that comes in there can be spent again.</summary>
    public bool MayBuy => Account.May.HasFlag(Permissions.Buy);
}

/// <summary>Why something is not done: a stable code and a sentence.</summary>
internal sealed record Obstacle(string Code, string Reason);
