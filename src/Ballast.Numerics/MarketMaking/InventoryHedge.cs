using Ballast.Numerics.Allocation;

namespace Ballast.Numerics.MarketMaking;

/// <summary>When a maker hedges his inventory on another venue, and how far.</summary>
/// <param name="Trigger">Units: from here on holding costs more than hedging.</param>
/// <param name="Edge">Units: where a hedge goes back to, never beyond the trigger.</param>
public sealed record InventoryHedge(double Trigger, double Edge)
{
    /// <summary>
    /// The trigger solves γσ²q²t/2 = |q| cost. The edge is the band of proportional costs, (3 cost v / 2γσ²)^⅓ for an inventory whose variance grows by v a unit of time: the band of
    /// Whalley and Wilmott (1997) with (ΓσS)² as that rate.
    /// </summary>
    /// <param name="volatility">σ of the price, money per √time.</param>
    /// <param name="basisVolatility">Of the difference between the venues, money per √time; independent of σ, so that variances add.</param>
    /// <param name="cost">Fee, half the spread and impact of the hedge, money a unit.</param>
    /// <param name="wait">t: how long an inventory lasts before other fills take it away.</param>
    /// <param name="inventoryVariance">v: of fills, units² a unit of time.</param>
    /// <returns><c>NoRiskAversion</c>, <c>NoVolatility</c>.</returns>
    public static Answer<InventoryHedge> Of(double riskAversion, double volatility, double basisVolatility, double cost, double wait, double inventoryVariance)
    {
        if (!(cost >= 0 && wait > 0 && inventoryVariance >= 0 && basisVolatility >= 0)) throw new ArgumentOutOfRangeException(nameof(cost), cost, "cost, variances not below zero, wait above");
        if (!(riskAversion > 0)) return new Answer<InventoryHedge>.Refused("NoRiskAversion", $"the risk aversion is {riskAversion:G6}; it must be above zero");
        var variance = volatility * volatility + basisVolatility * basisVolatility;
        if (!(variance > 0)) return new Answer<InventoryHedge>.Refused("NoVolatility", "a price that does not move needs no hedge");
        var trigger = 2 * cost / (riskAversion * variance * wait);
        return new InventoryHedge(trigger, Math.Min(trigger, Math.Cbrt(1.5 * cost * inventoryVariance / (riskAversion * variance))));
    }

    /// <summary>Units to trade on the other venue now, signed; 0 within the trigger.</summary>
    public double Trade(double inventory) => Math.Abs(inventory) > Trigger ? Math.CopySign(Edge, inventory) - inventory : 0;
}
