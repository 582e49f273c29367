using Ballast.Numerics.Allocation;
using Ballast.Numerics.Options;
using Ballast.Numerics.Smiles;

namespace Ballast.Tests.Numerics.Smiles;

public class SmileFitTests
{
    private const double Forward = 65_000, Years = 0.1;

    private static readonly double[] Places = [-0.5, -0.35, -0.25, -0.15, -0.1, -0.05, 0, 0.05, 0.1, 0.15, 0.25, 0.35, 0.5];

    private static SmileQuote[] Of(RawSvi slice, double years, double noise = 0)
    {
        var random = new System.Random(20261123);
        return [.. Places.Select(k => new SmileQuote(k, Math.Sqrt(slice.At(k).Value / years) + noise * (2 * random.NextDouble() - 1)))];
    }

    [Fact]
    public void Quotes_of_a_slice_give_the_slice_back()
    {
        var random = new System.Random(20261123);
        double Between(double a, double b) => a + (b - a) * random.NextDouble();
        for (var i = 0; i < 60; i++)
        {
            var slice = new RawSvi(Between(0.005, 0.03), Between(0.05, 0.15), Between(-0.5, 0.5), Between(-0.1, 0.1), Between(0.05, 0.3));
            if (!ButterflyCheck.Of(slice.At, 2).Holds) continue;
            var fit = SmileFit.Of(Forward, Years, Of(slice, Years)).OrThrow();
            Assert.Equal((SmileMethod.Svi, false), (fit.Method, fit.Repaired));
            Assert.True(fit.Worst < 1e-5, $"{slice}: {fit.Worst:E2}");
        }
    }

    [Fact]
    public void Noise_leaves_no_arbitrage_and_no_more_error_than_there_was()
    {
        var fit = SmileFit.Of(Forward, Years, Of(new(0.01, 0.11, -0.25, 0.03, 0.2), Years, 0.004)).OrThrow();

        Assert.Equal(SmileMethod.Svi, fit.Method);
        Assert.True(fit.Butterfly.Holds);
        Assert.True(fit.Rms < 0.004 / Math.Sqrt(3), $"{fit.Rms}");
    }

    /// <summary>A free fit of Vogt's slice is Vogt's slice; what is given instead has no butterfly, says so, and is nearer than the published repair.</summary>
    [Fact]
    public void Arbitrage_in_the_quotes_is_repaired_and_flagged()
    {
        var vogt = new RawSvi(-0.0410, 0.1331, 0.3060, 0.3586, 0.4153);
        SmileQuote[] quotes = [.. Enumerable.Range(-10, 24).Select(i => 0.1 * i).Select(k => new SmileQuote(k, Math.Sqrt(vogt.At(k).Value)))];

        var fit = SmileFit.Of(1, 1, quotes).OrThrow();

        Assert.Equal((SmileMethod.Svi, true), (fit.Method, fit.Repaired));
        Assert.True(fit.Butterfly.Least >= -ButterflyCheck.Slack);
        var published = vogt.ToJumpWings(1).WithoutButterflies().ToRaw().OrThrow();
        double Off(Func<double, double> variance) => quotes.Sum(q => Math.Pow(Math.Sqrt(variance(q.LogMoneyness)) - q.Volatility, 2));
        Assert.InRange(Off(k => fit.Smile.Variance(k).Value), 1e-6, 0.5 * Off(k => published.At(k).Value));
    }

    [Fact]
    public void Three_strikes_are_read_over_deltas_and_met()
    {
        SmileQuote[] quotes = [new(-0.1, 0.7), new(0, 0.65), new(0.1, 0.66)];

        var fit = SmileFit.Of(Forward, Years, quotes).OrThrow();

        Assert.Equal(SmileMethod.Delta, fit.Method);
        Assert.Equal("3 strikes are too few for SVI", fit.Note);
        Assert.True(fit.Worst < 1e-9, $"{fit.Worst:E2}");
        Assert.Equal(fit.Smile.Volatility(-0.2), fit.Smile.Volatility(-3));
    }

    [Fact]
    public void Derivatives_over_deltas_are_derivatives()
    {
        var smile = new DeltaSmile(1, 0.25, [new(0.1, 0.12), new(0.25, 0.1), new(0.55, 0.09), new(0.75, 0.105), new(0.9, 0.13)]);
        Assert.True(smile.IsSingleValued);
        foreach (var k in (double[])[-0.35, -0.2, -0.03, 0.04, 0.1, 0.3])
        {
            const double h = 1e-5;
            var w = smile.Variance(k);
            Assert.Equal((smile.Variance(k + h).Value - smile.Variance(k - h).Value) / (2 * h), w.Slope, 1e-6);
            Assert.Equal((smile.Variance(k + h).Slope - smile.Variance(k - h).Slope) / (2 * h), w.Curvature, 1e-3 * Math.Max(1, Math.Abs(w.Curvature)));
        }
    }

    [Fact]
    public void A_strike_of_a_delta_has_it()
    {
        var smile = new SviSmile(Forward, Years, new(0.01, 0.11, -0.25, 0.03, 0.2));
        foreach (var kind in (OptionKind[])[OptionKind.Call, OptionKind.Put])
            foreach (var delta in (double[])[0.01, 0.1, 0.25, 0.5, 0.9])
            {
                var k = smile.OfDelta(kind, delta);
                var option = BlackScholes.OnForward(kind, Forward, Forward * Math.Exp(k), Years, 0, smile.Volatility(k));
                Assert.Equal(delta, Math.Abs(option.Delta), 1e-9);
            }
        Assert.True(smile.RiskReversal() < 0 && smile.Butterfly() > 0);
    }

    [Fact]
    public void Quotes_that_are_no_smile_are_refused()
    {
        var good = Of(new(0.01, 0.11, -0.25, 0.03, 0.2), Years);
        Assert.Equal("TooFewQuotes", Code(Years, good[..2]));
        Assert.Equal("ExpiresTooSoon", Code(0.9 / 8760, good));
        Assert.Equal("Crossed", Code(Years, [.. good, SmileQuote.Between(0.6, 0.9, 0.8)]));
        Assert.Equal("NoMarket", Code(Years, [.. good, new(0.6, 5)]));
        Assert.Equal("NoMarket", Code(Years, [.. good, new(0.6, 0)]));
        Assert.Equal("TwoQuotesOneStrike", Code(Years, [.. good, good[3]]));
        Assert.Equal("NotFinite", Code(Years, [.. good, new(double.NaN, 0.5)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => SmileFit.Of(0, Years, good));
    }

    private static string Code(double years, SmileQuote[] quotes) => Assert.IsType<Answer<SmileFit>.Refused>(SmileFit.Of(Forward, years, quotes)).Code;
}
