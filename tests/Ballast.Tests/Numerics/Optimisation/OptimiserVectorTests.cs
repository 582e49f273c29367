using System.Text.Json;
using Ballast.Numerics.Allocation;
using Ballast.Numerics.Convex;
using Ballast.Numerics.Linear;
using Ballast.Numerics.Optimisation;
using Ballast.Numerics.Statistics;

namespace Ballast.Tests.Numerics.Optimisation;

[Trait("Category", "Vectors")]
public class OptimiserVectorTests
{
    private static readonly Dictionary<string, Action<VectorCase>> Checks = new()
    {
        ["minVariance"] = x => Weights(x, MeanVariance.MinVariance(Risk(x), Limited(x)).OrThrow()),
        ["maxSharpe"] = MaxSharpe,
        ["maxUtility"] = x => Weights(x, MeanVariance.MaxUtility(Risk(x), Mean(x), x.Number("riskAversion"), Limited(x)).OrThrow(), "utility"),
        ["minVarianceTargetReturn"] = x => Weights(x, MeanVariance.TargetReturn(Risk(x), Mean(x), x.Number("targetReturn"), Limited(x)).OrThrow()),
        ["maxReturnTargetVol"] = x => Weights(x, MeanVariance.TargetVolatility(Risk(x), Mean(x), x.Number("targetVol"), Limited(x)).OrThrow()),
        ["minVarianceL1"] = WithCosts,
        ["trackingErrorL1"] = x => Weights(x, MeanVariance.TrackingErrorWithCosts(Risk(x), x.Numbers("wTarget"), Costs(x), Limited(x)).OrThrow(), "objective"),
        ["riskBudget"] = RiskBudgets,
        ["inverseVolatility"] = x => Weights(x, Closed(ClosedForm.InverseVolatility(Covariances(x)))),
        ["inverseVariance"] = x => Weights(x, Closed(ClosedForm.InverseVariance(Covariances(x)))),
        ["maxDiversification"] = x => Weights(x, MeanVariance.MaxDiversification(Risk(x), Limited(x)).OrThrow(), "diversificationRatio"),
        ["maxDecorrelation"] = x => Weights(x, MeanVariance.MaxDecorrelation(Covariances(x), Limited(x)).OrThrow()),
        ["minCVaR"] = Shortfall,
        ["minCDaR"] = x => Weights(x, ScenarioRisk.MinDrawdownAtRisk(x.Returns(), x.Number("beta"), Limited(x)).OrThrow().Portfolio, "cdar"),
        ["minSemivariance"] = x => Weights(x, ScenarioRisk.MinSemivariance(x.Returns(), x.Number("mar"), Limited(x)).OrThrow(), "semivariance"),
        ["kelly"] = x => Weights(x, Growth.Kelly(x.Returns(), 0, Limited(x)).OrThrow(), "growth"),
        ["efficientFrontier"] = Frontiers,
        ["criticalLine"] = CriticalLines,
    };

    public static IReadOnlyCollection<string> Functions => Checks.Keys;

    public static TheoryData<string, string> Cases => VectorFiles.Of(Checks.Keys);

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Cases))]
    public void Optimisers_agree_with_the_reference(string file, string id)
    {
        var found = VectorFiles.Find(file, id);
        Checks[found.Fn](found);
    }

    private static void MaxSharpe(VectorCase x)
    {
        if (MeanVariance.MaxSharpe(Risk(x), Mean(x), x.Number("rf"), Limited(x)) is not Answer<Portfolio>.Found { Value: var portfolio })
        {
            Indefinite(x);
            return;
        }
        Weights(x, portfolio, "sharpe");
        // The general search finds what the homogenised walk finds.
        var limits = Limited(x) with { Rows = [new("everything", [.. portfolio.Weights.Select(_ => 1.0)], 2)] };
        var searched = MeanVariance.MaxSharpe(Risk(x), Mean(x), x.Number("rf"), limits).OrThrow();
        Assert.Equal(portfolio.Objective, searched.Objective, 1e-12);
        Assert.Equal(portfolio.Objective, CriticalLine.Solve(Covariances(x), Mean(x), Limited(x)).OrThrow().MaxSharpe(x.Number("rf")).OrThrow().Objective, 1e-12);
    }

    /// <summary>A printed covariance that gives some portfolio a negative variance (−1.4 % of the largest eigenvalue): refused, though the walk on its own finds the printed weights.</summary>
    private static void Indefinite(VectorCase x)
    {
        var refused = Assert.IsType<Answer<Portfolio>.Refused>(MeanVariance.MaxSharpe(Risk(x), Mean(x), x.Number("rf"), Limited(x)));
        Assert.Equal(("NotPositiveSemidefinite", "maxsharpe-kwan-yuan"), (refused.Code, x.Id));
        var (y, _) = LongOnlyWalk.Solve(Covariances(x), [.. Mean(x).Select(m => m - x.Number("rf"))])!.Value;
        Weights(x, new([.. y.Select(v => v / y.Sum())], 0));
    }

    private static void WithCosts(VectorCase x)
    {
        var portfolio = MeanVariance.MaxUtility(Risk(x), new double[Covariances(x).Rows], x.Number("riskAversion"), Limited(x), Costs(x)).OrThrow();
        Weights(x, portfolio with { Objective = -portfolio.Objective }, "objective");
    }

    private static void RiskBudgets(VectorCase x)
    {
        var (covariance, budgets) = (Covariances(x), x.Numbers("budgets"));
        foreach (var answer in new[] { RiskBudget.Solve(covariance, budgets), RiskBudget.Newton(covariance, budgets), RiskBudget.CyclicDescent(covariance, budgets) })
        {
            Weights(x, answer.OrThrow());
            Assert.All(PortfolioRisk.Shares(answer.OrThrow().Weights, covariance)!.Zip(budgets), pair => Assert.Equal(pair.Second, pair.First, 1e-12));
        }
    }

    private static void Shortfall(VectorCase x)
    {
        var found = ScenarioRisk.MinShortfall(x.Returns(), x.Number("beta"), Limited(x)).OrThrow();
        Weights(x, found.Portfolio, "cvar");
        x.Expect("var", found.Threshold);
    }

    private static void Frontiers(VectorCase x)
    {
        var points = EfficientFrontier.Solve(Risk(x), Mean(x), Limited(x), (int)x.Number("points")).OrThrow();
        var corners = CriticalLine.Solve(Covariances(x), Mean(x), Limited(x)).OrThrow();
        var expected = x.Out.GetProperty("points").EnumerateArray().ToArray();
        for (var k = 0; k < expected.Length; k++)
        {
            VectorCase.Same(expected[k].GetProperty("w"), points[k].Weights, $"{x.Id}.points[{k}].w", x.Tolerance);
            VectorCase.Same(expected[k].GetProperty("vol"), Math.Sqrt(points[k].Objective), $"{x.Id}.points[{k}].vol", x.Tolerance);
            VectorCase.Same(expected[k].GetProperty("w"), corners.AtReturn(Sum(Mean(x), points[k].Weights)).OrThrow().Weights, $"{x.Id}.points[{k}].w by corners", x.Tolerance);
        }
    }

    private static void CriticalLines(VectorCase x)
    {
        var frontier = CriticalLine.Solve(x.Table("cov"), x.Numbers("mu"), Limited(x)).OrThrow();
        var expected = x.Out.GetProperty("turningPoints").EnumerateArray().ToArray();
        Assert.Equal(expected.Length, frontier.Points.Count);
        for (var k = 0; k < expected.Length; k++)
        {
            VectorCase.Same(expected[k].GetProperty("w"), frontier.Points[k].Weights, $"{x.Id}[{k}].w", x.Tolerance);
            VectorCase.Same(expected[k].GetProperty("lambda"), frontier.Points[k].Lambda, $"{x.Id}[{k}].lambda", x.Tolerance);
        }
        if (!x.Out.TryGetProperty("maxSharpe", out var best)) return;
        var sharpe = frontier.MaxSharpe(best.GetProperty("rf").GetDouble()).OrThrow();
        VectorCase.Same(best.GetProperty("w"), sharpe.Weights, $"{x.Id}.maxSharpe.w", x.Tolerance);
        VectorCase.Same(best.GetProperty("sharpe"), sharpe.Objective, $"{x.Id}.maxSharpe", 1e-12);
        VectorCase.Same(x.Out.GetProperty("minVar").GetProperty("w"), frontier.MinVariance.Weights, $"{x.Id}.minVar.w", x.Tolerance);
    }

    /// <summary>Objective first, to the case's relative tolerance, then weights; published digits to their rounding, recomputed ones to their own tolerance.</summary>
    private static void Weights(VectorCase x, Portfolio portfolio, string? objective = null)
    {
        Assert.InRange(portfolio.Residual, 0, 1e-9);
        if (objective is not null && x.Out.TryGetProperty(objective, out var value)) VectorCase.Same(value, portfolio.Objective, $"{x.Id}.{objective}", 1e-7 * Math.Abs(value.GetDouble()));
        if (x.Out.TryGetProperty("vol", out var vol) && x.In.TryGetProperty("data", out _))
            VectorCase.Same(vol, PortfolioRisk.Volatility(portfolio.Weights, Covariances(x)), $"{x.Id}.vol", Math.Max(x.Tolerance * vol.GetDouble(), 1e-7 * vol.GetDouble()));
        x.Expect("w", portfolio.Weights);
        x.Expect("published", portfolio.Weights);
        if (x.Out.TryGetProperty("recomputed", out var recomputed)) VectorCase.Same(recomputed, portfolio.Weights, $"{x.Id}.recomputed", x.Out.GetProperty("tol_recomputed").GetDouble());
    }

    private static Portfolio Closed(Answer<double[]> answer) => new(answer.OrThrow(), 0);

    private static Matrix Covariances(VectorCase x) => x.In.TryGetProperty("cov", out _) ? x.Table("cov") : Covariance.Sample(x.Returns());

    private static Curvature Risk(VectorCase x) => Curvature.Dense(Covariances(x));

    private static double[] Mean(VectorCase x)
    {
        if (x.In.TryGetProperty("mu", out _)) return x.Numbers("mu");
        var returns = x.Returns();
        return [.. Enumerable.Range(0, returns.Columns).Select(i => returns.Column(i).Average())];
    }

    private static double[] Costs(VectorCase x) => [.. Enumerable.Repeat(x.Number("l1Cost"), x.Numbers("w0").Length)];

    private static double Sum(double[] a, double[] b) => a.Zip(b, (p, q) => p * q).Sum();

    /// <summary>Long-only where nothing is said; a null bound is none.</summary>
    private static Limits Limited(VectorCase x)
    {
        var n = Covariances(x).Rows;
        var limits = Limits.Between(Bound(x, "lower", n, 0, double.NegativeInfinity), Bound(x, "upper", n, 1, double.PositiveInfinity));
        if (x.In.TryGetProperty("lower", out var none) && none.ValueKind == JsonValueKind.Null) limits = Limits.None(n);
        if (x.In.TryGetProperty("w0", out _)) limits = limits with { Current = x.Numbers("w0"), Turnover = x.Number("maxTurnoverTwoSided", double.PositiveInfinity) };
        if (x.In.TryGetProperty("groups", out var groups)) limits = limits with { Rows = [.. groups.EnumerateArray().SelectMany((group, k) => Group(x, group, k, n))] };
        return limits;
    }

    private static double[] Bound(VectorCase x, string key, int n, double otherwise, double open) =>
        !x.In.TryGetProperty(key, out var value) ? [.. Enumerable.Repeat(otherwise, n)]
        : value.ValueKind == JsonValueKind.Array ? x.Numbers(key)
        : [.. Enumerable.Repeat(value.ValueKind == JsonValueKind.Null ? open : value.GetDouble(), n)];

    private static IEnumerable<LinearLimit> Group(VectorCase x, JsonElement group, int k, int n)
    {
        string[] assets = [.. x.In.GetProperty("assets").EnumerateArray().Select(a => a.GetString()!)];
        var members = group.GetProperty("members").EnumerateArray().Select(m => Array.IndexOf(assets, m.GetString()));
        return LinearLimit.Group($"group {k}", n, members, group.GetProperty("min").GetDouble(), group.GetProperty("max").GetDouble());
    }
}
