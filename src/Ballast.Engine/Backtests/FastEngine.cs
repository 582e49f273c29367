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
            FirstBar = log.Bars.Count > 0 ? log.Bars[0] : -1,
            FirstHoldings = log.Bars.Count > 0 ? Holdings(run, log) : ImmutableSortedDictionary<Asset, double>.Empty,
        };
    }

    /// <summary>The computation alone, as a benchmark times it: value at every close, and the figures of the curve.</summary>
    public static FastResult Compute(FastRun run, double[] equity) => FastBacktest.Run(run.Prices, run.Policy, equity);

    private static ImmutableArray<Rebalanced> Rebalances(FastRun run, RebalanceLog log) =>
        [.. log.Bars.Skip(run.Policy.Initial == InitialPurchase.Charged ? 0 : 1).Select(bar => new Rebalanced(bar, run.Opens[bar], "", double.NaN, double.NaN))];

    private static ImmutableSortedDictionary<Asset, double> Holdings(FastRun run, RebalanceLog log)
    {
        var held = ImmutableSortedDictionary.CreateBuilder<Asset, double>();
        for (var i = 0; i < run.Assets.Length; i++) held[run.Assets[i]] = log.QuantitiesAfter[0][i];
        held[run.Base] = log.CashAfter[0];
        return held.ToImmutable();
    }
}
