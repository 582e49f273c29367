using Ballast.Numerics.Linear;
using Ballast.Numerics.Random;
using Ballast.Numerics.Statistics;

namespace Ballast.Tests.Numerics.Statistics;

public class BlackLittermanTests
{
    private static readonly Matrix Independent = Matrix.FromRows([[0.04, 0], [0, 0.09]]);
    private static readonly double[] Market = [0.6, 0.4];
    private static readonly Matrix OnFirst = Matrix.FromRows([[1.0, 0]]);

    [Fact]
    public void Without_views_the_market_is_held_less_the_uncertainty_of_the_mean()
    {
        var posterior = BlackLitterman.Of(Independent, Market, 2.5, 0.05, new(new Matrix(0, 2), [], new Matrix(0, 0))).OrThrow();
        Assert.Equal(Market.Select(w => w / 1.05), posterior.Weights);
        Assert.Equal(Market, posterior.AlternativeWeights);
        Assert.Equal(posterior.Equilibrium, posterior.Mean);
    }

    [Fact]
    public void A_view_that_the_market_shares_changes_no_mean()
    {
        var posterior = BlackLitterman.Of(Independent, Market, 2.5, 0.05, ViewUncertainty.Proportional(Independent, 0.05, OnFirst, [2.5 * 0.04 * 0.6])).OrThrow();
        Assert.Equal(posterior.Equilibrium, posterior.Mean);
    }

    [Fact]
    public void A_certain_view_is_met_and_half_a_confidence_goes_half_way()
    {
        Assert.Equal(0.1, Mean(1), 1e-15);
        Assert.Equal((0.06 + 0.1) / 2, Mean(0.5), 1e-15);
        Assert.Equal(0.06, Mean(0), 1e-15);

        static double Mean(double confidence) =>
            ViewUncertainty.Idzorek(Independent, 0.05, OnFirst, [0.1], [confidence]).Then(views => BlackLitterman.Of(Independent, Market, 2.5, 0.05, views)).OrThrow().Mean[0];
    }

    [Fact]
    public void The_weights_are_those_of_the_posterior_inverted_and_tilt_by_lambda() =>
        Draws.ForManySeeds(chance =>
        {
            var n = 2 + chance.NextInt(5);
            var (covariance, market) = (chance.Covariance(n), chance.Weights(n));
            var views = ViewUncertainty.Proportional(covariance, 0.1, Algebra.Filled(1, n, (_, j) => j == 0 ? 1 : j == 1 ? -1 : 0), [0.02]);
            var posterior = BlackLitterman.Of(covariance, market, 3, 0.1, views).OrThrow();
            var inverted = Cholesky.Of(posterior.Covariance).OrThrow().Solve([.. posterior.Mean.Select(x => x / 3)]);
            var alternative = Cholesky.Of(covariance).OrThrow().Solve([.. posterior.Mean.Select(x => x / 3)]);
            return inverted.Zip(posterior.Weights, (a, b) => Draws.Near(a, b, 1e-9)).All(x => x)
                && alternative.Zip(posterior.AlternativeWeights, (a, b) => Draws.Near(a, b, 1e-9)).All(x => x)
                && Draws.Near(posterior.Lambda[0], 1.1 * posterior.Weights[0] - market[0], 1e-9);
        });

    [Fact]
    public void Views_that_make_no_sense_are_refused_by_name()
    {
        Assert.Equal("EmptyView", Refused(new(Matrix.FromRows([[0.0, 0]]), [0.1], new Matrix(1, 1))));
        Assert.Equal("DimensionMismatch", Refused(new(Matrix.FromRows([[1.0]]), [0.1], new Matrix(1, 1))));
        Assert.Equal("SingularViews", Refused(new(Matrix.FromRows([[1.0, 0], [1, 0]]), [0.1, 0.2], new Matrix(2, 2))));
        Assert.Equal("NegativeVariance", Refused(new(OnFirst, [0.1], Matrix.FromRows([[-1.0]]))));
        Assert.Equal("ParameterOutOfRange", Tables.Code(BlackLitterman.Of(Independent, Market, 2.5, 0, new(OnFirst, [0.1], new Matrix(1, 1)))));
        Assert.Equal("ConfidenceOutOfRange", Tables.Code(ViewUncertainty.Idzorek(Independent, 0.05, OnFirst, [0.1], [1.1])));
        Assert.Equal("NoVariance", Tables.Code(BlackLitterman.ImpliedRiskAversion(0.05, 0.01, 0)));

        static string Refused(Views views) => Tables.Code(BlackLitterman.Of(Independent, Market, 2.5, 0.05, views));
    }

    [Fact]
    public void A_view_that_is_neither_relative_nor_absolute_is_warned_of() =>
        Assert.Contains("sums to 0.5", Assert.Single(BlackLitterman.Of(Independent, Market, 2.5, 0.05, new(Matrix.FromRows([[1, -0.5]]), [0.1], new Matrix(1, 1))).OrThrow().Warnings), StringComparison.Ordinal);
}
