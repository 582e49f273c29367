using Ballast.Numerics.Linear;
using Ballast.Numerics.Random;
using Ballast.Numerics.Statistics;

namespace Ballast.Tests.Numerics.Statistics;

public class CovarianceTests
{
    private static readonly Matrix Opposite = Matrix.FromRows([[0.1, -0.1], [-0.1, 0.1], [0.2, -0.2], [-0.2, 0.2]]);

    [Fact]
    public void Opposite_assets_have_opposite_covariance()
    {
        var covariance = Covariance.Sample(Opposite, ddof: 0);
        Assert.Equal([0.025, -0.025, -0.025, 0.025], covariance.Cells.Select(x => Math.Round(x, 15)));
    }

    [Fact]
    public void Shuffled_assets_give_the_same_cells_shuffled()
    {
        var returns = Drawn(new Xoshiro256(3), 40, 5);
        int[] order = [3, 0, 4, 1, 2];
        foreach (var estimate in (Func<Matrix, Matrix>[])[x => Covariance.Sample(x), x => LedoitWolf.Identity(x).Covariance, x => LedoitWolf.ConstantCorrelation(x).Covariance])
        {
            var (plain, shuffled) = (estimate(returns), estimate(Shuffled(returns, order)));
            for (var i = 0; i < 5; i++)
                for (var j = 0; j < 5; j++)
                    Assert.Equal(plain[order[i], order[j]], shuffled[i, j], 1e-16);
        }
    }

    [Fact]
    public void Shrinkage_stays_between_sample_and_target() =>
        Draws.ForManySeeds(chance =>
        {
            var returns = Drawn(chance, 4 + chance.NextInt(30), 2 + chance.NextInt(6));
            return LedoitWolf.Identity(returns).Shrinkage is >= 0 and <= 1 && LedoitWolf.ConstantCorrelation(returns).Shrinkage is >= 0 and <= 1;
        });

    [Fact]
    public void An_asset_that_never_moves_is_named_and_keeps_no_variance()
    {
        var shrunk = LedoitWolf.ConstantCorrelation(Matrix.FromRows([[0.1, 0.1], [-0.2, 0.1], [0.3, 0.1]]));
        Assert.Equal([1], shrunk.WithoutVariance);
        Assert.Equal(0, shrunk.Covariance[1, 1]);
        Assert.Equal(0, shrunk.Covariance[0, 1]);
    }

    [Fact]
    public void The_three_weightings_differ_and_agree_for_a_long_memory()
    {
        var returns = Drawn(new Xoshiro256(5), 400, 1);
        var (zero, demeaned, recursive) = (Variance(Ewma.NormalisedZeroMean, 0.94), Variance(Ewma.NormalisedDemeaned, 0.94), Variance(Ewma.Recursive, 0.94));
        Assert.True(demeaned < zero);
        Assert.NotEqual(zero, recursive);
        Assert.Equal(Covariance.Sample(returns, ddof: 0)[0, 0], Variance(Ewma.NormalisedDemeaned, 1 - 1e-9), 1e-9);

        double Variance(Ewma kind, double lambda) => Covariance.ExponentiallyWeighted(returns, lambda, kind)[0, 0];
    }

    [Fact]
    public void Gaps_and_single_rows_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Covariance.Sample(Matrix.FromRows([[0.1], [double.NaN]])));
        Assert.Throws<ArgumentException>(() => Covariance.Sample(Matrix.FromRows([[0.1]])));
        Assert.Throws<ArgumentException>(() => LedoitWolf.ConstantCorrelation(Matrix.FromRows([[0.1], [0.2]])));
    }

    private static Matrix Drawn(Xoshiro256 chance, int rows, int columns) => new(rows, columns, [.. Enumerable.Range(0, rows * columns).Select(_ => 0.02 * chance.NextNormal())]);

    private static Matrix Shuffled(Matrix table, int[] order) => Matrix.FromRows([.. Enumerable.Range(0, table.Rows).Select(t => order.Select(j => table[t, j]).ToArray())]);
}
