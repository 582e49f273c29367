using Ballast.Numerics.Allocation;
using Ballast.Numerics.Options;
using Ballast.Numerics.Smiles;

namespace Ballast.Tests.Numerics.Smiles;

public class SviTests
{
    /// <summary>Vogt's slice: Gatheral and Jacquier (2014), section 3.1; the figures in jump wings and of the repaired slice are of section 5.1.</summary>
    private static readonly RawSvi Vogt = new(-0.0410, 0.1331, 0.3060, 0.3586, 0.4153);

    private static IEnumerable<RawSvi> Drawn(int count)
    {
        var random = new System.Random(20261123);
        double Between(double a, double b) => a + (b - a) * random.NextDouble();
        for (var i = 0; i < count; i++)
        {
            var slice = new RawSvi(0, Between(0.05, 0.6), Between(-0.9, 0.9), Between(-0.5, 0.5), Between(0.05, 1));
            yield return slice with { A = Between(0.001, 0.2) - slice.Least };
        }
    }

    [Fact]
    public void Vogts_slice_has_a_butterfly_with_a_negative_price()
    {
        var check = ButterflyCheck.Of(new SviSmile(1, 1, Vogt));

        Assert.False(check.Holds);
        Assert.Equal(-0.0328633, check.Least, 1e-6);
        Assert.Equal(0.88, check.At, 0.005);
    }

    [Fact]
    public void Vogts_slice_in_traders_words_is_as_published()
    {
        var wings = Vogt.ToJumpWings(1);

        Assert.Equal(0.01742625, wings.Variance, 5e-9);
        Assert.Equal(-0.1752111, wings.Skew, 5e-8);
        Assert.Equal(0.6997381, wings.PutWing, 5e-8);
        Assert.Equal(1.316798, wings.CallWing, 5e-7);
        Assert.Equal(0.0116249, wings.LeastVariance, 5e-8);
    }

    [Fact]
    public void Vogts_slice_repaired_is_as_published_and_free_of_butterflies()
    {
        var repaired = Vogt.ToJumpWings(1).WithoutButterflies();

        Assert.Equal(0.3493158, repaired.CallWing, 5e-8);
        Assert.Equal(0.01548182, repaired.LeastVariance, 5e-9);
        Assert.True(ButterflyCheck.Of(new SviSmile(1, 1, repaired.ToRaw().OrThrow())).Least > 0);
    }

    [Fact]
    public void Jump_wings_and_back_is_the_same_slice()
    {
        foreach (var slice in Drawn(500))
            foreach (var years in (double[])[0.01, 1, 3])
            {
                var back = slice.ToJumpWings(years).ToRaw().OrThrow();
                foreach (var k in (double[])[-1, -0.1, 0, 0.3, 2]) Assert.Equal(slice.At(k).Value, back.At(k).Value, 1e-9);
            }
    }

    [Fact]
    public void Slopes_are_derivatives()
    {
        foreach (var slice in Drawn(200))
            foreach (var k in (double[])[-0.7, 0, 0.4])
            {
                const double h = 1e-4;
                Assert.Equal((slice.At(k + h).Value - slice.At(k - h).Value) / (2 * h), slice.At(k).Slope, 1e-5);
                Assert.Equal((slice.At(k + h).Slope - slice.At(k - h).Slope) / (2 * h), slice.At(k).Curvature, 2e-4);
            }
    }

    /// <summary>g is the density of ln S over φ(d₂)/√w: Black's prices, differentiated twice by the strike, say the same.</summary>
    [Fact]
    public void The_butterfly_has_the_sign_and_size_of_the_density()
    {
        foreach (var slice in Drawn(100))
            foreach (var k in (double[])[-0.3, 0.05, 0.4])
            {
                const double h = 1e-3;
                var strike = Math.Exp(k);
                double Call(double at) => BlackScholes.OnForward(OptionKind.Call, 1, at, 1, 0, Math.Sqrt(slice.At(Math.Log(at)).Value)).Price;
                var density = (Call(strike + h) - 2 * Call(strike) + Call(strike - h)) / (h * h);
                var w = slice.At(k).Value;
                var d2 = -k / Math.Sqrt(w) - Math.Sqrt(w) / 2;
                var expected = slice.At(k).Butterfly(k) * Ballast.Numerics.Statistics.Normal.Pdf(d2) / (strike * Math.Sqrt(w));
                Assert.Equal(expected, density, 2e-2 * Math.Max(0.1, Math.Abs(expected)));
            }
    }

    [Theory]
    [InlineData(0.04, -0.1, 0, "SviOutOfRange")]
    [InlineData(0.04, 0.1, 1, "SviOutOfRange")]
    [InlineData(-0.2, 0.1, 0, "NegativeVariance")]
    [InlineData(0.04, 1.5, 0.6, "WingTooSteep")]
    public void Impossible_parameters_are_refused(double a, double b, double rho, string code) =>
        Assert.Equal(code, Assert.IsType<Answer<RawSvi>.Refused>(new RawSvi(a, b, rho, 0, 0.3).Checked()).Code);

    [Fact]
    public void Wings_that_no_slice_has_are_refused()
    {
        Assert.Equal("JumpWingsOutOfRange", Assert.IsType<Answer<RawSvi>.Refused>(new JumpWings(0.04, 3, 0.5, 0.5, 0.03, 1).ToRaw()).Code);
        Assert.Equal("JumpWingsAmbiguous", Assert.IsType<Answer<RawSvi>.Refused>(new JumpWings(0.04, 0, 0.5, 0.5, 0.04, 1).ToRaw()).Code);
    }

    /// <summary>Theorem 4.2 and remark 4.4 against the check itself.</summary>
    [Fact]
    public void Power_law_surfaces_within_their_conditions_are_free_of_arbitrage()
    {
        var random = new System.Random(20261123);
        for (var i = 0; i < 100; i++)
        {
            var rho = 1.8 * random.NextDouble() - 0.9;
            var surface = new PowerLawSsvi(rho, 2 / (1 + Math.Abs(rho)) * random.NextDouble(), 0.01 + 0.49 * random.NextDouble());
            Assert.True(surface.HasNoButterfliesAtAll);
            foreach (var theta in (double[])[0.001, 0.05, 0.4, 2])
            {
                Assert.True(surface.HasNoButterflies(theta) && surface.RisesWith(theta));
                Assert.True(ButterflyCheck.Of(surface.Slice(theta).At, 2).Least >= -1e-9, $"{surface} at {theta}");
                Assert.True(CalendarCheck.Of(new SviSmile(1, 1, surface.Slice(theta)), new SviSmile(1, 2, surface.Slice(1.3 * theta))).Holds, $"{surface} at {theta}");
            }
        }
    }
}
