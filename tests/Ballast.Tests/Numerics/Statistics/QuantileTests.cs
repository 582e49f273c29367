using Ballast.Numerics.Statistics;

namespace Ballast.Tests.Numerics.Statistics;

public class QuantileTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.25, 1.75)]
    [InlineData(0.5, 2.5)]
    [InlineData(1, 4)]
    public void Order_statistics_are_joined_by_lines(double probability, double expected) => Assert.Equal(expected, Quantile.Of([4, 1, 3, 2], probability), 1e-15);

    [Fact]
    public void A_fraction_of_an_observation_counts_by_its_part()
    {
        // Three tenths of five: the worst whole one and half of the next.
        Assert.Equal((-5 + 0.5 * -4) / 1.5, Quantile.LowerTailMean([-5, -4, 0, 1, 2], 0.3), 1e-15);
        Assert.Equal(-4.5, Quantile.MeanAtOrBelow([-5, -4, 0, 1, 2], 0.3), 1e-15);
    }

    [Fact]
    public void Probabilities_outside_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Quantile.Of([1, 2], 1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Quantile.LowerTailMean([1, 2], 0));
    }
}
