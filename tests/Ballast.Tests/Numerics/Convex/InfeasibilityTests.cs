using Ballast.Numerics.Convex;
using Ballast.Numerics.Linear;

namespace Ballast.Tests.Numerics.Convex;

public class InfeasibilityTests
{
    private static readonly Matrix Covariance = AnyProblem.Covariance(new(7), 4, 12);

    [Fact]
    public void Crossing_bounds_are_named() => Contradicts(Limits.Between([0, 0.5, 0, 0], [1, 0.4, 1, 1]), "lower[1]", "upper[1]");

    [Fact]
    public void Floors_above_the_total_are_named() => Contradicts(Limits.Between(4, 0.3, 1), "total", "lower[0]", "lower[1]", "lower[2]", "lower[3]");

    [Fact]
    public void Caps_below_the_total_are_named() => Contradicts(Limits.Between(4, 0, 0.2), "total", "upper[0]", "upper[1]", "upper[2]", "upper[3]");

    [Fact]
    public void A_group_that_its_members_caps_cannot_fill_is_named() =>
        Contradicts(Limits.Between([0, 0, 0, 0], [0.1, 0.2, 1, 1]) with { Rows = [.. LinearLimit.Group("metals", 4, [0, 1], 0.4, 1)] }, "metals minimum", "upper[0]", "upper[1]");

    [Fact]
    public void Two_groups_that_ask_for_more_than_all_are_named_without_the_third() =>
        Contradicts(Limits.LongOnlyOf(4) with { Rows = [.. LinearLimit.Group("a", 4, [0, 1], 0.6, 2), .. LinearLimit.Group("b", 4, [2, 3], 0.6, 2), .. LinearLimit.Group("c", 4, [1, 2], 0, 0.9)] }, "total", "a minimum", "b minimum");

    [Fact]
    public void A_turnover_that_does_not_reach_a_bound_is_named() =>
        Contradicts(Limits.Between([0.5, 0, 0, 0], [1, 1, 1, 1]) with { Current = [0.1, 0.3, 0.3, 0.3], Turnover = 0.7 }, "total", "turnover", "lower[0]");

    [Fact]
    public void A_return_beyond_every_asset_is_named()
    {
        var limits = Limits.LongOnlyOf(4) with { Rows = [LinearLimit.AtLeast("return", [0.1, 0.2, 0.05, 0.15], 0.21)] };
        Contradicts(limits, "return");
    }

    /// <summary>Every name that matters is there, and none that plays no part.</summary>
    private static void Contradicts(Limits limits, params string[] names)
    {
        var solution = PortfolioSolver.Solve(new(Curvature.Dense(Covariance), new double[4], limits));
        Assert.Equal(Status.Infeasible, solution.Status);
        Assert.Empty(solution.Weights);
        Assert.True(names.All(solution.Contradiction!.Limits.Contains), $"{string.Join(", ", solution.Contradiction.Limits)}: {solution.Contradiction.Reason}");
        Assert.DoesNotContain(solution.Contradiction.Limits, name => name.StartsWith('c'));
    }
}
