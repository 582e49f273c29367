using Ballast.Numerics.Linear;
using Ballast.Numerics.Random;
using Ballast.Numerics.Statistics;

namespace Ballast.Tests.Numerics.Statistics;

public class EstimatorTests
{
    private static readonly Dictionary<string, Func<Matrix, Matrix>> Covariances = new()
    {
        ["oas"] = x => OracleApproximating.Of(x).OrThrow().Covariance,
        ["oas as scikit-learn has it"] = x => OracleApproximating.Of(x, OasVariant.ScikitLearn).OrThrow().Covariance,
        ["single factor"] = x => SingleFactorShrinkage.Of(x).OrThrow().Covariance,
        ["gerber 0"] = x => Gerber.Of(x, 0.5, GerberStatistic.Original).OrThrow(),
        ["gerber 1"] = x => Gerber.Of(x).OrThrow(),
        ["gerber 2"] = x => Gerber.Of(x, 0.5, GerberStatistic.Normalised).OrThrow(),
        ["denoised"] = x => RandomMatrix.Of(x, new()).OrThrow().Covariance,
        ["denoised to a target"] = x => RandomMatrix.Of(x, new(TargetShrinkage: 0.5)).OrThrow().Covariance,
        ["pairwise"] = x => GappyCovariance.Of(x, GapRule.Pairwise).OrThrow().Covariance,
    };

    public static TheoryData<string> Names => [.. Covariances.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Shuffled_assets_give_the_same_cells_shuffled(string name)
    {
        int[] order = [3, 0, 4, 1, 2];
        var returns = new Xoshiro256(3).Returns(60, 5);
        var (plain, shuffled) = (Covariances[name](returns), Covariances[name](returns.Shuffled(order)));
        Assert.True(Tables.Distance(Algebra.Filled(5, 5, (i, j) => plain[order[i], order[j]]), shuffled) < 1e-16);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Twice_the_returns_have_four_times_the_covariance(string name)
    {
        var returns = new Xoshiro256(4).Returns(60, 5);
        var doubled = Covariances[name](Algebra.Filled(60, 5, (t, i) => 2 * returns[t, i]));
        Assert.True(Tables.Distance(Algebra.Filled(5, 5, (i, j) => 4 * Covariances[name](returns)[i, j]), doubled) < 1e-16);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void One_asset_two_assets_twins_and_a_still_asset_have_finite_covariances(string name)
    {
        var one = new Xoshiro256(5).Returns(20, 1);
        Assert.True(Covariances[name](one)[0, 0] > 0);
        Assert.All(Covariances[name](new Xoshiro256(6).Returns(20, 2)).Cells, cell => Assert.True(double.IsFinite(cell)));
        Assert.All(Covariances[name](Algebra.Filled(20, 3, (t, i) => i == 2 ? 0.01 : one[t, 0])).Cells, cell => Assert.True(double.IsFinite(cell)));
    }

    [Fact]
    public void Shrinkage_lies_between_the_sample_and_the_target() =>
        Draws.ForManySeeds(chance =>
        {
            var returns = chance.Returns(10 + chance.NextInt(40), 4 + chance.NextInt(4));
            return OracleApproximating.Of(returns).OrThrow().Shrinkage is >= 0 and <= 1
                && SingleFactorShrinkage.Of(returns).OrThrow().Shrinkage is >= 0 and <= 1
                && ShrunkMeans.JamesStein(returns).OrThrow().Shrinkage is >= 0 and <= 1
                && (returns.Rows <= returns.Columns + 2 || ShrunkMeans.BayesStein(returns).OrThrow().Shrinkage is > 0 and <= 1);
        });

    [Fact]
    public void Denoised_correlations_keep_the_variances_and_without_the_market_are_singular()
    {
        var returns = new Xoshiro256(7).Returns(100, 6);
        var (sample, clean, rest) = (Covariance.Sample(returns), RandomMatrix.Of(returns, new()).OrThrow(), RandomMatrix.Of(returns, new(Detone: true)).OrThrow());
        Assert.Equal(sample.Diagonal().Select(x => Math.Round(x, 15)), clean.Covariance.Diagonal().Select(x => Math.Round(x, 15)));
        Assert.Equal(1, clean.FactorsKept);
        Assert.Equal(0, SymmetricEigen.Of(rest.Covariance).Least, 1e-16);
    }

    [Fact]
    public void Ranks_see_order_only()
    {
        // Pairs of (1, 2, 3, 4) and (1, 8, 27, 16): five agree, one does not; ranks differ by 1 twice.
        var table = Matrix.FromRows([[1, 1], [2, 8], [3, 27], [4, 16]]);
        Assert.Equal(4.0 / 6, RankCorrelation.Kendall(table).OrThrow().Cells[0, 1], 1e-15);
        Assert.Equal(1 - 6 * 2.0 / (4 * 15), RankCorrelation.Spearman(table).OrThrow().Cells[0, 1], 1e-15);
    }

    [Fact]
    public void Ties_are_counted_as_Kendall_did()
    {
        // x = 1 1 2, y = 1 2 2: one concordant pair, a tie in each: 1/√(2·2).
        var tied = RankCorrelation.Kendall(Matrix.FromRows([[1, 1], [1, 2], [2, 2]])).OrThrow();
        Assert.Equal(0.5, tied.Cells[0, 1], 1e-15);
        var still = RankCorrelation.Kendall(Matrix.FromRows([[1, 5], [2, 5]])).OrThrow();
        Assert.Equal(0, still.Cells[0, 1]);
        Assert.Equal([1], still.WithoutVariance);
    }

    [Fact]
    public void Gaps_are_left_out_and_never_taken_as_zero()
    {
        var returns = Matrix.FromRows([[0.1, 0.2], [-0.1, double.NaN], [0.3, 0.1], [0.2, 0.4]]);
        var (common, pairwise) = (GappyCovariance.Of(returns).OrThrow(), GappyCovariance.Of(returns, GapRule.Pairwise).OrThrow());
        Assert.Equal(Covariance.Sample(Matrix.FromRows([[0.1, 0.2], [0.3, 0.1], [0.2, 0.4]])).Cells, common.Covariance.Cells);
        Assert.Equal((GapRule.CommonWindow, 3.0), (common.Rule, common.Observations[0, 0]));
        Assert.Equal((GapRule.Pairwise, 4.0, 3.0), (pairwise.Rule, pairwise.Observations[0, 0], pairwise.Observations[0, 1]));
        Assert.Equal(Covariance.Sample(Matrix.FromRows([[0.1], [-0.1], [0.3], [0.2]]))[0, 0], pairwise.Covariance[0, 0], 1e-16);
    }

    [Fact]
    public void Means_that_cannot_be_estimated_are_refused_by_name()
    {
        var few = new Xoshiro256(8).Returns(5, 3);
        Assert.Equal("TooFewAssets", Tables.Code(ShrunkMeans.JamesStein(few)));
        Assert.Equal("TooFewObservations", Tables.Code(ShrunkMeans.BayesStein(few)));
        Assert.Equal("SingularCovariance", Tables.Code(ShrunkMeans.BayesStein(Algebra.Filled(5, 2, (t, _) => few[t, 0]))));
        Assert.Equal("ConstantMarket", Tables.Code(ExpectedReturns.Capm(few, [0.1, 0.1, 0.1, 0.1, 0.1])));
        Assert.Equal("ReturnBelowMinusOne", Tables.Code(ExpectedReturns.Geometric(Matrix.FromRows([[0.1], [-1.5]]))));
        Assert.Equal("NotFinite", Tables.Code(ExpectedReturns.Arithmetic(Matrix.FromRows([[0.1], [double.NaN]]))));
        Assert.Equal("TooFewObservations", Tables.Code(ExpectedReturns.Arithmetic(Matrix.FromRows([[0.1]]))));
        Assert.Equal("ConstantMarket", Tables.Code(SingleFactorShrinkage.Of(Matrix.FromRows([[0.1, -0.1], [-0.1, 0.1]]))));
    }

    [Fact]
    public void A_total_loss_leaves_a_geometric_mean_of_minus_one() =>
        Assert.Equal([-1], ExpectedReturns.Geometric(Matrix.FromRows([[0.5], [-1]])).OrThrow());

    [Fact]
    public void Half_of_the_weight_lies_within_a_half_life() =>
        Assert.Equal(0.5, Math.Pow(1 - ExpectedReturns.AlphaOfHalfLife(10), 10), 1e-15);
}
