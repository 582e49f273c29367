using Ballast.Numerics.Allocation;
using Ballast.Numerics.Attribution;
using Ballast.Numerics.Clustering;
using Ballast.Numerics.Linear;
using Ballast.Numerics.Statistics;

namespace Ballast.Tests.Numerics;

/// <summary>Estimators, Black–Litterman, repairs, trees and attribution against the references that each case names.</summary>
[Trait("Category", "Vectors")]
public class EstimatorVectorTests
{
    private static readonly Dictionary<string, Action<VectorCase>> Checks = new()
    {
        ["cov.oas"] = x => Shrunken(x, OracleApproximating.Of(x.Returns(), x.Text("variant") == "paper" ? OasVariant.Paper : OasVariant.ScikitLearn)),
        ["cov.ledoitWolfSingleFactor"] = x => Shrunken(x, SingleFactorShrinkage.Of(x.Returns())),
        ["cov.gerber"] = x => x.Expect("cov", Gerber.Of(x.Returns(), x.Number("threshold"), (GerberStatistic)(int)x.Number("statistic")).OrThrow()),
        ["cov.rmtDenoise"] = Denoise,
        ["corr.rank"] = Ranks,
        ["mean.all"] = Means,
        ["impliedReturns"] = x => ExpectPublished(x, BlackLitterman.ImpliedReturns(x.Table("cov"), x.Numbers("wMkt"), x.Number("delta"))),
        ["blackLitterman"] = Blended,
        ["nearestCorrelation"] = x => ExpectPublished(x, SemidefiniteRepair.Higham(x.Table("m")).OrThrow().Covariance),
        ["spectralCorrelationRepair"] = x => ExpectPublished(x, SemidefiniteRepair.Spectral(x.Table("m")).OrThrow().Covariance),
        ["hrp"] = Tree,
        ["diversificationMeasures"] = Bets,
        ["xirr"] = MoneyWeightedRate,
        ["twr"] = Linked,
        ["modifiedDietz"] = Dietz,
        ["brinson"] = Effects,
        ["attribution.carino"] = LinkedEffects,
    };

    public static IReadOnlyCollection<string> Functions => Checks.Keys;

    public static TheoryData<string, string> Cases => VectorFiles.Of(Checks.Keys);

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Cases))]
    public void Estimates_agree_with_the_reference(string file, string id)
    {
        var found = VectorFiles.Find(file, id);
        Checks[found.Fn](found);
    }

    private static void Shrunken(VectorCase x, Answer<Shrunk> answer)
    {
        x.Expect("cov", answer.OrThrow().Covariance);
        x.Expect("shrinkage", answer.OrThrow().Shrinkage);
    }

    private static void Denoise(VectorCase x)
    {
        var clean = RandomMatrix.Of(x.Returns(), new Denoising(x.Number("sigma2"))).OrThrow();
        x.Expect("cov", clean.Covariance);
        x.Expect("lambdaPlus", clean.LambdaPlus);
        x.Expect("factorsKept", clean.FactorsKept);
    }

    private static void Ranks(VectorCase x)
    {
        x.Expect("spearman", RankCorrelation.Spearman(x.Returns()).OrThrow().Cells);
        x.Expect("kendall", RankCorrelation.Kendall(x.Returns()).OrThrow().Cells);
    }

    private static void Means(VectorCase x)
    {
        var returns = x.Returns();
        var capm = ExpectedReturns.Capm(returns, x.Series("market"), x.Number("rf")).OrThrow();
        x.Expect("arithmetic", ExpectedReturns.Arithmetic(returns).OrThrow());
        x.Expect("geometric", ExpectedReturns.Geometric(returns).OrThrow());
        x.Expect("ewma", ExpectedReturns.ExponentiallyWeighted(returns, ExpectedReturns.AlphaOfSpan(x.Number("span"))).OrThrow());
        x.Expect("beta", capm.Beta);
        x.Expect("capm", capm.Mean);
        ExpectShrunk(x, "bayesSteinJorion", ShrunkMeans.BayesStein(returns).OrThrow());
        ExpectShrunk(x, "jamesSteinGrandMean", ShrunkMeans.JamesStein(returns).OrThrow());
    }

    private static void ExpectShrunk(VectorCase x, string key, ShrunkMeans means)
    {
        var expected = x.Out.GetProperty(key);
        VectorCase.Same(expected.GetProperty("mu"), means.Mean, $"{x.Id}.{key}.mu", x.Tolerance);
        VectorCase.Same(expected.GetProperty("shrinkage"), means.Shrinkage, $"{x.Id}.{key}.shrinkage", x.Tolerance);
        VectorCase.Same(expected.GetProperty("target"), means.Target, $"{x.Id}.{key}.target", x.Tolerance);
    }

    /// <summary>He and Litterman (1999), tables 4 and 7; printed percentages are compared to a tenth, as the case says.</summary>
    private static void Blended(VectorCase x)
    {
        var (covariance, tau) = (x.Table("cov"), x.Number("tau"));
        var views = new Views(x.Table("P"), x.Numbers("Q"), x.Table("omega"));
        var posterior = BlackLitterman.Of(covariance, x.Numbers("wMkt"), x.Number("delta"), tau, views).OrThrow();
        x.Expect("pi", posterior.Equilibrium);
        x.Expect("posteriorMean", posterior.Mean);
        x.Expect("posteriorMeanCov", posterior.MeanCovariance);
        x.Expect("posteriorCov", posterior.Covariance);
        x.Expect("w", posterior.Weights);
        x.Expect("lambda", posterior.Lambda);
        x.Expect("lambdaOverOnePlusTau", posterior.Lambda.Select(l => l / (1 + tau)).ToArray());
        x.Expect("omegaDiag", views.Uncertainty.Diagonal());
        if (!x.Out.TryGetProperty("published", out var printed)) return;
        VectorCase.Same(printed.GetProperty("mu_pct"), posterior.Mean.Select(m => 100 * m).ToArray(), $"{x.Id}.mu_pct", 0.1);
        VectorCase.Same(printed.GetProperty("w_pct"), posterior.Weights.Select(w => 100 * w).ToArray(), $"{x.Id}.w_pct", 0.1);
        VectorCase.Same(printed.GetProperty("lambdaOverOnePlusTau"), posterior.Lambda.Select(l => l / (1 + tau)).ToArray(), $"{x.Id}.lambda", 0.0005);
    }

    private static void ExpectPublished(VectorCase x, object actual)
    {
        VectorCase.Same(x.Out.GetProperty("published"), actual, $"{x.Id}.published", x.Tolerance);
        VectorCase.Same(x.Out.GetProperty("recomputed"), actual, $"{x.Id}.recomputed", x.Out.GetProperty("tol_recomputed").GetDouble());
    }

    private static void Tree(VectorCase x)
    {
        var (returns, names) = (x.Returns(), x.In.GetProperty("assets").EnumerateArray().Select(a => a.GetString()!).ToArray());
        var input = x.Text("linkageInput") == "rowsAsPoints" ? LinkageInput.RowsAsPoints : LinkageInput.CondensedDistance;
        var covariance = Covariance.Sample(returns);
        var tree = HierarchicalRiskParity.Of(covariance, input, Enum.Parse<LinkageMethod>(x.Text("linkage"), ignoreCase: true)).OrThrow();
        x.Expect("w", tree.Weights);
        x.Expect("vol", PortfolioRisk.Volatility(tree.Weights, covariance));
        x.Expect("ret", Algebra.Dot(tree.Weights, ExpectedReturns.Arithmetic(returns).OrThrow()));
        if (x.Out.TryGetProperty("order", out var order)) Assert.Equal(order.EnumerateArray().Select(a => a.GetString()), tree.Order.Select(i => names[i]));
    }

    private static void Bets(VectorCase x)
    {
        var (w, covariance) = (x.Numbers("w"), Covariance.Sample(x.Returns()));
        var torsion = EffectiveBets.MinimumTorsion(w, covariance).OrThrow();
        x.Expect("enbPca", EffectiveBets.PrincipalComponents(w, covariance).OrThrow().Number);
        x.Expect("enbMinTorsion", torsion.Number);
        x.Expect("minTorsionShares", torsion.Shares);
    }

    /// <summary>One case is the example of Excel's documentation, 37.3362535 %.</summary>
    private static void MoneyWeightedRate(VectorCase x)
    {
        var flows = x.In.GetProperty("flows").EnumerateArray().Select(f => (Day: DateOnly.Parse(f[0].GetString()!), Amount: f[1].GetDouble())).ToArray();
        var rate = MoneyWeighted.Rate([.. flows.Select(f => (f.Day.DayNumber - flows[0].Day.DayNumber) / 365.0)], [.. flows.Select(f => f.Amount)]);
        x.Expect("rate", rate);
        x.Expect("published", rate);
    }

    private static void Linked(VectorCase x)
    {
        double Return(FlowTiming timing) => TimeWeighted.Linked(
            [.. x.In.GetProperty("subperiods").EnumerateArray().Select(p => new Subperiod(p.GetProperty("v0").GetDouble(), p.GetProperty("flow").GetDouble(), p.GetProperty("v1").GetDouble(), timing))]).OrThrow();
        x.Expect("flowsAtStart", Return(FlowTiming.Start));
        x.Expect("flowsAtEnd", Return(FlowTiming.End));
    }

    private static void Dietz(VectorCase x) => x.Expect("return", TimeWeighted.ModifiedDietz(x.Number("v0"), x.Number("v1"), x.Number("days"),
        [.. x.In.GetProperty("flows").EnumerateArray().Select(f => (f[0].GetDouble(), f[1].GetDouble()))]).OrThrow());

    private static void Effects(VectorCase x)
    {
        var effects = Brinson.Of(x.Numbers("wp"), x.Numbers("wb"), x.Numbers("rp"), x.Numbers("rb")).OrThrow();
        x.Expect("portfolio", effects.Portfolio);
        x.Expect("benchmark", effects.Benchmark);
        x.Expect("allocationBF", effects.AllocationBF);
        x.Expect("allocationBHB", effects.AllocationBHB);
        x.Expect("selection", effects.Selection);
        x.Expect("interaction", effects.Interaction);
    }

    private static void LinkedEffects(VectorCase x)
    {
        var linked = Carino.Of(x.Numbers("rp"), x.Numbers("rb")).OrThrow();
        x.Expect("k", linked.K);
        x.Expect("kt", linked.PerPeriod);
        x.Expect("linked", linked.Linked);
        x.Expect("total", linked.Total);
    }
}
