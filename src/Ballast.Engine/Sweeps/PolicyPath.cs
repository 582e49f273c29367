using Ballast.Engine.Backtests;
using Ballast.Market;
using Ballast.Numerics.Evaluation;

namespace Ballast.Engine.Sweeps;

/// <summary>One policy's way through all of a history, so that any stretch of it can be judged.</summary>
/// <param name="Returns">Of each bar but the first, flows left out.</param>
/// <param name="Costs">Paid in each bar but the first, as a fraction of the value at its close.</param>
public sealed record PolicyPath(double[] Returns, double[] Costs)
{
    internal static PolicyPath Of(SweepPolicy policy, PriceHistory history, BacktestSettings settings, FastPrices prices, CancellationToken cancel) => Of(
        FastPath.Of(policy.Policy, history, settings, prices).Run is { } fast && FastEngine.Run(fast) is { } quick ? quick : ExactBacktest.Run(policy.Policy, history, settings, cancel));

    internal static PolicyPath Of(BacktestResult run)
    {
        var costs = new double[run.Equity.Length - 1];
        foreach (var r in run.Rebalances)
            if (r.Bar > 0) costs[r.Bar - 1] += r.Cost / run.Equity[r.Bar];
        return new PolicyPath(run.Returns(), costs);
    }

    /// <summary>Some stretches of it, put together in their order.</summary>
    public PolicyPath Over(IReadOnlyList<Stretch> stretches) => new(Joined(Returns, stretches), Joined(Costs, stretches));

    private static double[] Joined(double[] series, IReadOnlyList<Stretch> stretches) => [.. stretches.SelectMany(s => series[s.First..s.End])];
}
