using Ballast.Numerics.Options;

namespace Ballast.Tests.Numerics.Options;

public class OptionGridTests
{
    private static readonly double[] Moves = [-0.99, -0.16, -0.08, 0, 0.04, 0.16, 5];

    /// <summary>Against the sum of the scalar formula, scenario by scenario; expired options and some without volatility are among them.</summary>
    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(13, false)]
    [InlineData(2_000, false)]
    [InlineData(2_000, true)]
    public void Every_scenario_is_the_sum_of_its_positions(int count, bool inCoin)
    {
        var (x, quantities, volatilities) = Book(count);
        var (gains, each) = (new double[2 * Moves.Length], new double[2 * Moves.Length * count]);

        OptionGrid.Gains(x.Terms, quantities, Moves, volatilities, inCoin, gains, each);

        for (var scenario = 0; scenario < gains.Length; scenario++)
        {
            var (sum, gross) = (0.0, 0.0);
            for (var i = 0; i < count; i++)
            {
                var (move, volatility) = (Moves[scenario % Moves.Length], volatilities[scenario / Moves.Length * count + i]);
                var (before, after) = (Value(x, i, 0, x.Volatility[i], inCoin), Value(x, i, move, volatility, inCoin));
                var (gain, scale) = (quantities[i] * (after - before), Math.Abs(quantities[i]) * Math.Max(before, after));
                Assert.Equal(gain, each[scenario * count + i], 1e-13 * (scale + Math.Abs(quantities[i]) * (inCoin ? 1 : x.Spot[i])));
                (sum, gross) = (sum + gain, gross + scale);
            }
            Assert.Equal(sum, gains[scenario], 1e-12 * gross);
        }
    }

    [Fact]
    public void The_sums_are_the_same_without_each()
    {
        var (x, quantities, volatilities) = Book(100);
        var (alone, beside) = (new double[2 * Moves.Length], new double[2 * Moves.Length]);
        OptionGrid.Gains(x.Terms, quantities, Moves, volatilities, true, alone);
        OptionGrid.Gains(x.Terms, quantities, Moves, volatilities, true, beside, new double[200 * Moves.Length]);
        Assert.Equal(beside, alone);
    }

    [Fact]
    public void Every_machine_finds_the_same_bytes()
    {
        var (x, quantities, volatilities) = Book(1_001, expired: false);
        var (gains, fold) = (new double[2 * Moves.Length], 17UL);
        OptionGrid.Gains(x.Terms, quantities, Moves, volatilities, false, gains);
        foreach (var gain in gains) fold = unchecked(fold * 31 + BitConverter.DoubleToUInt64Bits(gain));
        Assert.Equal(15331835474121280312UL, fold);
    }

    [Fact]
    public void What_is_no_scenario_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => OptionGrid.Gains(new([1], [100], [100], [1], [0.5]), [1], [-1.0], [0.5], false, new double[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => OptionGrid.Gains(new([1], [100], [-100], [1], [0.5]), [1], [0.1], [0.5], false, new double[1]));
        Assert.Throws<ArgumentException>(() => OptionGrid.Gains(new([1], [100], [100], [1], [0.5]), [1], [0.1], [0.5, 0.6], false, new double[1]));
        Assert.Throws<ArgumentException>(() => OptionGrid.Gains(new([1], [100], [100], [1], [0.5]), [1, 2], [0.1], [0.5], false, new double[1]));
        Assert.Throws<ArgumentException>(() => OptionGrid.Gains(new([1], [100], [100], [1], [0.5]), [1], [0.1], [0.5], false, new double[1], new double[2]));
    }

    private static (Drawn Options, double[] Quantities, double[] Volatilities) Book(int count, bool expired = true)
    {
        var (x, random) = (Drawn.Of(count, 5), new System.Random(6));
        for (var i = 3; expired && i < count; i += 17) (x.Years[i], x.Volatility[(i + 5) % count]) = (0, 0);
        double[] quantities = [.. x.Spot.Select(_ => 20 * random.NextDouble() - 10)];
        return (x, quantities, [.. x.Volatility.Select(v => 0.75 * v), .. x.Volatility.Select(v => 1.5 * v)]);
    }

    private static double Value(Drawn x, int i, double move, double volatility, bool inCoin)
    {
        var forward = x.Spot[i] * (1 + move);
        var value = BlackScholes.OnForward(x.Kind(i), forward, x.Strike[i], x.Years[i], 0, volatility).Price;
        return inCoin ? value / forward : value;
    }
}
