using Ballast.Numerics.Convex;
using Ballast.Numerics.Linear;
using Ballast.Numerics.Random;

namespace Ballast.Tests.Numerics.Convex;

/// <summary>The walk, the interior point, a warm start and an enumeration of all active sets are different programs; they must agree.</summary>
public class OtherMethodTests
{
    /// <summary>A limit that cannot bind turns the walk off.</summary>
    public static PortfolioProblem WithoutWalk(PortfolioProblem problem) =>
        problem with { Limits = problem.Limits with { Rows = [.. problem.Limits.Rows, new("idle", [.. Enumerable.Repeat(1.0, problem.Size)], problem.Limits.Total + 1)] } };

    [Fact]
    public void The_walk_from_the_weights_now_ends_where_the_interior_point_does() => Draws.ForManySeeds(chance =>
    {
        var problem = Trading(chance, 2 + chance.NextInt(40));
        var (one, other) = (PortfolioSolver.Solve(problem), PortfolioSolver.Solve(WithoutWalk(problem)));
        Assert.Equal((Status.Optimal, Status.Optimal), (one.Status, other.Status));
        Assert.InRange(one.DualResidual, 0, 1e-12);
        return one.Weights.Zip(other.Weights).All(pair => Draws.Near(pair.First, pair.Second, 1e-10));
    }, cases: 300);

    [Fact]
    public void Yesterdays_answer_shortens_todays_search_and_does_not_change_it()
    {
        var (cold, warm) = (0, 0);
        Draws.ForManySeeds(chance =>
        {
            var n = 5 + chance.NextInt(40);
            var (risk, mean) = (AnyProblem.Covariance(chance, n, 3 * n), chance.Numbers(n, -0.1, 0.1));
            var limits = Limits.Between(n, 0, 3.0 / n) with { Rows = [.. LinearLimit.Group("half", n, Enumerable.Range(0, n / 2), 0.3, 0.6)] };
            var before = PortfolioSolver.Solve(new(Curvature.Dense(risk), mean, limits));
            var today = new PortfolioProblem(Curvature.Dense(Drifted(risk, chance)), [.. mean.Select(m => m + chance.Between(-0.001, 0.001))], limits);
            var (one, other) = (PortfolioSolver.Solve(today), PortfolioSolver.Solve(today, before));
            (cold, warm) = (cold + one.Iterations, warm + other.Iterations);
            return other.Status == Status.Optimal && one.Weights.Zip(other.Weights).All(pair => Draws.Near(pair.First, pair.Second, 1e-12));
        }, cases: 60);
        Assert.True(2 * warm < cold, $"{warm} steps warm, {cold} cold");
    }

    [Fact]
    public void Answers_to_other_problems_do_no_harm() => Draws.ForManySeeds(chance =>
    {
        var (before, problem) = (PortfolioSolver.Solve(AnyProblem.Draw(chance, 6).Problem), AnyProblem.Draw(chance, 6).Problem);
        var (one, other) = (PortfolioSolver.Solve(problem), PortfolioSolver.Solve(problem, before));
        return one.Status == other.Status && Draws.Near(one.Objective, other.Objective, 1e-11);
    }, cases: 300);

    [Fact]
    public void Enumerating_every_place_of_every_weight_finds_nothing_better() => Draws.ForManySeeds(chance =>
    {
        var problem = Trading(chance, 2 + chance.NextInt(3));
        if (chance.NextInt(2) == 0) problem = problem with { Limits = problem.Limits with { Rows = [.. LinearLimit.Group("pair", problem.Size, [0, 1], double.NegativeInfinity, chance.Between(0.75, 1) * (problem.Limits.Current[0] + problem.Limits.Current[1]) + 0.05)] } };
        var solution = PortfolioSolver.Solve(problem);
        var best = BruteForce.Least(problem);
        return solution.Status == Status.Infeasible ? best is null : best is { } least && Draws.Near(least, solution.Objective, 1e-10);
    }, cases: 150);

    private static PortfolioProblem Trading(Xoshiro256 chance, int n)
    {
        var current = chance.Weights(n);
        var limits = Limits.Between([.. current.Select(w => chance.NextInt(3) == 0 ? w : 0)], [.. current.Select(w => chance.NextInt(3) == 0 ? w : Math.Min(1, w + chance.Between(0.02, 0.4)))])
            with { Current = current, Turnover = chance.NextInt(2) == 0 ? chance.Between(0, 0.8) : double.PositiveInfinity };
        return new(Curvature.Dense(AnyProblem.Covariance(chance, n, 3 * n), chance.Between(0.5, 5)), chance.Numbers(n, -0.1, 0.1), limits) { Costs = chance.Numbers(n, 0, 0.02) };
    }

    private static Matrix Drifted(Matrix risk, Xoshiro256 chance)
    {
        double[] size = [.. Enumerable.Range(0, risk.Rows).Select(_ => chance.Between(0.99, 1.01))];
        return Algebra.Filled(risk.Rows, risk.Rows, (i, j) => size[i] * size[j] * risk[i, j]);
    }
}
