using Ballast.Money;
using Ballast.Numerics.Backtest;

namespace Ballast.Engine.Backtests;

/// <summary>Runs a policy over arrays and tells what happened in the words of the exact engine.</summary>
public static class FastEngine
{
    /// <returns>Null where the fee did not fit into cash, so that only the planner can say what happens.</returns>
    public static BacktestResult? Run(FastRun run)
    {
        var equity = new double[run.Prices.Bars];
        var log = new RebalanceLog();
        var result = FastBacktest.Run(run.Prices, run.Policy, equity, log);
        if (result.Status != FastStatus.Done) return null;
        return new BacktestResult("fast", run.Opens, equity, new double[equity.Length], Rebalances(run, log), result.Costs, result.Turnover)
        {
            TradeCount = TradeCount(run, log, equity),
            FirstBar = log.Bars.Count > 0 ? log.Bars[0] : -1,
            FirstHoldings = log.Bars.Count > 0 ? Holdings(run, log) : ImmutableSortedDictionary<Asset, double>.Empty,
        };
    }

    /// <summary>The computation alone, as a benchmark times it: value at every close, and the figures of the curve.</summary>
    public static FastResult Compute(FastRun run, double[] equity) => FastBacktest.Run(run.Prices, run.Policy, equity);

    private static ImmutableArray<Rebalanced> Rebalances(FastRun run, RebalanceLog log) =>
        [.. Enumerable.Range(0, log.Bars.Count).Skip(run.Policy.Initial == InitialPurchase.Charged ? 0 : 1).Select(k => Rebalance(run, log, k))];

    /// <summary>What a fill moved and cost, from what was held before and after it: cash that did not become assets was the cost.</summary>
    private static Rebalanced Rebalance(FastRun run, RebalanceLog log, int fill)
    {
        var (bar, cash) = (log.Bars[fill], fill == 0 ? run.Policy.StartValue : log.CashAfter[fill - 1]);
        var (traded, spent, before) = (0.0, 0.0, cash);
        for (var i = 0; i < run.Assets.Length; i++)
        {
            var price = fill > 0 && run.Policy.Fill == Fill.NextOpen ? run.Prices.Open(bar, i) : run.Prices.Close(bar, i);
            var held = fill == 0 ? 0 : log.QuantitiesAfter[fill - 1][i];
            var value = (log.QuantitiesAfter[fill][i] - held) * price;
            (traded, spent, before) = (traded + Math.Abs(value), spent + value, before + held * price);
        }
        return new Rebalanced(bar, run.Opens[bar], "", traded / before, cash - log.CashAfter[fill] - spent);
    }

    /// <summary>How many orders the rebalances were: a quantity that moves by less than the last digit of the value is none.</summary>
    private static int TradeCount(FastRun run, RebalanceLog log, double[] equity)
    {
        var count = 0;
        for (var k = run.Policy.Initial == InitialPurchase.Charged ? 0 : 1; k < log.Bars.Count; k++)
            for (var i = 0; i < run.Assets.Length; i++)
            {
                var moved = Math.Abs(log.QuantitiesAfter[k][i] - (k == 0 ? 0 : log.QuantitiesAfter[k - 1][i]));
                if (moved * run.Prices.Close(log.Bars[k], i) > 1e-9 * equity[log.Bars[k]]) count++;
            }
        return count;
    }

    private static ImmutableSortedDictionary<Asset, double> Holdings(FastRun run, RebalanceLog log)
    {
        var held = ImmutableSortedDictionary.CreateBuilder<Asset, double>();
        for (var i = 0; i < run.Assets.Length; i++) held[run.Assets[i]] = log.QuantitiesAfter[0][i];
        held[run.Base] = log.CashAfter[0];
        return held.ToImmutable();
    }
}
