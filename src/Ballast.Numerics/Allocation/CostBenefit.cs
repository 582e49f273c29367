namespace Ballast.Numerics.Allocation;

/// <summary>From which deviation on a trade in one asset, paid for by the rest pro rata, is worth its cost.</summary>
/// <param name="RelativeVariance">s² = σ_i² + σ_R² − 2ρσ_iσ_R: variance of the asset minus the rest.</param>
/// <param name="BreakEvenDeviation">2κ/(γhs²): beyond it the whole move to the target pays.</param>
/// <param name="MarginalDeviation">κ/(γhs²): the point at which the last unit of a move just pays.</param>
public readonly record struct CostBenefit(double RelativeVariance, double BreakEvenDeviation, double MarginalDeviation)
{
    /// <summary>Both deviations; the structure is that of Masters (2003), JPM 29.</summary>
    /// <param name="volatility">σ_i, a year.</param>
    /// <param name="volatilityOfRest">σ_R, a year.</param>
    /// <param name="correlation">ρ.</param>
    /// <param name="riskAversion">γ.</param>
    /// <param name="cost">κ per unit of deviation: both legs.</param>
    /// <param name="horizonYears">h: how long the correction is expected to last.</param>
    /// <returns><c>NoRelativeVariance</c> where the asset moves exactly with the rest, so that no deviation ever costs anything.</returns>
    public static Answer<CostBenefit> Of(double volatility, double volatilityOfRest, double correlation, double riskAversion, double cost, double horizonYears = 1)
    {
        if (!(volatility >= 0 && volatilityOfRest >= 0)) throw new ArgumentException($"volatilities of {volatility} and {volatilityOfRest} are not both positive");
        if (!(Math.Abs(correlation) <= 1)) throw new ArgumentOutOfRangeException(nameof(correlation), correlation, "a correlation lies in [-1, 1]");
        if (!(riskAversion > 0)) throw new ArgumentOutOfRangeException(nameof(riskAversion), riskAversion, "risk aversion must be positive");
        if (!(cost >= 0 && cost < 1)) throw new ArgumentOutOfRangeException(nameof(cost), cost, "a cost lies in [0, 1)");
        if (!(horizonYears > 0)) throw new ArgumentOutOfRangeException(nameof(horizonYears), horizonYears, "a horizon must be positive");
        var variance = volatility * volatility + volatilityOfRest * volatilityOfRest - 2 * correlation * volatility * volatilityOfRest;
        if (!(variance > 0)) return new Answer<CostBenefit>.Refused("NoRelativeVariance", "the asset moves exactly with the rest of the book");
        var marginal = cost / (riskAversion * horizonYears * variance);
        return new CostBenefit(variance, 2 * marginal, marginal);
    }
}
