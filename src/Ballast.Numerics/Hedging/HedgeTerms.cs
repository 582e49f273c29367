namespace Ballast.Numerics.Hedging;

/// <summary>What the width of a hedge's band depends on: the position's gamma, the market, the cost of trading and the dislike of risk.</summary>
/// <param name="Spot">S, above zero.</param>
/// <param name="Gamma">∂²V/∂S² of the whole position, in coins per unit of money; below zero where it is short.</param>
/// <param name="Volatility">σ, a fraction per √year, above zero.</param>
/// <param name="Years">τ to expiry, not negative.</param>
/// <param name="Cost">λ, one way: the fraction of the traded value that a trade costs; not negative.</param>
/// <param name="Aversion">Absolute risk aversion per unit of money: relative risk aversion over equity; above zero.</param>
/// <param name="Rate">r, continuous, a year.</param>
public readonly record struct HedgeTerms(double Spot, double Gamma, double Volatility, double Years, double Cost, double Aversion, double Rate = 0)
{
    internal void Check()
    {
        if (!(Spot > 0 && double.IsFinite(Spot))) throw new ArgumentOutOfRangeException(nameof(Spot), Spot, "a price is above zero");
        if (!double.IsFinite(Gamma)) throw new ArgumentOutOfRangeException(nameof(Gamma), Gamma, "a gamma is finite");
        if (!(Volatility > 0 && double.IsFinite(Volatility))) throw new ArgumentOutOfRangeException(nameof(Volatility), Volatility, "a volatility is above zero");
        if (!(Years >= 0 && double.IsFinite(Years))) throw new ArgumentOutOfRangeException(nameof(Years), Years, "the time to expiry is not negative");
        if (!(Cost >= 0 && double.IsFinite(Cost))) throw new ArgumentOutOfRangeException(nameof(Cost), Cost, "a cost is not negative");
        if (!(Aversion > 0 && double.IsFinite(Aversion))) throw new ArgumentOutOfRangeException(nameof(Aversion), Aversion, "an aversion to risk is above zero");
        if (!double.IsFinite(Rate)) throw new ArgumentOutOfRangeException(nameof(Rate), Rate, "a rate is finite");
    }
}
