using Ballast.Numerics.Convex;
using Ballast.Tests.Numerics.Optimisation;

namespace Ballast.Tests.Numerics.Convex;

public class MarketProgrammeTests
{
    [Theory]
    [InlineData(20, 0.0182327558789, 4)]
    [InlineData(100, 0.0128312900821, 15)]
    [InlineData(500, 0.0124153855469, 42)]
    public void The_walk_finds_the_long_only_portfolio_of_least_variance(int assets, double objective, int support)
    {
        var covariance = MarketInputs.Covariance(assets);
        var (y, members) = LongOnlyWalk.Solve(covariance, [.. Enumerable.Repeat(1.0, assets)])!.Value;
        Assert.Equal(objective, 0.5 / y.Sum(), 1e-13);
        Assert.Equal(support, members.Length);
        var (again, _) = LongOnlyWalk.Solve(covariance, [.. Enumerable.Repeat(1.0, assets)], members)!.Value;
        Assert.All(y.Zip(again), pair => Assert.Equal(pair.First, pair.Second, 1e-12 * y.Sum()));
    }

    [Theory]
    [InlineData(20, 0.0182327558789)]
    [InlineData(100, 0.0128312900821)]
    [InlineData(500, 0.0124153855469)]
    public void The_interior_point_method_finds_it_too(int assets, double objective)
    {
        var solution = Exact(new(Curvature.Dense(MarketInputs.Covariance(assets)), new double[assets], Limits.LongOnlyOf(assets)));
        Assert.Equal(objective, solution.Objective, 1e-13);
    }

    [Theory]
    [InlineData(20, 0.07786105411128)]
    [InlineData(100, 0.01462303072705)]
    [InlineData(500, -0.00047754687674)]
    public void Mean_and_variance_with_costs_and_a_turnover_limit_have_the_known_optimum(int assets, double objective)
    {
        var limits = Limits.Between(assets, 0, 4.0 / assets) with { Current = MarketInputs.Current(assets), Turnover = 0.3 };
        double[] linear = [.. MarketInputs.Means(assets).Select(x => -x)];
        var problem = new PortfolioProblem(Curvature.Dense(MarketInputs.Covariance(assets), 5), linear, limits) { Costs = [.. Enumerable.Repeat(0.001, assets)] };
        var solution = Exact(problem);
        Assert.Equal(objective, solution.Objective, 2e-14);
        Assert.Equal(objective, Exact(OtherMethodTests.WithoutWalk(problem)).Objective, 2e-14);
    }

    private static Solution Exact(PortfolioProblem problem)
    {
        var solution = PortfolioSolver.Solve(problem);
        Assert.Equal(Status.Optimal, solution.Status);
        Assert.InRange(solution.DualResidual, 0, 1e-12);
        Assert.InRange(solution.PrimalResidual, 0, 1e-13);
        return solution;
    }
}
