using Ballast.Numerics.Linear;
using Ballast.Numerics.Random;
using Ballast.Numerics.Statistics;

namespace Ballast.Tests.Numerics.Statistics;

public class BlackLittermanTests
{
    private static readonly Matrix Independent = Matrix.FromRows([[0.04, 0], [0, 0.09]]);
    private static readonly double[] Market = [0.6, 0.4];
    private static readonly Matrix OnFirst = Matrix.FromRows([[1.0, 0]]);

    /// <summary>Idzorek 2005, "A step-by-step guide to the Black-Litterman model", tables 2 and 5: eight asset classes, δ = 3.07; inputs are printed to six digits, Π to a hundredth of a point.</summary>
    [Fact]
    public void Idzoreks_eight_classes_imply_their_printed_returns()
    {
        double[][] covariance =
        [
            [0.001005, 0.001328, -0.000579, -0.000675, 0.000121, 0.000128, -0.000445, -0.000437],
            [0.001328, 0.007277, -0.001307, -0.000610, -0.002237, -0.000989, 0.001442, -0.001535],
            [-0.000579, -0.001307, 0.059852, 0.027588, 0.063497, 0.023036, 0.032967, 0.048039],
            [-0.000675, -0.000610, 0.027588, 0.029609, 0.026572, 0.021465, 0.020697, 0.029854],
            [0.000121, -0.002237, 0.063497, 0.026572, 0.102488, 0.042744, 0.039943, 0.065994],
            [0.000128, -0.000989, 0.023036, 0.021465, 0.042744, 0.032056, 0.019881, 0.032235],
            [-0.000445, 0.001442, 0.032967, 0.020697, 0.039943, 0.019881, 0.028355, 0.035064],
            [-0.000437, -0.001535, 0.048039, 0.029854, 0.065994, 0.032235, 0.035064, 0.079958],
        ];
        double[] market = [0.1934, 0.2613, 0.1209, 0.1209, 0.0134, 0.0134, 0.2418, 0.0349], printed = [0.0008, 0.0067, 0.0641, 0.0408, 0.0743, 0.0370, 0.0480, 0.0660];
        var implied = BlackLitterman.ImpliedReturns(Matrix.FromRows(covariance), market, 3.07);
        for (var i = 0; i < 8; i++) Assert.Equal(printed[i], implied[i], 2.7e-4);
    }

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
