using Ballast.Numerics.Options;

namespace Ballast.Tests.Numerics.Options;

public class OptionBatchTests
{
    private const double Rate = 0.03, Yield = 0.01;

    /// <summary>All lengths around the eight of a step; expired options, some without volatility and some far out among the others.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(19)]
    [InlineData(20_000)]
    public void Many_at_once_are_priced_as_one_by_one(int count)
    {
        var random = new System.Random(20261123);
        double[] Drawn(double low, double high) => [.. Enumerable.Range(0, count).Select(_ => low + (high - low) * random.NextDouble())];
        var (spot, strike, years, vol) = (Drawn(50, 150), Drawn(20, 300), Drawn(0.001, 3), Drawn(0.02, 2.5));
        double[] sign = [.. Drawn(-1, 1).Select(x => x < 0 ? -1.0 : 1)];
        for (var i = 3; i < count; i += 17) (years[i], vol[(i + 5) % count]) = (0, 0);
        var values = new double[5 * count];

        OptionBatch.OnSpot(new(sign, spot, strike, years, vol), Rate, Yield, values);

        for (var i = 0; i < count; i++)
        {
            var one = BlackScholes.OnSpot(sign[i] > 0 ? OptionKind.Call : OptionKind.Put, spot[i], strike[i], years[i], Rate, Yield, vol[i]);
            var (at, s) = (i, spot[i]);
            void Same(double expected, int output, double scale) => Assert.True(Math.Abs(values[output * count + at] - expected) <= 1e-13 * Math.Max(Math.Abs(expected), scale), $"{at}, {output}: {values[output * count + at]:R}, expected {expected:R}");
            Same(one.Price, 0, s);
            Same(one.Delta, 1, 1);
            Same(one.Gamma, 2, 1 / s);
            Same(one.Vega, 3, s);
            Same(one.Theta, 4, s);
        }
    }

    [Fact]
    public void Arrays_of_other_lengths_are_refused()
    {
        Assert.Throws<ArgumentException>(() => OptionBatch.OnSpot(new([1], [100], [100], [1], [0.5]), 0, 0, new double[4]));
        Assert.Throws<ArgumentException>(() => OptionBatch.OnSpot(new([1], [100, 100], [100, 90], [1, 1], [0.5, 0.5]), 0, 0, new double[10]));
    }
}
