using Ballast.Numerics.Allocation;
using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Statistics;

/// <summary>What an investor believes beside the market: P μ = Q + noise of covariance Ω.</summary>
/// <param name="Portfolios">P, one view a row, k by n: a relative view sums to zero, an absolute one has a single 1.</param>
/// <param name="Returns">Q, k excess returns per period of the covariance.</param>
/// <param name="Uncertainty">Ω, k by k; zero for a view held with certainty.</param>
public sealed record Views(Matrix Portfolios, double[] Returns, Matrix Uncertainty);

/// <summary>Expected returns and weights of the market's equilibrium blended with views (He and Litterman 1999; Idzorek 2005).</summary>
/// <param name="Equilibrium">π = δ Σ w_mkt.</param>
/// <param name="Mean">μ = π + τΣP'(PτΣP' + Ω)⁻¹(Q − Pπ).</param>
/// <param name="MeanCovariance">M = τΣ − τΣP'(PτΣP' + Ω)⁻¹PτΣ.</param>
/// <param name="Covariance">Σ + M.</param>
/// <param name="Weights">(δ(Σ + M))⁻¹μ, unconstrained; w_mkt/(1 + τ) without views.</param>
/// <param name="AlternativeWeights">(δΣ)⁻¹μ, Idzorek's reference model; w_mkt without views.</param>
/// <param name="Lambda">Λ, the weight put on each view's portfolio: P'Λ = (1 + τ) w − w_mkt.</param>
/// <param name="Warnings">Views that are neither relative nor absolute, as sentences.</param>
public sealed record BlackLitterman(
    double[] Equilibrium, double[] Mean, Matrix MeanCovariance, Matrix Covariance, double[] Weights, double[] AlternativeWeights, double[] Lambda, IReadOnlyList<string> Warnings)
{
    /// <summary>π = δ Σ w: the excess returns that would make the market hold itself.</summary>
    public static double[] ImpliedReturns(Matrix covariance, double[] weights, double riskAversion) =>
        [.. covariance.RequireSymmetric().Times(weights).Select(x => riskAversion * x)];

    /// <summary>δ = (E[r_m] − rf)/σ_m²; <c>NoVariance</c> where the market has none.</summary>
    public static Answer<double> ImpliedRiskAversion(double marketReturn, double riskFree, double marketVariance) =>
        marketVariance > 0 && double.IsFinite((marketReturn - riskFree) / marketVariance)
            ? (marketReturn - riskFree) / marketVariance
            : new Answer<double>.Refused("NoVariance", $"a market variance of {marketVariance} gives no risk aversion");

    /// <summary>The posterior by the gain form, which needs neither Σ⁻¹ nor Ω⁻¹ and so takes singular covariances and certain views.</summary>
    /// <param name="riskAversion">δ &gt; 0.</param>
    /// <param name="tau">τ &gt; 0: how uncertain the equilibrium is, as a part of Σ.</param>
    /// <returns><c>ParameterOutOfRange</c>, <c>EmptyView</c>, <c>DimensionMismatch</c>, <c>SingularViews</c> where certain views repeat or contradict each other, and the faults of a covariance.</returns>
    public static Answer<BlackLitterman> Of(Matrix covariance, double[] market, double riskAversion, double tau, Views views)
    {
        if ((Fault.OfCovariance(covariance) ?? Fault.OfNumbers(market, covariance.Rows, "market weights") ?? OfScalars(riskAversion, tau) ?? OfViews(views, covariance.Rows)) is { } fault)
            return fault.As<BlackLitterman>();
        var equilibrium = ImpliedReturns(covariance, market, riskAversion);
        if (views.Returns.Length == 0) return Joined(covariance, market, tau, views, equilibrium, equilibrium, new(covariance.Rows, covariance.Rows), [], market);
        var p = views.Portfolios;
        var loading = covariance.Times(p.Transposed());
        var viewRisk = p.Times(loading).Symmetrised();
        var doubt = Sum(viewRisk, tau, views.Uncertainty, 1);
        if (doubt.Diagonal().Min() < Fault.Smallest
            || Cholesky.Of(doubt) is not Answer<Cholesky>.Found(var gain)
            || Cholesky.Of(Sum(viewRisk, 1 / (1 + tau), views.Uncertainty, 1 / tau)) is not Answer<Cholesky>.Found(var pull))
            return new Answer<BlackLitterman>.Refused("SingularViews", "views held with certainty are about no risk, or repeat or contradict each other");

        double[] surprise = [.. views.Returns.Zip(p.Times(equilibrium), (q, expected) => q - expected)];
        var answer = gain.Solve(surprise);
        double[] mean = [.. equilibrium.Zip(loading.Times(answer), (a, b) => a + tau * b)];
        var learned = loading.Times(gain.Solve(loading.Transposed()));
        double[] alternative = [.. market.Zip(p.Transposed().Times(answer), (w, x) => w + tau * x / riskAversion)];
        // Λ = (Ω/τ + PΣP'/(1+τ))⁻¹ (Q/δ − PΣw_mkt/(1+τ)): He and Litterman's equation with Ω⁻¹ multiplied out.
        var lambda = pull.Solve([.. views.Returns.Zip(p.Times(equilibrium), (q, expected) => (q - expected / (1 + tau)) / riskAversion)]);
        return Joined(covariance, market, tau, views, equilibrium, mean, learned, lambda, alternative);
    }

    private static BlackLitterman Joined(Matrix covariance, double[] market, double tau, Views views, double[] equilibrium, double[] mean, Matrix learned, double[] lambda, double[] alternative)
    {
        var uncertainty = Sum(covariance, tau, learned, -tau * tau);
        double[] tilt = lambda.Length == 0 ? new double[market.Length] : views.Portfolios.Transposed().Times(lambda);
        double[] weights = [.. market.Zip(tilt, (w, x) => (w + x) / (1 + tau))];
        return new(equilibrium, mean, uncertainty, Sum(covariance, 1, uncertainty, 1), weights, alternative, lambda, OddViews(views));
    }

    private static Matrix Sum(Matrix a, double ofA, Matrix b, double ofB) => Algebra.Filled(a.Rows, a.Columns, (i, j) => ofA * a[i, j] + ofB * b[i, j]).Symmetrised();

    private static Fault? OfScalars(double riskAversion, double tau) =>
        !(riskAversion > 0 && double.IsFinite(riskAversion)) ? new("ParameterOutOfRange", $"a risk aversion of {riskAversion} is not positive")
        : !(tau > 0 && double.IsFinite(tau)) ? new("ParameterOutOfRange", $"a tau of {tau} is not positive")
        : null;

    private static Fault? OfViews(Views views, int assets)
    {
        var (p, k) = (views.Portfolios, views.Returns.Length);
        if (p.Rows != k || k > 0 && p.Columns != assets || views.Uncertainty.Rows != k)
            return new("DimensionMismatch", $"{k} views of {p.Rows} portfolios of {p.Columns} assets with an uncertainty of {views.Uncertainty.Rows}, for {assets} assets");
        for (var row = 0; row < k; row++)
            if (!p.Row(row).ContainsAnyExcept(0.0)) return new("EmptyView", $"view {row} is about no asset");
        return k == 0 ? null : Fault.OfCells(p) ?? Fault.OfNumbers(views.Returns, k, "views") ?? Fault.OfCovariance(views.Uncertainty);
    }

    private static string[] OddViews(Views views) =>
        [.. from row in Enumerable.Range(0, views.Returns.Length)
            let cells = views.Portfolios.Row(row).ToArray()
            where Math.Abs(cells.Sum()) > 1e-9 && !(cells.Count(x => x != 0) == 1 && cells.Contains(1))
            select $"view {row} sums to {cells.Sum():R}: it is neither relative (0) nor absolute (a single 1)"];
}
