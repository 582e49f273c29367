using System.Text.Json;
using Ballast.Numerics.Allocation;
using Ballast.Numerics.Convexity;
using Ballast.Numerics.Linear;
using Ballast.Numerics.Options;
using Ballast.Numerics.Statistics;

namespace Ballast.Tests.Numerics.Convexity;

public class ConvexityTests
{
    [Fact, Trait("Category", "Vectors")]
    public void Capture_and_both_regressions_agree()
    {
        var path = Path.Combine(Repository.Vectors, "derivatives", "capture_convexity.json");
        Assert.SkipUnless(File.Exists(path), "needs derivatives/capture_convexity.json beside the vectors: set BALLAST_VECTORS");
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        double[] Numbers(string key) => [.. document.RootElement.GetProperty(key).EnumerateArray().Select(x => x.GetDouble())];
        double Number(string key) => document.RootElement.GetProperty(key).GetDouble();
        var (own, market) = (Numbers("portfolio"), Numbers("benchmark"));
        // 11 rises are one fewer than are asked for by default.
        var capture = MarketCapture.Of(own, market, 11).OrThrow();
        Same(Number("upside_capture"), capture.Up);
        Same(Number("downside_capture"), capture.Down);
        Same(Number("capture_ratio"), capture.Ratio);
        foreach (var (expected, found) in Numbers("treynor_mazuy").Zip(MarketTiming.TreynorMazuy(own, market, 11).OrThrow().Coefficients)) Same(expected, found);
        foreach (var (expected, found) in Numbers("henriksson_merton").Zip(MarketTiming.HenrikssonMerton(own, market, 11).OrThrow().Coefficients)) Same(expected, found);
    }

    [Fact]
    public void Too_few_rises_or_falls_say_nothing()
    {
        double[] rises = [.. Enumerable.Repeat(0.01, 40), .. Enumerable.Repeat(-0.01, 11)];
        Assert.Equal("InsufficientData", Assert.IsType<Answer<NeweyWest>.Refused>(MarketTiming.TreynorMazuy(rises, rises)).Code);
        Assert.Equal("InsufficientData", Assert.IsType<Answer<MarketCapture>.Refused>(MarketCapture.Of(rises, rises)).Code);
    }

    /// <summary>Errors written out by hand for one regressor, sum by sum: Newey and West (1987), equation 5.</summary>
    [Fact]
    public void Newey_and_Wests_errors_are_the_double_sum()
    {
        var random = new System.Random(20261123);
        double[] x = [.. Enumerable.Range(0, 60).Select(_ => random.NextDouble() - 0.3)];
        double[] y = [.. x.Select(v => 2 * v + random.NextDouble() - 0.5)];
        var slope = x.Zip(y, (a, b) => a * b).Sum() / x.Sum(v => v * v);
        var middle = 0.0;
        for (var s = 0; s < 60; s++)
            for (var t = 0; t < 60; t++)
                middle += Math.Max(0, 1 - Math.Abs(s - t) / 5.0) * x[s] * (y[s] - slope * x[s]) * x[t] * (y[t] - slope * x[t]);

        var fit = NeweyWest.Of(new Matrix(60, 1, x), y).OrThrow();

        Assert.Equal(slope, fit.Coefficients[0], 1e-12);
        Assert.Equal(Math.Sqrt(middle) / x.Sum(v => v * v), fit.Errors[0], 1e-12);
    }

    /// <summary>A parabola bends by its own coefficient at every move, and a cubic adds nothing but skew.</summary>
    [Fact]
    public void Convexity_is_the_even_part_and_skew_the_rest()
    {
        foreach (var h in (double[])[0.01, 0.1, 0.5])
        {
            var found = ShockConvexity.Of(x => 300 * x + 50 * -40 * x * x + 700 * x * x * x, 300, h);
            Assert.Equal(-2000 * h * h, found.Symmetric, 1e-9);
            Assert.Equal(-40, found.GammaOfOnePercent, 1e-9);
            Assert.Equal(700 * h * h * h, found.Skew, 1e-9);
        }
    }

    [Fact]
    public void A_small_move_of_an_option_bends_by_its_gamma()
    {
        const double price = 60_000;
        double Value(double x) => BlackScholes.OnForward(OptionKind.Call, price * (1 + x), 62_000, 0.1, 0, 0.6).Price;
        var greeks = BlackScholes.OnForward(OptionKind.Call, price, 62_000, 0.1, 0, 0.6);
        var found = ShockConvexity.Of(x => Value(x) - Value(0), greeks.Delta * price, 0.001);
        Assert.Equal(1, found.GammaOfOnePercent / (greeks.Gamma * price * price / 100), 1e-4);
    }

    /// <summary>What is left over is of the third order: half the move leaves an eighth.</summary>
    [Fact]
    public void A_small_gain_is_explained_and_a_large_one_is_not()
    {
        const double price = 60_000;
        var greeks = BlackScholes.OnForward(OptionKind.Call, price, 66_000, 0.05, 0, 0.6);
        TaylorAttribution Of(double move, double volatility, double years) => TaylorAttribution.Of(greeks, price, new(move, volatility, years),
            BlackScholes.OnForward(OptionKind.Call, price * (1 + move), 66_000, 0.05 - years, 0, 0.6 + volatility).Price - greeks.Price);
        var (one, half) = (Of(0.004, 0.004, 0.004 * 0.004), Of(0.002, 0.002, 0.002 * 0.002));
        Assert.Equal(0.125, half.Residual / one.Residual, 0.005);
        Assert.False(one.IsUnreliable);
        Assert.Equal(one.Full, one.Explained + one.Residual, 1e-9);
        Assert.True(Of(-0.3, 0, 0).IsUnreliable);
    }

    /// <summary>1 coin of gamma a 1 % move, 60 against 50 % of volatility.</summary>
    [Fact]
    public void Short_convexity_costs_where_more_moves_than_was_paid_for()
    {
        const double price = 60_000, gamma = -1 / (price / 100);
        Assert.Equal(0.5 * -100 * price * (0.36 - 0.25) / 365, GammaCarry.ADay(gamma, price, 0.6, 0.5), 1e-9);
        Assert.Equal(0, GammaCarry.ADay(gamma, price, 0.5, 0.5));
    }

    private static void Same(double expected, double found) => Assert.True(Math.Abs(found - expected) <= 1e-9 * Math.Abs(expected), $"{found:R}, expected {expected:R}");
}
