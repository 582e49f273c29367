using Ballast.Numerics.Allocation;

namespace Ballast.Numerics.MarketMaking;

/// <summary>Quotes of a maker with an inventory limit, exact for a time left, or far from the end by formula.</summary>
/// <remarks>
/// Guéant, Lehalle and Fernandez-Tapia (2013), "Dealing with the inventory risk", theorems 1 and 2 and section 5. With a maker who values what is left at the mid price,
/// adverse selection ξ gives v(T) = exp(−kξq²/2): each unit that is carried to the end has moved the price by ξ against the one before.
/// </remarks>
public static class InventoryQuotes
{
    /// <summary>Far from the end and from the limit: c + ξ/2 ± (q − μ/γσ² ± 1/2) z.</summary>
    /// <param name="inventory">q, in fills.</param>
    /// <param name="riskAversion">γ.</param>
    public static Answer<QuoteDistances> FarFromEnd(MakerMarket market, double inventory, double riskAversion)
    {
        if (market.Faulty<QuoteDistances>(riskAversion) is { } refused) return refused;
        var (gamma, k, xi) = (riskAversion, market.Decay, market.AdverseSelection);
        var (half, z) = (market.HalfSpread(gamma) + 0.5 * xi, Slope(market, gamma));
        var lean = inventory - market.Drift / (gamma * market.Volatility * market.Volatility);
        return new QuoteDistances(half + (lean + 0.5) * z, half - (lean - 0.5) * z);
    }

    /// <summary>z = σ √(γ/2kA (1 + γ/k)^(1+k/γ)) e^(kξ/4): how far one more unit of inventory moves both quotes.</summary>
    public static double Slope(MakerMarket market, double riskAversion)
    {
        var (k, ratio) = (market.Decay, riskAversion / market.Decay);
        var power = Math.Exp((1 + 1 / ratio) * MakerMarket.LogOnePlus(ratio));
        return market.Volatility * Math.Sqrt(riskAversion / (2 * k * market.Arrivals) * power) * Math.Exp(0.25 * k * market.AdverseSelection);
    }

    /// <summary>Exact: the quotes for each inventory from −limit to limit; none on the side that would go beyond it.</summary>
    /// <param name="limit">Q, fills.</param>
    /// <param name="left">Time to the end.</param>
    public static Answer<QuoteDistances[]> Exact(MakerMarket market, int limit, double riskAversion, double left)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        if (!(left >= 0)) throw new ArgumentOutOfRangeException(nameof(left), left, "no time before the end");
        if (market.Faulty<QuoteDistances[]>(riskAversion) is { } refused) return refused;
        var half = market.HalfSpread(riskAversion) + 0.5 * market.AdverseSelection;
        var log = new InventoryValue(market, riskAversion, limit).LogValues(left);
        double? Between(int here, int there) => there < 0 || there >= log.Length ? null : half + (log[here] - log[there]) / market.Decay;
        return Enumerable.Range(0, log.Length).Select(i => new QuoteDistances(Between(i, i + 1), Between(i, i - 1))).ToArray();
    }

    /// <summary>The exact quotes at one inventory.</summary>
    /// <returns><c>InventoryBeyondLimit</c> where |q| is more than the limit.</returns>
    public static Answer<QuoteDistances> Exact(MakerMarket market, int inventory, int limit, double riskAversion, double left) => Math.Abs((long)inventory) > limit
        ? new Answer<QuoteDistances>.Refused("InventoryBeyondLimit", $"the inventory of {inventory} is beyond the limit of {limit}")
        : Exact(market, limit, riskAversion, left).Then<QuoteDistances>(all => all[inventory + limit]);
}
