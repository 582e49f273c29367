using Ballast.Numerics.Allocation;
using Ballast.Numerics.Linear;
using Ballast.Numerics.Statistics;

namespace Ballast.Numerics.Optimisation;

/// <summary>Where expected returns come from. The same names, in camelCase, stand in files and options.</summary>
public enum ReturnsEstimator { Arithmetic, Geometric, Ewma, Capm, JamesStein, BayesStein, BlackLitterman }

/// <summary>Where the covariance comes from. The same names, in camelCase, stand in files and options.</summary>
public enum CovarianceEstimator { Sample, Ewma, LedoitWolfConstantCorrelation, LedoitWolfIdentity, LedoitWolfSingleFactor, Oas, Gerber, RmtDenoise, FactorModel }

/// <summary>What an investor expects: that an asset returns so much a year, or so much more than another.</summary>
/// <param name="Over">The asset that it is compared with; null for a view of the asset alone.</param>
/// <param name="Confidence">In [0, 1] (Idzorek 2005): 1 is certainty, 0 drops the view.</param>
public sealed record View(string Asset, string? Over, double ReturnAYear, double Confidence);

/// <summary>How past returns become estimates.</summary>
public sealed record Estimation
{
    public CovarianceEstimator Covariance { get; init; } = CovarianceEstimator.LedoitWolfConstantCorrelation;

    public ReturnsEstimator Returns { get; init; }

    /// <summary>What happens where an asset has no return (NaN) in some period.</summary>
    public GapRule Gaps { get; init; }

    /// <summary>Annual.</summary>
    public double RiskFree { get; init; }

    /// <summary>λ of the exponentially weighted covariance; null for 0.94, and 0.97 where there are fewer than 50 periods a year (RiskMetrics 1996).</summary>
    public double? Decay { get; init; }

    /// <summary>Half-life of exponentially weighted means, in years.</summary>
    public double HalfLifeYears { get; init; } = 0.5;

    /// <summary>Of Black and Litterman's model.</summary>
    public IReadOnlyList<View> Views { get; init; } = [];

    /// <summary>δ of the equilibrium.</summary>
    public double MarketRiskAversion { get; init; } = 2.5;

    /// <summary>τ: how uncertain the equilibrium is, as a part of the covariance.</summary>
    public double Tau { get; init; } = 0.05;

    /// <summary>The market's weights by asset; null for equal ones.</summary>
    public double[]? Market { get; init; }

    /// <summary>Estimates from a table of simple returns.</summary>
    /// <param name="names">n of them.</param>
    /// <param name="table">T by n, oldest first; NaN is a gap.</param>
    /// <param name="periodsAYear">Of the returns.</param>
    /// <param name="needsMean">Whether expected returns are asked for.</param>
    public Answer<Estimates> Of(IReadOnlyList<string> names, Matrix table, double periodsAYear, bool needsMean)
    {
        var complete = Complete(table);
        var note = complete.Rows == table.Rows ? $"{table.Rows} returns"
            : Gaps == GapRule.CommonWindow ? $"{complete.Rows} of {table.Rows} returns, those that all assets have in common" : $"{table.Rows} returns, each pair of assets over what it has in common";
        if (Gaps == GapRule.Pairwise && complete.Rows < table.Rows) return Pairwise(names, table, complete, periodsAYear, needsMean, note);
        return CovarianceOf(complete, periodsAYear).Then(covariance => needsMean
            ? MeanOf(names, complete, covariance, periodsAYear).Then<Estimates>(m => new Estimates(names, m.Covariance, m.Mean, complete, periodsAYear) { Notes = [note, .. m.Notes] })
            : new Estimates(names, covariance, null, complete, periodsAYear) { Notes = [note] });
    }

    private Answer<Estimates> Pairwise(IReadOnlyList<string> names, Matrix table, Matrix complete, double periodsAYear, bool needsMean, string note)
    {
        if (Covariance != CovarianceEstimator.Sample || Returns is not (ReturnsEstimator.Arithmetic or ReturnsEstimator.BlackLitterman))
            return new Answer<Estimates>.Refused("GapsNeedSample", "over pairs of assets only the sample covariance and arithmetic means are known; use the common window");
        return GappyCovariance.Of(table, GapRule.Pairwise).Then<Estimates>(gappy =>
        {
            double[] means = [.. Enumerable.Range(0, table.Columns).Select(i => table.Column(i).Where(double.IsFinite).Average())];
            string[] notes = gappy.WasIndefinite ? [note, "the pairwise covariance was indefinite and has been repaired"] : [note];
            var estimates = new Estimates(names, gappy.Covariance, needsMean ? means : null, complete, periodsAYear) { Notes = notes };
            return needsMean && Returns == ReturnsEstimator.BlackLitterman
                ? Blended(names, gappy.Covariance, periodsAYear).Then<Estimates>(m => estimates with { Mean = m.Mean, Covariance = m.Covariance, Notes = [.. notes, .. m.Notes] })
                : estimates;
        });
    }

    private Answer<Matrix> CovarianceOf(Matrix returns, double periodsAYear)
    {
        if (Fault.OfReturns(returns) is { } fault) return fault.As<Matrix>();
        return Covariance switch
        {
            _ when returns.Columns == 1 || Covariance == CovarianceEstimator.Sample => Statistics.Covariance.Sample(returns),
            CovarianceEstimator.Ewma => Statistics.Covariance.ExponentiallyWeighted(returns, Decay ?? (periodsAYear >= 50 ? 0.94 : 0.97), Ewma.NormalisedZeroMean),
            CovarianceEstimator.LedoitWolfIdentity => LedoitWolf.Identity(returns).Covariance,
            CovarianceEstimator.LedoitWolfSingleFactor => SingleFactorShrinkage.Of(returns).Then<Matrix>(s => s.Covariance),
            CovarianceEstimator.Oas => OracleApproximating.Of(returns).Then<Matrix>(s => s.Covariance),
            CovarianceEstimator.Gerber => Gerber.Of(returns, 0.5, GerberStatistic.Neutral),
            CovarianceEstimator.FactorModel => FactorModel.Of(returns).Then<Matrix>(f => f.Covariances()),
            CovarianceEstimator.RmtDenoise => RandomMatrix.Of(returns, new Denoising()).Then<Matrix>(d => d.Covariance),
            _ => LedoitWolf.ConstantCorrelation(returns).Covariance,
        };
    }

    private Answer<Means> MeanOf(IReadOnlyList<string> names, Matrix returns, Matrix covariance, double periodsAYear)
    {
        if (Returns == ReturnsEstimator.BlackLitterman) return Blended(names, covariance, periodsAYear);
        var mean = Returns switch
        {
            ReturnsEstimator.Geometric => ExpectedReturns.Geometric(returns),
            ReturnsEstimator.Ewma => ExpectedReturns.ExponentiallyWeighted(returns, ExpectedReturns.AlphaOfHalfLife(HalfLifeYears * periodsAYear)),
            ReturnsEstimator.Capm => ExpectedReturns.Capm(returns, returns.Times(MarketOf(returns.Columns)), RiskFree / periodsAYear).Then<double[]>(c => c.Mean),
            ReturnsEstimator.JamesStein => ShrunkMeans.JamesStein(returns).Then<double[]>(s => s.Mean),
            ReturnsEstimator.BayesStein => ShrunkMeans.BayesStein(returns).Then<double[]>(s => s.Mean),
            _ => ExpectedReturns.Arithmetic(returns),
        };
        return mean.Then<Means>(m => new Means(m, covariance, []));
    }

    private Answer<Means> Blended(IReadOnlyList<string> names, Matrix covariance, double periodsAYear)
    {
        if (Views.SelectMany(v => new[] { v.Asset, v.Over }).FirstOrDefault(a => a is not null && !names.Contains(a)) is { } stranger)
            return new Answer<Means>.Refused("UnknownAsset", $"a view names {stranger}, which is not among the assets");
        var portfolios = Algebra.Filled(Views.Count, names.Count, (k, i) => names[i] == Views[k].Asset ? 1 : names[i] == Views[k].Over ? -1 : 0);
        return ViewUncertainty.Idzorek(covariance, Tau, portfolios, [.. Views.Select(v => Excess(v) / periodsAYear)], [.. Views.Select(v => v.Confidence)])
            .Then(views => BlackLitterman.Of(covariance, MarketOf(names.Count), MarketRiskAversion, Tau, views))
            .Then<Means>(b => new Means([.. b.Mean.Select(m => m + RiskFree / periodsAYear)], b.Covariance, [.. b.Warnings, .. Market is null ? (string[])["the equilibrium is that of equal weights"] : []]));
    }

    /// <summary>The model is one of returns above the risk-free rate; of two assets the difference has it no more.</summary>
    private double Excess(View view) => view.Over is null ? view.ReturnAYear - RiskFree : view.ReturnAYear;

    private double[] MarketOf(int assets) => Market ?? ClosedForm.Equal(assets);

    private static Matrix Complete(Matrix table)
    {
        var rows = Enumerable.Range(0, table.Rows).Where(t => !Array.Exists(table.Row(t).ToArray(), double.IsNaN)).ToArray();
        return rows.Length == table.Rows ? table : new Matrix(rows.Length, table.Columns, [.. rows.SelectMany(t => table.Row(t).ToArray())]);
    }

    private sealed record Means(double[] Mean, Matrix Covariance, IReadOnlyList<string> Notes);
}
