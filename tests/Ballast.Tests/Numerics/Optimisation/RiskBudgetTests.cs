using Ballast.Numerics.Convex;
using Ballast.Numerics.Linear;
using Ballast.Numerics.Optimisation;
using Ballast.Numerics.Statistics;
using Ballast.Tests.Numerics.Convex;

namespace Ballast.Tests.Numerics.Optimisation;

public class RiskBudgetTests
{
    [Fact]
    public void Both_methods_give_the_shares_that_were_asked_for() => Draws.ForManySeeds(chance =>
    {
        var n = 1 + (int)(chance.NextDouble() * 20);
        var (covariance, budgets) = (AnyProblem.Covariance(chance, n, 3 * n), chance.Weights(n));
        double[][] found = [RiskBudget.Newton(covariance, budgets).OrThrow().Weights, RiskBudget.CyclicDescent(covariance, budgets).OrThrow().Weights];
        return found.All(w => PortfolioRisk.Shares(w, covariance)!.Zip(budgets).All(pair => Draws.Near(pair.First, pair.Second, 1e-11)));
    }, cases: 100);

    [Fact]
    public void Two_assets_have_a_closed_form() => Draws.ForManySeeds(chance =>
    {
        var (s1, s2, rho, b) = (chance.Between(0.05, 0.5), chance.Between(0.05, 0.5), chance.Between(-0.95, 0.95), chance.Between(0.05, 0.95));
        var weights = RiskBudget.Solve(new Matrix(2, 2, [s1 * s1, rho * s1 * s2, rho * s1 * s2, s2 * s2]), [b, 1 - b]).OrThrow().Weights;
        return Draws.Near(weights[0], RiskBudget.FirstOfTwo(s1, s2, rho, b), 1e-12);
    });

    [Fact]
    public void Two_equal_assets_are_held_equally() => Assert.Equal(0.5, RiskBudget.FirstOfTwo(0.2, 0.2, 0.3, 0.5), 1e-16);

    [Fact]
    public void A_budget_of_zero_is_a_weight_of_zero()
    {
        var weights = RiskBudget.Solve(AnyProblem.Covariance(new(5), 3, 9), [0.5, 0, 0.5]).OrThrow().Weights;
        Assert.Equal(0, weights[1]);
    }

    [Fact]
    public void Wide_bounds_change_nothing_and_narrow_ones_hold()
    {
        var (covariance, budgets) = (AnyProblem.Covariance(new(5), 4, 12), new[] { 0.1, 0.2, 0.3, 0.4 });
        var free = RiskBudget.Solve(covariance, budgets).OrThrow().Weights;
        var wide = RiskBudget.Within(covariance, budgets, Limits.LongOnlyOf(4)).OrThrow().Weights;
        Assert.All(free.Zip(wide), pair => Assert.Equal(pair.First, pair.Second, 1e-10));
        var narrow = RiskBudget.Within(covariance, budgets, Limits.Between(4, 0.1, 0.3)).OrThrow().Weights;
        Assert.Equal(1, narrow.Sum(), 1e-12);
        Assert.All(narrow, w => Assert.InRange(w, 0.1, 0.3));
        // Assets that no bound stops have risk in proportion to their budgets.
        var shares = PortfolioRisk.Shares(narrow, covariance)!;
        double[] ratios = [.. Enumerable.Range(0, 4).Where(i => narrow[i] > 0.1 && narrow[i] < 0.3).Select(i => shares[i] / budgets[i])];
        Assert.All(ratios, ratio => Assert.Equal(ratios[0], ratio, 1e-9));
    }
}
