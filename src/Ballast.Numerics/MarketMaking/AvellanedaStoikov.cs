using Ballast.Numerics.Allocation;

namespace Ballast.Numerics.MarketMaking;

/// <summary>Quotes of a maker who must be flat at a known time: around a price that leans against his inventory.</summary>
/// <param name="Reservation">s − qγσ²τ: what the asset is worth to him.</param>
/// <param name="Spread">γσ²τ + (2/γ) ln(1 + γ/k), both sides together.</param>
/// <param name="ConstantSpread">Its second part alone, which the paper's simulations quote.</param>
/// <remarks>Avellaneda and Stoikov (2008), "High-frequency trading in a limit order book", equations 29 and 30; the mid price is an arithmetic Brownian motion.</remarks>
public sealed record AvellanedaStoikov(double Reservation, double Spread, double ConstantSpread)
{
    public double Bid => Reservation - 0.5 * Spread;

    public double Ask => Reservation + 0.5 * Spread;

    /// <param name="inventory">q, units.</param>
    /// <param name="riskAversion">γ, a unit of money.</param>
    /// <param name="left">τ, time to the end.</param>
    /// <returns>The refusals of a market without an answer: <c>NoFillModel</c>, <c>NoVolatility</c>, <c>NoRiskAversion</c>.</returns>
    public static Answer<AvellanedaStoikov> Of(MakerMarket market, double mid, double inventory, double riskAversion, double left)
    {
        if (!(left >= 0)) throw new ArgumentOutOfRangeException(nameof(left), left, "no time before the end");
        if (!double.IsFinite(mid) || !double.IsFinite(inventory)) throw new ArgumentOutOfRangeException(nameof(mid), mid, "mid price and inventory are numbers");
        if (market.Faulty<AvellanedaStoikov>(riskAversion) is { } refused) return refused;
        var (lean, constant) = (riskAversion * market.Volatility * market.Volatility * left, 2 * market.HalfSpread(riskAversion));
        return new AvellanedaStoikov(mid - inventory * lean, lean + constant, constant);
    }
}
