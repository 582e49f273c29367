using Ballast.Numerics.Allocation;
using Ballast.Numerics.Convex;
using Ballast.Numerics.Linear;
using Ballast.Numerics.Optimisation;
using Ballast.Tests.Numerics.Convex;

namespace Ballast.Tests.Numerics.Optimisation;

/// <summary>Inputs at the edge of what can be answered: an answer, or a refusal that says why.</summary>
public class ExtremeTests
{
    private static readonly Estimates Sound = new(["A", "B", "C"], new Matrix(3, 3, [0.04, 0.01, 0, 0.01, 0.09, 0, 0, 0, 0.16]), [0.05, 0.1, 0.15], Tables.Returns(new(3), 60, 3), 1);

    public static TheoryData<Method> Methods => [.. Enum.GetValues<Method>()];

    [Fact]
    public void A_covariance_of_few_observations_still_has_a_least_variance() => Draws.ForManySeeds(chance =>
    {
        var n = 5 + chance.NextInt(10);
        var risk = AnyProblem.Covariance(chance, n, observations: 2);
        var found = MeanVariance.MinVariance(Curvature.Dense(risk), Limits.Between(n, 0, 0.5)).OrThrow();
        return Draws.Near(1, found.Weights.Sum(), 1e-10) && found.Residual <= 1e-9;
    }, cases: 50);

    [Fact]
    public void Two_assets_that_move_as_one_share_what_one_would_get()
    {
        // Twins of variance 0.04 beside a stranger of 0.04: half to the stranger, whatever the twins share.
        var twins = new Matrix(3, 3, [0.04, 0.04, 0, 0.04, 0.04, 0, 0, 0, 0.04]);
        Assert.Equal(0.02, MeanVariance.MinVariance(Curvature.Dense(twins), Limits.LongOnlyOf(3)).OrThrow().Objective, 1e-12);
        Assert.Equal(0.5, MeanVariance.MinVariance(Curvature.Dense(twins), Limits.LongOnlyOf(3)).OrThrow().Weights[2], 1e-9);
        var even = MeanVariance.MinVariance(Curvature.Dense(twins), Limits.LongOnlyOf(3)).OrThrow();
        Assert.True(even.Regularised && even.Residual < 1e-9);
        Assert.Equal(0.25, even.Weights[0], 1e-5);
        Assert.Equal([0.25, 0.25], RiskBudget.Equal(new Matrix(4, 4, [1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1])).OrThrow().Weights.Take(2).Select(w => Math.Round(w, 9)));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void One_asset_takes_all_or_is_refused(Method method)
    {
        var one = new Estimates(["A"], new Matrix(1, 1, [0.04]), [0.1], Tables.Returns(new(3), 60, 1), 1);
        var answer = Chooser.Choose([new Recipe(method) { Return = 0.05, Volatility = 0.3 }], one, Limits.LongOnlyOf(1));
        Assert.Equal(1, answer.OrThrow().Portfolio.Weights.Single(), 1e-12);
    }

    [Fact]
    public void Returns_that_are_all_negative_have_no_best_ratio() =>
        Assert.Equal("NoPositiveExcessReturn", Code(Chooser.Choose([new Recipe(Method.MaxSharpe)], Sound with { Mean = [-0.1, -0.2, -0.3] }, Limits.LongOnlyOf(3))));

    [Fact]
    public void A_table_that_is_not_symmetric_is_no_covariance() =>
        Assert.Equal("NotSymmetric", Code(Chooser.Choose([new Recipe(Method.MinVariance)], Sound with { Covariance = new Matrix(3, 3, [1, 0.5, 0, 0.1, 1, 0, 0, 0, 1]) }, Limits.LongOnlyOf(3))));

    [Theory]
    [InlineData(Method.MinVariance)]
    [InlineData(Method.MaxDiversification)]
    [InlineData(Method.Hrp)]
    public void A_negative_eigenvalue_is_refused(Method method) =>
        Assert.Equal("NotPositiveSemidefinite", Code(Chooser.Choose([new Recipe(method)], Sound with { Covariance = new Matrix(3, 3, [1, 0.9, -0.9, 0.9, 1, 0.9, -0.9, 0.9, 1]) }, Limits.LongOnlyOf(3))));

    [Fact]
    public void Limits_that_contradict_each_other_are_told_by_name_and_number()
    {
        var limits = Limits.Between(3, 0, 0.4) with { Rows = [.. LinearLimit.Group("majors", 3, [0], 0.5, 1)] };
        var refused = Assert.IsType<Answer<Chosen>.Refused>(Chooser.Choose([new Recipe(Method.MinVariance)], Sound, limits));
        Assert.Equal("Infeasible", refused.Code);
        Assert.Contains("at least 50% of majors", refused.Reason);
        Assert.Contains("40%", refused.Reason);
    }

    private static string Code(Answer<Chosen> answer) => Assert.IsType<Answer<Chosen>.Refused>(answer).Code;
}
