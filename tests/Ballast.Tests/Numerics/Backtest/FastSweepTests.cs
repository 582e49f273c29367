using Ballast.Numerics.Backtest;
using FsCheck;
using FsCheck.Fluent;

namespace Ballast.Tests.Numerics.Backtest;

public class FastSweepTests
{
    [Fact]
    public void The_sweep_row_ends_as_printed()
    {
        var (prices, weights, _) = BenchInputs.Load("h10");
        int[] intervals = [1, 2, 3, 4, 6, 8, 12, 18, 24, 30, 36, 42, 48, 60, 72, 84, 96, 120, 144, 168, 192, 240, 336, 504, 720];
        var policies = intervals.SelectMany(k => Bands(prices, weights, BarSet.Every(k, prices.Bars))).ToArray();
        var results = FastSweep.Run(prices, policies);
        Assert.Equal(302_844, results.Sum(r => r.Rebalances));
        Assert.Equal(100985886.665629, results.Sum(r => r.EndValue), 1e-11 * 100985886.665629);
        Assert.Equal(106868.609058, results[(23 * 40) + 39].EndValue, 1e-6);
        Assert.Equal(results.Max(r => r.EndValue), results[(23 * 40) + 39].EndValue);
    }

    [Fact]
    public void A_sweep_equals_its_policies_run_one_by_one() =>
        Prop.ForAll<int>(seed =>
        {
            var run = new AnyRun(seed);
            var policies = Enumerable.Range(0, 1 + (Math.Abs(seed) % 37)).Select(_ => run.Varied()).ToArray();
            var results = FastSweep.Run(run.Prices, policies);
            for (var k = 0; k < policies.Length; k++) Same(FastBacktest.Run(run.Prices, policies[k], new double[run.Prices.Bars]), results[k]);
        }).Check(Chance.Cases(500));

    [Fact]
    public void Units_may_run_in_any_order_and_return_the_same_bytes()
    {
        var run = new AnyRun(5);
        var policies = Enumerable.Range(0, 50).Select(_ => run.Varied()).ToArray();
        var plan = FastSweep.Plan(run.Prices, policies);
        var backwards = new FastResult[policies.Length];
        for (var unit = plan.Units - 1; unit >= 0; unit--) plan.RunUnit(unit, backwards);
        Assert.Equal(FastSweep.Run(run.Prices, policies), backwards);
    }

    private static IEnumerable<FastPolicy> Bands(PriceMatrix prices, double[] weights, BarSet look) =>
        Enumerable.Range(1, 40).Select(b => BenchInputs.Policy(weights) with { Look = look, Bands = BenchInputs.Relative(weights, b * 0.01) });

    private static void Same(FastResult expected, FastResult actual)
    {
        Assert.Equal(expected.Status, actual.Status);
        if (expected.Status == FastStatus.CashBelowZero) return;
        Assert.Equal(expected.Rebalances, actual.Rebalances);
        Assert.Equal(expected.EndValue, actual.EndValue, 1e-11 * expected.EndValue);
        Assert.Equal(expected.Turnover, actual.Turnover, 1e-11 * (1 + expected.Turnover));
        Assert.Equal(expected.Costs, actual.Costs, 1e-11 * expected.EndValue);
        Assert.Equal(expected.MaxDrawdown, actual.MaxDrawdown, 1e-11);
        Assert.Equal(expected.Volatility ?? -1, actual.Volatility ?? -1, 1e-11);
    }
}
