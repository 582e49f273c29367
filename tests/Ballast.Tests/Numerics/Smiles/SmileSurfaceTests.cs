using Ballast.Numerics.Smiles;

namespace Ballast.Tests.Numerics.Smiles;

public class SmileSurfaceTests
{
    private static readonly PowerLawSsvi Surface = new(-0.3, 1.2, 0.4);

    private static SviSmile At(double years, double theta) => new(100, years, Surface.Slice(theta));

    [Fact]
    public void Between_two_expiries_total_variance_is_on_the_straight_line()
    {
        var (near, far) = (At(0.1, 0.05), At(0.3, 0.16));
        var between = new SmileSurface([far, near]).At(0.15, 100);
        foreach (var k in (double[])[-0.5, 0, 0.2])
            Assert.Equal(0.75 * near.Variance(k).Value + 0.25 * far.Variance(k).Value, between.Variance(k).Value, 1e-15);
    }

    [Fact]
    public void Before_the_first_and_after_the_last_volatility_is_theirs()
    {
        var surface = new SmileSurface([At(0.1, 0.05), At(0.3, 0.16)]);
        Assert.Equal(At(0.1, 0.05).Volatility(0.2), surface.At(0.02, 100).Volatility(0.2), 1e-14);
        Assert.Equal(At(0.3, 0.16).Volatility(0.2), surface.At(2, 100).Volatility(0.2), 1e-14);
    }

    /// <summary>The far slice is lower in part: the surface is not.</summary>
    [Fact]
    public void Variance_never_falls_with_time()
    {
        var near = new SviSmile(100, 0.1, new(0.01, 0.3, -0.2, 0, 0.1));
        var far = new SviSmile(100, 0.2, new(0.03, 0.1, -0.2, 0, 0.1));
        Assert.False(CalendarCheck.Of(near, far).Holds);
        var surface = new SmileSurface([near, far, At(0.4, 0.1)]);
        for (var k = -2.0; k <= 2; k += 0.05)
        {
            var before = 0.0;
            for (var years = 0.02; years < 0.6; years += 0.01)
            {
                var w = surface.At(years, 100).Variance(k).Value;
                Assert.True(w >= before * (1 - 1e-14), $"k = {k}, {years} years: {w} after {before}");
                before = w;
            }
        }
    }

    [Fact]
    public void A_breach_is_found_where_it_is_and_measured()
    {
        var check = CalendarCheck.Of(new SviSmile(100, 0.1, new(0.01, 0.1, 0, 0, 0.1)), new SviSmile(100, 0.2, new(0.01, 0.11, 0, 0.3, 0.1)), -1, 1);
        Assert.False(check.Holds);
        double At(double k) => 0.01 + 0.11 * Math.Sqrt((k - 0.3) * (k - 0.3) + 0.01) - (0.01 + 0.1 * Math.Sqrt(k * k + 0.01));
        var brute = Enumerable.Range(-1000, 2001).Select(i => i / 1000.0).Min(At);
        Assert.Equal(brute, check.Least, 1e-5);
        Assert.Equal(Enumerable.Range(-1000, 2001).Count(i => At(i / 1000.0) < 0) / 2001.0, check.Share, 0.01);
    }

    [Fact]
    public void Two_smiles_of_one_time_are_our_mistake() => Assert.Throws<ArgumentException>(() => new SmileSurface([At(0.1, 0.05), At(0.1, 0.06)]));
}
