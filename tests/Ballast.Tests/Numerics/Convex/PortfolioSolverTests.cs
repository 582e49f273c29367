using Ballast.Numerics.Convex;
using Ballast.Numerics.Linear;
using Ballast.Numerics.Random;

namespace Ballast.Tests.Numerics.Convex;

public class PortfolioSolverTests
{
    [Fact]
    public void Any_problem_with_a_solution_is_solved_to_the_conditions_of_optimality() => Draws.ForManySeeds(chance =>
    {
        var (problem, feasible) = AnyProblem.Draw(chance);
        var solution = PortfolioSolver.Solve(problem);
        Assert.True(solution.Status == Status.Optimal, $"{solution.Status} n={problem.Size} {problem.Costs.Length} {problem.Impact.Length} {problem.Limits.Turnover} rows {problem.Limits.Rows.Count} primal {solution.PrimalResidual:E2} dual {solution.DualResidual:E2}");
        Assert.InRange(solution.DualResidual, 0, 1e-9);
        Assert.InRange(solution.PrimalResidual, 0, 1e-9);
        return problem.Objective(solution.Weights) <= problem.Objective(feasible) + 1e-9;
    }, cases: 300);

    [Fact]
    public void No_mixture_with_other_feasible_weights_is_better() => Draws.ForManySeeds(chance =>
    {
        var (problem, feasible) = AnyProblem.Draw(chance, mostAssets: 8);
        var best = PortfolioSolver.Solve(problem);
        return Enumerable.Range(1, 20).Select(k => Math.Pow(0.5, k)).All(share =>
            problem.Objective([.. best.Weights.Zip(feasible, (a, b) => a + share * (b - a))]) >= best.Objective - 1e-10);
    }, cases: 100);

    [Fact]
    public void Reordering_assets_reorders_the_weights() => Draws.ForManySeeds(chance =>
    {
        var n = 2 + (int)(chance.NextDouble() * 15);
        var (covariance, mean) = (AnyProblem.Covariance(chance, n, 3 * n), chance.Numbers(n, 0, 0.1));
        int[] order = [.. Enumerable.Range(0, n).OrderBy(_ => chance.NextDouble())];
        var shuffled = new Matrix(n, n);
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++) shuffled[i, j] = covariance[order[i], order[j]];
        var one = Solve(covariance, mean);
        var other = Solve(shuffled, [.. order.Select(i => mean[i])]);
        return order.Select((from, to) => Draws.Near(one[from], other[to], 1e-11)).All(x => x);
    }, cases: 50);

    [Fact]
    public void Units_of_the_objective_do_not_matter() => Draws.ForManySeeds(chance =>
    {
        var problem = AnyProblem.Draw(chance, mostAssets: 10).Problem with { Impact = [] };
        if (problem.Risk.MeanDiagonal() < 0.01) return true;
        var (one, other) = (PortfolioSolver.Solve(problem), PortfolioSolver.Solve(problem.Times(1e-6)));
        return Draws.Near(one.Objective, 1e6 * other.Objective, 1e-11);
    }, cases: 50);

    [Fact]
    public void A_single_asset_takes_the_whole()
    {
        var solution = PortfolioSolver.Solve(new(Curvature.Dense(new Matrix(1, 1, [0.04])), [-0.1], Limits.LongOnlyOf(1)));
        Assert.Equal([1.0], solution.Weights);
        Assert.Equal(0.02 - 0.1, solution.Objective, 1e-16);
    }

    [Fact]
    public void Copies_of_an_asset_are_solved_and_said_to_have_other_answers()
    {
        var covariance = new Matrix(3, 3, [0.04, 0.04, 0, 0.04, 0.04, 0, 0, 0, 0.04]);
        var solution = PortfolioSolver.Solve(new(Curvature.Dense(covariance), new double[3], Limits.LongOnlyOf(3)));
        Assert.Equal(Status.Optimal, solution.Status);
        Assert.True(solution.Regularised);
        Assert.Equal(0.5, solution.Weights[2], 1e-12);
        Assert.Equal(0.01, solution.Objective, 1e-14);
    }

    [Fact]
    public void Bounds_that_leave_one_point_give_that_point()
    {
        var limits = Limits.Between([0, 0.2, 0], [0.5, 0.2, 0.3]);
        var solution = PortfolioSolver.Solve(new(Curvature.Dense(AnyProblem.Covariance(new(3), 3, 9)), new double[3], limits));
        Assert.Equal(Status.Optimal, solution.Status);
        Assert.Equal([0.5, 0.2, 0.3], solution.Weights.Select(w => Math.Round(w, 12)));
    }

    [Fact]
    public void Factors_give_what_their_matrix_gives() => Draws.ForManySeeds(chance =>
    {
        var (n, k) = (3 + (int)(chance.NextDouble() * 20), 1 + (int)(chance.NextDouble() * 4));
        var (exposures, own) = (new Matrix(n, k, chance.Numbers(n * k, -1, 1)), chance.Numbers(n, 0.01, 0.1));
        var factors = AnyProblem.Covariance(chance, k, 5 * k);
        var dense = new Matrix(n, n);
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++) dense[i, j] = exposures.Row(i).ToArray().Zip(factors.Times(exposures.Row(j)), (a, b) => a * b).Sum() + (i == j ? own[i] : 0);
        var limits = Limits.Between(n, 0, 0.7) with { Current = chance.Weights(n), Turnover = 0.8 };
        var one = PortfolioSolver.Solve(new(Curvature.Dense(dense), new double[n], limits));
        var other = PortfolioSolver.Solve(new(Curvature.OfFactors(exposures, factors, own), new double[n], limits));
        return one.Status == other.Status && one.Weights.Zip(other.Weights).All(pair => Draws.Near(pair.First, pair.Second, 1e-10));
    }, cases: 60);

    [Fact]
    public void Five_thousand_assets_by_factors_are_solved_to_rounding()
    {
        var (chance, n, k) = (new Xoshiro256(1), 5000, 20);
        var risk = Curvature.OfFactors(new Matrix(n, k, chance.Numbers(n * k, -1, 1)), AnyProblem.Covariance(chance, k, 100), chance.Numbers(n, 0.01, 0.1));
        var solution = PortfolioSolver.Solve(new(risk, chance.Numbers(n, -0.01, 0.01), Limits.Between(n, 0, 0.01)));
        Assert.Equal(Status.Optimal, solution.Status);
        Assert.InRange(solution.DualResidual, 0, 1e-12);
    }

    private static double[] Solve(Matrix covariance, double[] mean) =>
        PortfolioSolver.Solve(new(Curvature.Dense(covariance), [.. mean.Select(m => -m)], Limits.Between(mean.Length, 0, 0.8))).Weights;
}
