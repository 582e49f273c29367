using Ballast.Engine.Backtests;
using Ballast.Numerics.Backtest;

namespace Ballast.Tests.Engine.Backtests;

/// <summary>The planner in decimals and the kernels in doubles tell the same history.</summary>
public class EnginesAgreeTests
{
    [Fact]
    public void The_same_bars_trade_and_equity_agrees_within_1e9_for_any_policy_that_both_can_run()
    {
        var ran = 0;
        for (ulong seed = 1; seed <= 400; seed++)
        {
            var any = new AnyHistory(seed);
            var history = any.Prices();
            var (policy, settings) = (any.Policy(history), any.Settings());
            var (fast, why) = FastPath.Of(policy, history, settings);
            Assert.True(fast is not null, $"seed {seed}: {why}");
            if (FastEngine.Run(fast) is not { } arrays) continue;
            var exact = ExactBacktest.Run(policy, history, settings, CancellationToken.None);

            ran++;
            var (inArrays, planned) = (string.Join(' ', arrays.Rebalances.Select(r => r.Bar)), string.Join(' ', exact.Rebalances.Select(r => r.Bar)));
            Assert.True(inArrays == planned, $"seed {seed}, {Words(policy, settings)}\n{inArrays} in arrays\n{planned} planned");
            for (var t = 0; t < exact.Equity.Length; t++)
                Assert.True(Math.Abs(arrays.Equity[t] / exact.Equity[t] - 1) <= 1e-9, $"seed {seed}, bar {t}: {arrays.Equity[t]:R} in arrays, {exact.Equity[t]:R} planned");
            foreach (var (planner, kernel) in exact.Rebalances.Zip(arrays.Rebalances))
            {
                Assert.Equal(planner.Turnover, kernel.Turnover, 1e-8);
                Assert.Equal(planner.Cost / exact.Equity[0], kernel.Cost / exact.Equity[0], 1e-8);
            }
            Assert.Equal(exact.TradeCount, arrays.TradeCount);
            Assert.Equal(exact.Turnover, arrays.Turnover, 1e-8);
            Assert.Equal(exact.Costs / exact.Equity[0], arrays.Costs / exact.Equity[0], 1e-9);
        }
        Assert.True(ran > 300, $"only {ran} policies ran in both");
    }

    private static string Words(Ballast.Planning.Policy policy, BacktestSettings settings) =>
        $"{string.Join(" or ", policy.Rebalance.When.Select(r => r.Words))}, {policy.Rebalance.Interval}, {policy.Rebalance.To}, {policy.Targets}, {string.Join(' ', ((Ballast.Targets.TargetNode.Weights)policy.Targets).Shares)}, {policy.Costs.Sizing} {policy.Costs.Default.Fee}, {settings.Fill} {settings.ChargeInitial} {settings.LastBarTrades}";
}
