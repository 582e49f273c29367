using Ballast.Numerics.Allocation;
using Ballast.Numerics.Clustering;
using Ballast.Numerics.Convex;
using Ballast.Numerics.Linear;
using Ballast.Numerics.Online;
using Ballast.Numerics.Optimisation;
using Ballast.Numerics.Random;
using Ballast.Numerics.Statistics;

namespace Ballast.Tests.Numerics.Optimisation;

public class ChooserTests
{
    private static readonly string[] Names = ["BTC", "ETH", "SOL", "ADA", "XRP"];

    private static Matrix Table(ulong seed = 7, int rows = 300)
    {
        var chance = new Xoshiro256(seed);
        var table = new Matrix(rows, Names.Length);
        for (var t = 0; t < rows; t++)
        {
            var common = chance.NextNormal();
            for (var i = 0; i < Names.Length; i++) table[t, i] = 0.0005 * (i + 1) + 0.01 * (1 + 0.3 * i) * (0.6 * common + 0.8 * chance.NextNormal());
        }
        return table;
    }

    private static Estimates Known(bool mean = true) => new Estimation().Of(Names, Table(), 365, mean).OrThrow();

    [Fact]
    public void Each_method_is_the_method_that_it_is_called()
    {
        var (known, any) = (Known(), Limits.LongOnlyOf(Names.Length));
        var (risk, returns) = (Curvature.Dense(known.Covariance), known.Returns!);
        var expected = new Dictionary<Method, double[]>
        {
            [Method.EqualWeight] = ClosedForm.Equal(5),
            [Method.InverseVolatility] = ClosedForm.InverseVolatility(known.Covariance).OrThrow(),
            [Method.InverseVariance] = ClosedForm.InverseVariance(known.Covariance).OrThrow(),
            [Method.MinVariance] = MeanVariance.MinVariance(risk, any).OrThrow().Weights,
            [Method.MaxSharpe] = MeanVariance.MaxSharpe(risk, known.Mean!, 0, any).OrThrow().Weights,
            [Method.MaxUtility] = MeanVariance.MaxUtility(risk, known.Mean!, 5, any).OrThrow().Weights,
            [Method.MaxDiversification] = MeanVariance.MaxDiversification(risk, any).OrThrow().Weights,
            [Method.MaxDecorrelation] = MeanVariance.MaxDecorrelation(known.Covariance, any).OrThrow().Weights,
            [Method.RiskBudget] = RiskBudget.Equal(known.Covariance).OrThrow().Weights,
            [Method.Hrp] = HierarchicalRiskParity.Of(known.Covariance).OrThrow().Weights,
            [Method.Herc] = HierarchicalEqualRisk.Of(known.Covariance, 2).OrThrow().Weights,
            [Method.MinCVaR] = ScenarioRisk.MinShortfall(returns, 0.95, any).OrThrow().Portfolio.Weights,
            [Method.MinCDaR] = ScenarioRisk.MinDrawdownAtRisk(returns, 0.95, any).OrThrow().Portfolio.Weights,
            [Method.MinSemivariance] = ScenarioRisk.MinSemivariance(returns, 0, any).OrThrow().Weights,
            [Method.MinMad] = ScenarioRisk.MinAbsoluteDeviation(returns, any).OrThrow().Weights,
            [Method.Minimax] = ScenarioRisk.Minimax(returns, any).OrThrow().Weights,
            [Method.Kelly] = Growth.Kelly(returns, 0, any).OrThrow().Weights,
            [Method.ExponentiatedGradient] = Online(new ExponentiatedGradient(5), returns),
            [Method.OnlineNewtonStep] = Online(new OnlineNewtonStep(5), returns),
            [Method.PassiveAggressive] = Online(new PassiveAggressive(5), returns),
            [Method.MovingAverageReversion] = Online(new MovingAverageReversion(5), returns),
            [Method.RobustMedianReversion] = Online(new RobustMedianReversion(5), returns),
            [Method.ConfidenceWeighted] = Online(new ConfidenceWeighted(5, ConfidenceKind.StandardDeviation), returns),
        };
        foreach (var method in Enum.GetValues<Method>().Except([Method.TargetReturn, Method.TargetVolatility]))
        {
            var chosen = Chooser.Choose([new Recipe(method)], known, any).OrThrow();
            Assert.Equal(method, chosen.Method);
            for (var i = 0; i < 5; i++) Assert.Equal(expected[method][i], chosen.Portfolio.Weights[i], 1e-12);
        }
    }

    [Fact]
    public void Annual_wishes_are_met_per_period()
    {
        var (known, any) = (Known(), Limits.LongOnlyOf(Names.Length));
        var calm = Chooser.Choose([new Recipe(Method.TargetVolatility) { Volatility = 0.3 }], known, any).OrThrow().Portfolio.Weights;
        Assert.Equal(0.3, PortfolioRisk.Volatility(calm, known.Covariance) * Math.Sqrt(365), 1e-9);
        var rich = Chooser.Choose([new Recipe(Method.TargetReturn) { Return = 0.7 }], known, any).OrThrow().Portfolio.Weights;
        Assert.True(known.Mean!.Zip(rich, (m, w) => m * w).Sum() * 365 >= 0.7 - 1e-9);
    }

    [Fact]
    public void A_chain_goes_on_to_what_is_not_refused_and_says_so()
    {
        var chosen = Chooser.Choose([new Recipe(Method.MaxSharpe), new Recipe(Method.MinVariance)], Known(mean: false), Limits.LongOnlyOf(5)).OrThrow();
        Assert.Equal(Method.MinVariance, chosen.Method);
        Assert.Equal("maxSharpe was refused: maxSharpe needs expected returns", Assert.Single(chosen.Notes));
        var refused = Assert.IsType<Answer<Chosen>.Refused>(Chooser.Choose([new Recipe(Method.MaxSharpe)], Known(mean: false), Limits.LongOnlyOf(5)));
        Assert.Equal("MeanMissing", refused.Code);
    }

    [Fact]
    public void Refusals_call_assets_by_name()
    {
        var still = Known() with { Covariance = Algebra.Filled(5, 5, (i, j) => i == j && i != 2 ? 1 : 0) };
        var refused = Assert.IsType<Answer<Chosen>.Refused>(Chooser.Choose([new Recipe(Method.InverseVolatility)], still, Limits.LongOnlyOf(5)));
        Assert.Contains("asset SOL".Replace("asset ", ""), refused.Reason);
        Assert.DoesNotContain("2", refused.Reason);
    }

    [Fact]
    public void Every_method_keeps_bounds_and_groups()
    {
        var limits = Limits.Between(5, 0.05, 0.35) with { Rows = [.. LinearLimit.Group("majors", 5, [0, 1], 0.2, 0.4)] };
        foreach (var method in Enum.GetValues<Method>())
        {
            var chosen = Chooser.Choose([new Recipe(method) { Return = 0.3, Volatility = 0.9 }], Known(), limits).OrThrow();
            var w = chosen.Portfolio.Weights;
            Assert.Equal(1, w.Sum(), 1e-9);
            Assert.All(w, x => Assert.InRange(x, 0.05 - 1e-9, 0.35 + 1e-9));
            Assert.InRange(w[0] + w[1], 0.2 - 1e-9, 0.4 + 1e-9);
        }
    }

    [Fact]
    public void Every_estimator_gives_a_covariance_that_methods_take()
    {
        foreach (var covariance in Enum.GetValues<CovarianceEstimator>())
            foreach (var returns in Enum.GetValues<ReturnsEstimator>())
            {
                var known = new Estimation { Covariance = covariance, Returns = returns, Views = [new("ETH", "BTC", 0.1, 0.5)] }.Of(Names, Table(), 365, needsMean: true).OrThrow();
                Assert.Equal(1, Chooser.Choose([new Recipe(Method.MaxUtility)], known, Limits.LongOnlyOf(5)).OrThrow().Portfolio.Weights.Sum(), 1e-9);
            }
    }

    [Fact]
    public void A_view_moves_its_asset_the_way_it_says()
    {
        double[] Mean(double confidence) => new Estimation { Returns = ReturnsEstimator.BlackLitterman, Views = [new("ETH", "BTC", 0.5, confidence)] }.Of(Names, Table(), 365, true).OrThrow().Mean!;
        var (none, half, sure) = (Mean(0), Mean(0.5), Mean(1));
        Assert.True(none[1] - none[0] < half[1] - half[0] && half[1] - half[0] < sure[1] - sure[0]);
        Assert.Equal(0.5 / 365, sure[1] - sure[0], 1e-12);
    }

    [Fact]
    public void Gaps_are_left_out_and_said()
    {
        var table = Table();
        (table[3, 1], table[9, 4]) = (double.NaN, double.NaN);
        var common = new Estimation { Covariance = CovarianceEstimator.Sample }.Of(Names, table, 365, true).OrThrow();
        Assert.Equal(298, common.Returns!.Rows);
        Assert.Equal("298 of 300 returns, those that all assets have in common", common.Notes[0]);
        var pairs = new Estimation { Covariance = CovarianceEstimator.Sample, Gaps = GapRule.Pairwise }.Of(Names, table, 365, true).OrThrow();
        Assert.Equal(GappyCovariance.Of(table, GapRule.Pairwise).OrThrow().Covariance.Cells, pairs.Covariance.Cells);
        Assert.Equal("GapsNeedSample", Assert.IsType<Answer<Estimates>.Refused>(new Estimation { Gaps = GapRule.Pairwise }.Of(Names, table, 365, true)).Code);
    }

    /// <summary>Without room in the rows the factor loses its digits in some of these.</summary>
    [Fact]
    public void The_least_drawdown_is_found_whatever_the_past()
    {
        for (ulong seed = 1; seed <= 40; seed++)
        {
            var (chance, table) = (new Xoshiro256(seed), new Matrix(200, 6));
            for (var t = 0; t < 200; t++)
            {
                var common = chance.NextNormal();
                for (var i = 0; i < 6; i++) table[t, i] = 0.002 + 0.02 * (0.8 * common + 0.6 * chance.NextNormal());
            }
            Assert.InRange(ScenarioRisk.MinDrawdownAtRisk(table, 0.95, Limits.LongOnlyOf(6)).OrThrow().Portfolio.Residual, 0, 1e-10);
        }
    }

    [Fact]
    public void A_view_of_one_asset_is_its_return_whatever_cash_pays()
    {
        double Mean(double riskFree) => new Estimation { Returns = ReturnsEstimator.BlackLitterman, RiskFree = riskFree, Views = [new("ETH", null, 0.3, 1)] }.Of(Names, Table(), 365, true).OrThrow().Mean![1];
        Assert.Equal(0.3 / 365, Mean(0), 1e-12);
        Assert.Equal(0.3 / 365, Mean(0.04), 1e-12);
    }

    [Fact]
    public void The_least_variance_is_worth_only_so_much_trading()
    {
        double Turnover(double cost) => Chooser.Choose([new Recipe(Method.MinVariance) { Costs = [cost, cost, cost, cost, cost], RiskAversion = 5 }], Known(), Limits.LongOnlyOf(5) with { Current = ClosedForm.Equal(5) })
            .OrThrow().Portfolio.Weights.Sum(w => Math.Abs(w - 0.2));
        Assert.True(Turnover(0) > Turnover(0.02) && Turnover(0.02) > Turnover(0.05));
        Assert.Equal(0, Turnover(9), 1e-9);
    }

    private static double[] Online(OnlinePortfolio rule, Matrix returns) =>
        OnlineRun.Of(new Matrix(returns.Rows, returns.Columns, [.. returns.Cells.Select(r => 1 + r)]), rule).OrThrow().Weights;
}
