using Ballast.Numerics.Backtest;

namespace Ballast.Tests.Numerics.Backtest;

/// <summary>The rows that other back-testers were measured on; their results are known to every printed digit.</summary>
public class RowTests
{
    [Theory]
    [InlineData("d10", 292766.16939235)]
    [InlineData("d100", 551593.01924262)]
    [InlineData("d500", 887124.36965019)]
    public void Monthly_rows_end_as_printed(string input, double end)
    {
        var (prices, weights, monthStarts) = BenchInputs.Load(input);
        var result = FastBacktest.Run(prices, BenchInputs.Policy(weights) with { Act = monthStarts }, new double[prices.Bars]);
        Assert.Equal(83, result.Rebalances);
        Assert.Equal(end, result.EndValue, 1e-11 * end);
    }

    [Fact]
    public void The_band_row_ends_as_printed()
    {
        var (prices, weights, _) = BenchInputs.Load("h10");
        var policy = BenchInputs.Policy(weights) with { Look = BarSet.Every(1, prices.Bars), Bands = BenchInputs.Relative(weights, 0.05) };
        var result = FastBacktest.Run(prices, policy, new double[prices.Bars]);
        Assert.Equal(1362, result.Rebalances);
        Assert.Equal(100927.77340871, result.EndValue, 1e-11 * 100927.77340871);
    }
}
