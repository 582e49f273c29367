using System.Globalization;
using Ballast.Numerics.Statistics;

namespace Ballast.Tests.Numerics.Statistics;

[Trait("Category", "Vectors")]
public class StatisticsVectorTests
{
    private static readonly Dictionary<string, Action<VectorCase>> Checks = new()
    {
        ["metrics.series"] = Series,
        ["metrics.relative"] = Relative,
        ["rebalancingPremium"] = Premium,
        ["test.sharpeDifferenceHac"] = SharpeDifferences,
        ["test.whiteRealityCheck"] = RealityChecks,
        ["cov.sample"] = x => x.Expect("cov", Covariance.Sample(x.Returns(), (int)x.Number("ddof", 1))),
        ["cov.ewma"] = ExponentiallyWeighted,
        ["cov.ledoitWolfIdentity"] = x => Shrunken(x, LedoitWolf.Identity(x.Returns())),
        ["cov.ledoitWolfConstantCorrelation"] = x => Shrunken(x, LedoitWolf.ConstantCorrelation(x.Returns())),
        ["riskTrigger"] = RiskTrigger,
        ["diversificationMeasures"] = Diversification,
        ["psr"] = ProbabilisticSharpe,
        ["dsr"] = DeflatedSharpe,
    };

    public static IReadOnlyCollection<string> Functions => Checks.Keys;

    public static TheoryData<string, string> Cases => VectorFiles.Of(Checks.Keys);

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Cases))]
    public void Statistics_agree_with_the_reference(string file, string id)
    {
        var found = VectorFiles.Find(file, id);
        Checks[found.Fn](found);
    }

    private static void Series(VectorCase x)
    {
        var metrics = SeriesMetrics.Of(x.Series("column"), x.Number("ann"), x.Number("rf", 0), x.Number("mar", 0));
        ExpectAll(x, metrics, metrics.Notes);
        if (!x.Out.TryGetProperty("esModified95", out _)) Assert.Null(metrics.EsModified95);
    }

    private static void Relative(VectorCase x)
    {
        var metrics = RelativeMetrics.Of(x.Series("column"), x.Series("benchmark"), x.Number("ann"), x.Number("rf", 0));
        ExpectAll(x, metrics, metrics.Notes);
    }

    /// <summary>Every key of the case must be a property; every null must have its reason.</summary>
    private static void ExpectAll<T>(VectorCase x, T metrics, IReadOnlyDictionary<string, string> notes)
    {
        foreach (var expected in x.Out.EnumerateObject())
        {
            var property = typeof(T).GetProperty(char.ToUpperInvariant(expected.Name[0]) + expected.Name[1..]);
            Assert.True(property is not null, $"no metric {expected.Name}");
            VectorCase.Same(expected.Value, property.GetValue(metrics), $"{x.Id}.{expected.Name}", x.Tolerance);
        }
        foreach (var property in typeof(T).GetProperties())
            Assert.True(property.GetValue(metrics) is not null || notes.ContainsKey(property.Name), $"{property.Name} is null without a reason");
    }

    private static void Premium(VectorCase x)
    {
        var premium = RebalancingPremium.Of(x.Returns(), x.Numbers("w"));
        x.Expect("diversificationReturnApprox", premium.DiversificationReturnApprox);
        x.Expect("growthRebalanced", premium.GrowthRebalanced);
        x.Expect("growthWeightedAssets", premium.GrowthWeightedAssets);
        x.Expect("excessGrowthExact", premium.ExcessGrowthExact);
        x.Expect("growthBuyHold", premium.GrowthBuyHold);
        x.Expect("premiumVsBuyHold", premium.PremiumVsBuyHold);
    }

    private static void SharpeDifferences(VectorCase x)
    {
        var (a, b) = (x.Series("a"), x.Series("b"));
        var robust = SharpeDifference.Of(a, b, (int)x.Number("lag"));
        x.Expect("diff", robust.Difference);
        x.Expect("se", robust.StandardError);
        x.Expect("pTwoSided", robust.PValue);
        if (!x.Out.TryGetProperty("iid", out var independent)) return;
        var plain = SharpeDifference.Of(a, b, lag: 0);
        VectorCase.Same(independent.GetProperty("se"), plain.StandardError, $"{x.Id}.iid.se", x.Tolerance);
        VectorCase.Same(independent.GetProperty("p"), plain.PValue, $"{x.Id}.iid.p", x.Tolerance);
    }

    private static void RealityChecks(VectorCase x)
    {
        var rows = VectorTable.Read(x.Text("bootstrapRowIndices").Split(' ')[0]).All;
        int[][] resamples = [.. Enumerable.Range(0, rows.Rows).Select(b => rows.Row(b).ToArray().Select(t => (int)t).ToArray())];
        var check = RealityCheck.Of(VectorTable.Read(x.Text("diffs")).All, resamples);
        x.Expect("V", check.V);
        x.Expect("pWhite", check.PWhite);
        x.Expect("tSpa", check.TSpa);
        x.Expect("pSpaConsistent", check.PSpaConsistent);
        x.Expect("pSpaLower", check.PSpaLower);
        x.Expect("pSpaUpper", check.PSpaUpper);
    }

    private static void ExponentiallyWeighted(VectorCase x)
    {
        var (returns, lambda) = (x.Returns(), x.Number("lambda"));
        x.Expect("normalisedZeroMean", Covariance.ExponentiallyWeighted(returns, lambda, Ewma.NormalisedZeroMean));
        x.Expect("normalisedDemeaned", Covariance.ExponentiallyWeighted(returns, lambda, Ewma.NormalisedDemeaned));
        x.Expect("recursiveInitFirstOuter", Covariance.ExponentiallyWeighted(returns, lambda, Ewma.Recursive));
    }

    private static void Shrunken(VectorCase x, Shrunk shrunk)
    {
        x.Expect("cov", shrunk.Covariance);
        x.Expect("shrinkage", shrunk.Shrinkage);
        x.Expect("rbar", shrunk.MeanCorrelation);
    }

    private static void RiskTrigger(VectorCase x)
    {
        var (w, t, covariance) = (x.Numbers("w"), x.Numbers("target"), x.Table("cov"));
        x.Expect("portfolioVol", PortfolioRisk.Volatility(w, covariance));
        x.Expect("targetVol", PortfolioRisk.Volatility(t, covariance));
        x.Expect("trackingError", PortfolioRisk.TrackingError(w, t, covariance));
        x.Expect("riskShare", PortfolioRisk.Shares(w, covariance));
        x.Expect("riskShareTarget", PortfolioRisk.Shares(t, covariance));
        x.Expect("maxRiskShareDrift", PortfolioRisk.MaxShareDrift(w, t, covariance));
        x.Expect("hhi", PortfolioRisk.Hhi(w));
        x.Expect("hhiRisk", PortfolioRisk.HhiOfShares(w, covariance));
        foreach (var key in x.Out.EnumerateObject().Where(p => p.Name.StartsWith("quadraticGain_gamma", StringComparison.Ordinal)))
            x.Expect(key.Name, PortfolioRisk.QuadraticGain(w, t, covariance, double.Parse(key.Name["quadraticGain_gamma".Length..], CultureInfo.InvariantCulture)));
    }

    /// <summary>Effective numbers of bets belong to another part; the rest of the case is measured here.</summary>
    private static void Diversification(VectorCase x)
    {
        var (w, covariance) = (x.Numbers("w"), Covariance.Sample(x.Returns()));
        var marginal = PortfolioRisk.Marginal(w, covariance)!;
        x.Expect("hhi", PortfolioRisk.Hhi(w));
        x.Expect("effectiveN", PortfolioRisk.EffectiveNumber(w));
        x.Expect("entropyN", PortfolioRisk.EntropyNumber(w));
        x.Expect("diversificationRatio", PortfolioRisk.DiversificationRatio(w, covariance));
        x.Expect("marginalRisk", marginal);
        x.Expect("riskContribution", marginal.Zip(w, (a, b) => a * b).ToArray());
        x.Expect("riskShare", PortfolioRisk.Shares(w, covariance));
        x.Expect("hhiRisk", PortfolioRisk.HhiOfShares(w, covariance));
    }

    private static void ProbabilisticSharpe(VectorCase x)
    {
        var (sharpe, benchmark, n, skew, kurtosis) = (x.Number("sr"), x.Number("benchmark"), (int)x.Number("n"), x.Number("skew"), x.Number("kurt"));
        var observations = SharpeInference.MinimumTrackRecord(sharpe, benchmark, skew, kurtosis);
        ExpectPublished(x, new()
        {
            ["psr"] = SharpeInference.Probabilistic(sharpe, benchmark, n, skew, kurtosis),
            ["srStdDev"] = SharpeInference.StandardError(sharpe, n, skew, kurtosis),
            ["minTrlObs95"] = observations,
            // The printed examples are monthly.
            ["minTrlYears95"] = observations / 12,
        });
    }

    private static void DeflatedSharpe(VectorCase x)
    {
        var year = x.Number("periodsPerYear");
        var (sharpe, variance, trials) = (x.Number("srAnnual") / Math.Sqrt(year), x.Number("varSrAnnual") / year, x.Number("trials"));
        ExpectPublished(x, new()
        {
            ["sr0"] = SharpeInference.ExpectedMaximum(variance, trials),
            ["dsr"] = SharpeInference.Deflated(sharpe, (int)x.Number("n"), x.Number("skew"), x.Number("kurt"), variance, trials),
        });
    }

    /// <summary>Printed digits to their rounding, recomputed ones to their own tolerance.</summary>
    private static void ExpectPublished(VectorCase x, Dictionary<string, double> actual)
    {
        foreach (var printed in x.Out.GetProperty("published").EnumerateObject())
            VectorCase.Same(printed.Value, actual[printed.Name], $"{x.Id}.published.{printed.Name}", x.Tolerance);
        foreach (var value in x.Out.GetProperty("recomputed").EnumerateObject())
            VectorCase.Same(value.Value, actual[value.Name], $"{x.Id}.recomputed.{value.Name}", x.Out.GetProperty("tol_recomputed").GetDouble());
    }
}
