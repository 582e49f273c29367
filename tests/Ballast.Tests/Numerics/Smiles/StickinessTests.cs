using Ballast.Numerics.Allocation;
using Ballast.Numerics.Options;
using Ballast.Numerics.Smiles;

namespace Ballast.Tests.Numerics.Smiles;

public class StickinessTests
{
    private const double Strike = 95, Years = 0.25, Price = 100;

    private static readonly SviSmile Smile = new(Price, Years, new(0.01, 0.1, -0.4, 0.02, 0.15));

    /// <summary>The whole book revalued with a smile that moves with the price, stays, or moves against it, against the formula.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(0.4)]
    public void The_total_delta_is_the_slope_of_the_revalued_price(double r)
    {
        var k = Math.Log(Strike / Price);
        double Value(double price) => BlackScholes.OnForward(OptionKind.Put, price, Strike, Years, 0, Smile.Volatility(k - r * Math.Log(price / Price))).Price;
        var greeks = BlackScholes.OnForward(OptionKind.Put, Price, Strike, Years, 0, Smile.Volatility(k));

        var total = new Stickiness(r).TotalDelta(greeks.Delta, greeks.Vega, Price, Smile.Skew(k));

        Assert.Equal((Value(Price + 0.001) - Value(Price - 0.001)) / 0.002, total, 1e-7);
    }

    [Fact]
    public void Stickiness_is_found_where_it_was_put()
    {
        var random = new System.Random(20261123);
        double[] skew = [.. Enumerable.Range(0, 300).Select(_ => -0.3 + 0.1 * random.NextDouble())];
        double[] move = [.. skew.Select(_ => 0.08 * (random.NextDouble() - 0.5))];
        double[] change = [.. skew.Zip(move, (s, m) => (1 - 0.6) * s * m + 0.0005 * (random.NextDouble() - 0.5))];

        var found = Stickiness.Estimate(change, skew, move).OrThrow();

        Assert.InRange(found.R, 0.6 - 4 * found.Error!.Value, 0.6 + 4 * found.Error.Value);
        Assert.InRange(found.Error.Value, 1e-4, 0.05);
        Assert.Equal(1 - found.R, found.SkewStickinessRatio);
    }

    [Fact]
    public void Too_short_a_history_and_a_wild_choice_are_refused()
    {
        var zeros = new double[19];
        Assert.Equal("InsufficientData", Assert.IsType<Answer<Stickiness>.Refused>(Stickiness.Estimate(zeros, zeros, zeros)).Code);
        Assert.Equal("SingularRegressors", Assert.IsType<Answer<Stickiness>.Refused>(Stickiness.Estimate(new double[30], new double[30], new double[30])).Code);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Stickiness(2.1).TotalDelta(0.5, 10, 100, -0.2));
    }

    /// <summary>Values that move as the formula says give its coefficients back, and its delta leaves nothing.</summary>
    [Fact]
    public void The_delta_of_least_variance_is_found_where_it_was_put()
    {
        var (random, truth) = (new System.Random(20261123), new MinimumVarianceDelta(-0.25, 0.4, -0.55));
        OptionMove[] moves = [.. Enumerable.Range(0, 200).Select(_ =>
        {
            var (delta, price, years, step) = (random.NextDouble(), 90 + 20 * random.NextDouble(), 0.05 + random.NextDouble(), 4 * random.NextDouble() - 2);
            var vega = 0.4 * price * Math.Sqrt(years) * random.NextDouble();
            return new OptionMove(truth.Of(delta, vega, price, years) * step, step, price, delta, vega, years);
        })];

        var found = MinimumVarianceDelta.Fit(moves).OrThrow();

        Assert.Equal(truth.A, found.A, 1e-9);
        Assert.Equal(truth.B, found.B, 1e-9);
        Assert.Equal(truth.C, found.C, 1e-9);
        Assert.Equal("InsufficientData", Assert.IsType<Answer<MinimumVarianceDelta>.Refused>(MinimumVarianceDelta.Fit(moves[..19])).Code);
    }
}
