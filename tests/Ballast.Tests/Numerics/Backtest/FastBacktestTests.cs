using Ballast.Numerics.Backtest;
using FsCheck;
using FsCheck.Fluent;

namespace Ballast.Tests.Numerics.Backtest;

public class FastBacktestTests
{
    [Fact]
    public void The_kernel_equals_the_plain_loop_for_any_prices_and_policy() =>
        Prop.ForAll<int>(seed =>
        {
            var run = new AnyRun(seed);
            var equity = new double[run.Prices.Bars];
            var log = new RebalanceLog();
            var result = FastBacktest.Run(run.Prices, run.Policy, equity, log);
            var plain = new PlainBacktest(run.Prices, run.Policy).Run();
            Assert.Equal(plain.CashFellBelowZero, result.Status == FastStatus.CashBelowZero);
            if (plain.CashFellBelowZero) return;
            Assert.Equal(plain.Bars, log.Bars);
            Assert.Equal(plain.Rebalances, result.Rebalances);
            Same(plain.Equity, equity);
            for (var k = 0; k < log.Bars.Count; k++) Near(plain.Quantities[k], log.QuantitiesAfter[k]);
            Assert.Equal(plain.Turnover, result.Turnover, 1e-11 * (1 + plain.Turnover));
            Assert.Equal(plain.Costs, result.Costs, 1e-11 * run.Policy.StartValue);
            SameStatistics(plain.Equity, result);
        }).Check(Chance.Cases(1500));

    private static void Same(double[] expected, double[] actual)
    {
        for (var t = 0; t < expected.Length; t++)
            Assert.True(Math.Abs(expected[t] - actual[t]) <= 1e-11 * expected[t], $"bar {t}: {actual[t]:R} is not {expected[t]:R}");
    }

    private static void Near(double[] expected, double[] actual)
    {
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], (1e-10 * Math.Abs(expected[i])) + 1e-9);
    }

    private static void SameStatistics(double[] equity, FastResult result)
    {
        var gains = equity.Skip(1).Zip(equity, (now, was) => (now / was) - 1).ToArray();
        if (gains.Length < 2) Assert.Null(result.Volatility);
        else Assert.Equal(Math.Sqrt(gains.Sum(g => (g - gains.Average()) * (g - gains.Average())) / (gains.Length - 1)), result.Volatility!.Value, 1e-11);
        double peak = 0, fall = 0;
        foreach (var value in equity) (peak, fall) = (Math.Max(peak, value), Math.Max(fall, 1 - (value / Math.Max(peak, value))));
        Assert.Equal(fall, result.MaxDrawdown, 1e-11);
    }
}
