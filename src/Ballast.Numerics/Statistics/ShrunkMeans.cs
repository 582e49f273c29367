using Ballast.Numerics.Allocation;
using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Statistics;

/// <summary>Expected returns drawn towards a common one, since single means are mostly noise.</summary>
/// <param name="Mean">(1 − φ) x̄ + φ target, per period.</param>
/// <param name="Shrinkage">φ in [0, 1].</param>
/// <param name="Target">The common mean.</param>
public sealed record ShrunkMeans(double[] Mean, double Shrinkage, double Target)
{
    /// <summary>To the grand mean m, positive part (James and Stein 1961): φ = min(1, (n−3)·(tr S/(nT))/Σ(x̄_i − m)²).</summary>
    /// <param name="returns">T by n, simple returns, n ≥ 4.</param>
    /// <returns><c>TooFewAssets</c>, <c>TooFewObservations</c> or <c>NotFinite</c>.</returns>
    public static Answer<ShrunkMeans> JamesStein(Matrix returns)
    {
        if (Fault.OfReturns(returns, leastColumns: 4) is { } fault) return fault.As<ShrunkMeans>();
        var (mean, n) = (ExpectedReturns.Columns(returns, x => Moments.MeanOf(x)), returns.Columns);
        var grand = mean.Average();
        var apart = mean.Sum(x => (x - grand) * (x - grand));
        var noise = (n - 3) * Covariance.Sample(returns).Diagonal().Sum() / n / returns.Rows;
        // Where all means agree they are the grand mean, whatever the noise.
        return Towards(mean, grand, apart > 0 ? Math.Min(1, noise / apart) : 1);
    }

    /// <summary>To the mean of the minimum-variance portfolio (Jorion 1986, JFQA 21): φ = (n+2)/[(n+2) + T (x̄−μ_g)'Σ*⁻¹(x̄−μ_g)], Σ* = S (T−1)/(T−n−2).</summary>
    /// <param name="returns">T by n, simple returns, T &gt; n + 2.</param>
    /// <returns><c>NoVariance</c> where one never moves, <c>SingularCovariance</c> where the assets are dependent; <c>TooFewObservations</c>, <c>TooFewAssets</c> or <c>NotFinite</c>.</returns>
    public static Answer<ShrunkMeans> BayesStein(Matrix returns)
    {
        var (n, length) = (returns.Columns, returns.Rows);
        if (Fault.OfReturns(returns, leastRows: n + 3) is { } fault) return fault.As<ShrunkMeans>();
        var scale = (length - 1.0) / (length - n - 2);
        var covariance = Covariance.Sample(returns);
        if (Fault.OfStillAssets(covariance) is { } still) return still.As<ShrunkMeans>();
        if (Cholesky.Of(covariance) is not Answer<Cholesky>.Found(var factor)) return new Answer<ShrunkMeans>.Refused("SingularCovariance", "some assets are combinations of others");
        var mean = ExpectedReturns.Columns(returns, x => Moments.MeanOf(x));
        var leastRisk = factor.Solve([.. Enumerable.Repeat(1.0, n)]);
        var target = Algebra.Dot(leastRisk, mean) / leastRisk.Sum();
        double[] apart = [.. mean.Select(x => x - target)];
        var distance = Algebra.Dot(apart, factor.Solve(apart)) / scale;
        return Towards(mean, target, (n + 2) / (n + 2 + length * distance));
    }

    private static ShrunkMeans Towards(double[] mean, double target, double shrinkage) =>
        new([.. mean.Select(x => (1 - shrinkage) * x + shrinkage * target)], shrinkage, target);
}
