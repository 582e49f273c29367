using Ballast.Numerics.Statistics;

namespace Ballast.Tests.Numerics.Statistics;

public class NormalTests
{
    // Computed with 60 decimal digits from the series of erf.
    [Theory]
    [InlineData(-8, 6.220960574271784e-16)]
    [InlineData(-5.5, 1.8989562465887718e-08)]
    [InlineData(-3, 0.0013498980316300946)]
    [InlineData(-1.5, 0.06680720126885807)]
    [InlineData(-0.6, 0.2742531177500736)]
    [InlineData(-0.1, 0.460172162722971)]
    [InlineData(0, 0.5)]
    [InlineData(0.3, 0.6179114221889527)]
    [InlineData(0.66, 0.7453730853286639)]
    [InlineData(1, 0.8413447460685429)]
    [InlineData(2.5, 0.9937903346742238)]
    [InlineData(4, 0.9999683287581669)]
    [InlineData(6, 0.9999999990134123)]
    public void Distribution_is_exact_to_a_few_ulps(double x, double expected) => Assert.Equal(expected, Normal.Cdf(x), 1e-15 * expected);

    // Newton's method on the same series.
    [Theory]
    [InlineData(1e-12, -7.034483825301132)]
    [InlineData(1e-5, -4.264890793922825)]
    [InlineData(0.01, -2.326347874040841)]
    [InlineData(0.05, -1.6448536269514726)]
    [InlineData(0.2, -0.8416212335729142)]
    [InlineData(0.45, -0.12566134685507402)]
    [InlineData(0.6, 0.2533471031357997)]
    [InlineData(0.975, 1.9599639845400538)]
    [InlineData(0.9999, 3.7190164854557084)]
    public void Inverse_is_exact_to_a_few_ulps(double p, double expected) => Assert.Equal(expected, Normal.InverseCdf(p), 1e-15 * Math.Abs(expected));

    [Fact]
    public void Inverse_undoes_the_distribution()
    {
        for (var x = -6.0; x <= 4; x += 0.037) Assert.Equal(x, Normal.InverseCdf(Normal.Cdf(x)), 1e-11);
    }

    [Fact]
    public void Ends_are_infinite_and_beyond_is_refused()
    {
        Assert.Equal(double.NegativeInfinity, Normal.InverseCdf(0));
        Assert.Equal(double.PositiveInfinity, Normal.InverseCdf(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Normal.InverseCdf(double.NaN));
        Assert.Equal(0, Normal.Cdf(double.NegativeInfinity));
        Assert.Equal(1, Normal.Cdf(double.PositiveInfinity));
    }

    [Fact]
    public void Density_at_zero_is_one_over_root_two_pi() => Assert.Equal(1 / Math.Sqrt(2 * Math.PI), Normal.Pdf(0), 1e-16);
}
