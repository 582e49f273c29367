using Ballast.Numerics.Convex;
using Ballast.Numerics.Optimisation;

namespace Ballast.Tests.Numerics.Optimisation;

public class MarketOptimiserTests
{
    [Theory]
    [InlineData(100, 0.225616665045)]
    [InlineData(500, 0.228873187977)]
    public void Equal_risk_contribution_has_the_known_volatility(int assets, double volatility)
    {
        var portfolio = RiskBudget.Equal(MarketInputs.Covariance(assets)).OrThrow();
        Assert.Equal(volatility, portfolio.Objective, 2e-12);
        Assert.InRange(portfolio.Residual, 0, 1e-12);
    }

    [Fact]
    public void The_whole_frontier_of_a_hundred_assets_has_29_turning_points()
    {
        var (covariance, mean) = (MarketInputs.Covariance(100), MarketInputs.Means(100));
        var frontier = CriticalLine.Solve(covariance, mean, Limits.LongOnlyOf(100)).OrThrow();
        Assert.Equal(29, frontier.Points.Count);
        foreach (var point in frontier.Points.Where((_, k) => k % 5 == 2))
        {
            var utility = MeanVariance.MaxUtility(Curvature.Dense(covariance), [.. mean.Select(m => m * point.Lambda)], 1, Limits.LongOnlyOf(100)).OrThrow();
            Assert.All(point.Weights.Zip(utility.Weights), pair => Assert.Equal(pair.First, pair.Second, 1e-10));
        }
    }

    [Fact]
    public void The_least_shortfall_of_a_thousand_scenarios_is_known()
    {
        var found = ScenarioRisk.MinShortfall(MarketInputs.Scenarios(), 0.95, Limits.LongOnlyOf(50)).OrThrow();
        Assert.Equal(0.0227090471268, found.Portfolio.Objective, 1e-12);
    }
}
