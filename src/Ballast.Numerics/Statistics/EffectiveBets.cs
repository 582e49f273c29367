using Ballast.Numerics.Allocation;
using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Statistics;

/// <summary>How many independent bets a portfolio makes: its variance split over uncorrelated factors.</summary>
/// <param name="Shares">p_k, each factor's share of the variance; they sum to one.</param>
/// <param name="Number">exp(−Σ p ln p); null where a share is negative, so that there is no entropy.</param>
/// <remarks>Both refuse with <c>NoRisk</c> where the portfolio's variance is zero, and with the faults of a covariance and of weights.</remarks>
public sealed record EffectiveBets(double[] Shares, double? Number)
{
    /// <summary>Rounding may put a share of zero this far below.</summary>
    private const double ShareSlack = 1e-12;

    /// <summary>Over principal components, largest last: p_k = (e_k'w)² λ_k / σ² (Meucci 2009, Risk 22).</summary>
    public static Answer<EffectiveBets> PrincipalComponents(double[] weights, Matrix covariance)
    {
        if (FaultOf(weights, covariance) is { } fault) return fault.As<EffectiveBets>();
        var eigen = SymmetricEigen.Of(covariance);
        return Split([.. eigen.Directions.Times(weights).Zip(eigen.Values, (along, size) => along * along * Math.Max(0, size))]);
    }

    /// <summary>Over the uncorrelated factors nearest to the assets themselves (Meucci, Santangelo and Deguest 2015): p = ((t')⁻¹w) ∘ (tΣw)/σ².</summary>
    /// <returns>Also <c>NoVariance</c> where an asset never moves and <c>SingularCovariance</c> where assets are dependent: they have no such factors.</returns>
    public static Answer<EffectiveBets> MinimumTorsion(double[] weights, Matrix covariance)
    {
        if ((FaultOf(weights, covariance) ?? Fault.OfStillAssets(covariance)) is { } fault) return fault.As<EffectiveBets>();
        var correlation = Correlations.OfCovariance(covariance);
        if (Cholesky.Of(correlation) is Answer<Cholesky>.Refused) return new Answer<EffectiveBets>.Refused("SingularCovariance", "some assets are combinations of others");
        double[] risks = [.. weights.Zip(covariance.Diagonal(), (w, variance) => w * Math.Sqrt(variance))];
        return Torsion.Of(correlation).Then(torsion => Split(torsion.Contributions(risks)));
    }

    private static Fault? FaultOf(double[] weights, Matrix covariance) =>
        Fault.OfCovariance(covariance) ?? Fault.OfNumbers(weights, covariance.Rows, "weights");

    private static Answer<EffectiveBets> Split(double[] contributions)
    {
        var variance = contributions.Sum();
        if (!(variance > 0)) return new Answer<EffectiveBets>.Refused("NoRisk", "the portfolio has no variance to split");
        double[] shares = [.. contributions.Select(x => x / variance)];
        return new EffectiveBets(shares, shares.Min() < -ShareSlack ? null : PortfolioRisk.EntropyNumber(shares));
    }
}
