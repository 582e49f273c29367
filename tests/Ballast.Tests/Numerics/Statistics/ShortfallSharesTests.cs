using Ballast.Numerics.Linear;
using Ballast.Numerics.Random;
using Ballast.Numerics.Statistics;

namespace Ballast.Tests.Numerics.Statistics;

public class ShortfallSharesTests
{
    [Fact]
    public void The_parts_sum_to_the_shortfall_of_the_portfolio()
    {
        // 5 % of 117 periods is no whole number: the one on the border counts by its part.
        var (returns, weights) = (Returns(117), (double[])[0.5, 0.3, 0.1]);

        var shares = ShortfallShares.Of(returns, weights);

        Assert.Equal(-Quantile.LowerTailMean([.. returns.Times(weights).Order()], 0.05), shares.Shortfall, 1e-15);
    }

    [Fact]
    public void Each_part_is_what_a_little_more_of_the_asset_adds()
    {
        var (returns, weights) = (Returns(200), (double[])[0.5, 0.3, 0.2]);
        var shares = ShortfallShares.Of(returns, weights);
        for (var i = 0; i < 3; i++)
        {
            double At(double step) => ShortfallShares.Of(returns, [.. weights.Select((w, k) => k == i ? w + step : w)]).Shortfall;
            Assert.Equal((At(1e-7) - At(-1e-7)) / 2e-7 * weights[i], shares.Contributions[i], 1e-8);
        }
    }

    [Fact]
    public void On_paper()
    {
        // Half and half, the worst two of four: -15 % and -5 % of the book; the first asset lost 20 % and 0 %, the second 10 % and 10 %.
        var returns = Matrix.FromRows([[-0.2, -0.1], [0.1, 0.1], [0, -0.1], [0.2, 0]]);

        var shares = ShortfallShares.Of(returns, [0.5, 0.5], alpha: 0.5);

        Assert.Equal(0.1, shares.Shortfall, 1e-15);
        Assert.Equal([0.05, 0.05], shares.Contributions, (a, b) => Math.Abs(a - b) < 1e-15);
    }

    private static Matrix Returns(int periods)
    {
        var chance = new Xoshiro256(4);
        return Matrix.FromRows([.. Enumerable.Range(0, periods).Select(_ => chance.NextNormal()).Select(common => (double[])[.. Enumerable.Range(1, 3).Select(k => 0.01 * (common + k * chance.NextNormal()))])]);
    }
}
