using System.Diagnostics;
using Ballast.Engine.Backtests;
using Ballast.Market;
using Ballast.Numerics.Backtest;
using Ballast.Numerics.Statistics;
using Ballast.Planning;

namespace Ballast.Engine.Sweeps;

/// <summary>Many policies over one history, over all cores; the results do not depend on how many.</summary>
public static class Sweep
{
    /// <param name="history">The prices.</param>
    /// <param name="settings">How they are replayed.</param>
    /// <param name="policies">The policies, with what sets each apart.</param>
    /// <param name="threads">How many cores to use.</param>
    /// <param name="repeats">How often to run what fits arrays, for timing.</param>
    /// <param name="progress">Told how many are done, from any thread.</param>
    public static SweepResult Run(
        PriceHistory history, BacktestSettings settings, IReadOnlyList<SweepPolicy> policies, int threads, int repeats = 1, Action<int>? progress = null, CancellationToken cancel = default) =>
        Run(history, settings, policies, threads, repeats, (_, done, _, _) => progress?.Invoke(done), cancel);

    /// <inheritdoc cref="Run(PriceHistory, BacktestSettings, IReadOnlyList{SweepPolicy}, int, int, Action{int}?, CancellationToken)"/>
    /// <param name="finished">Told the place of each run that is done, how many are, what it came to and the returns of its bars, from any thread: what stays when the rest is cancelled.</param>
    public static SweepResult Run(
        PriceHistory history, BacktestSettings settings, IReadOnlyList<SweepPolicy> policies, int threads, int repeats, Action<int, int, SweepRun, double[]> finished, CancellationToken cancel)
    {
        var prices = new FastPrices(history, settings);
        var fast = policies.Select(p => FastPath.Of(p.Policy, history, settings, prices).Run).ToArray();
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel };
        var (results, ms) = RunFast(fast, repeats, options);
        var atTarget = policies.Select(p => p.Policy.Targets).Distinct().ToDictionary(t => t, t => TrackingError.AtTarget(policies.First(p => p.Policy.Targets == t).Policy, history, settings));
        var runs = new SweepRun[policies.Count];
        var done = 0;
        Parallel.For(0, policies.Count, options, k =>
        {
            (runs[k], var returns) = fast[k] is { } run && results[k] is { Status: FastStatus.Done } result
                ? OfFast(policies[k], run, result, atTarget[policies[k].Policy.Targets], BarsAYear.Of(history.Spacing, settings))
                : OfExact(policies[k], history, settings, cancel);
            finished(k, Interlocked.Increment(ref done), runs[k], returns);
        });
        return new SweepResult([.. runs], ms);
    }

    /// <summary>All policies that fit arrays, in groups of lanes; groups that share prices are planned together.</summary>
    private static (FastResult?[] Results, double Milliseconds) RunFast(FastRun?[] runs, int repeats, ParallelOptions options)
    {
        var results = new FastResult?[runs.Length];
        var ms = 0.0;
        foreach (var group in Enumerable.Range(0, runs.Length).Where(k => runs[k] is not null).GroupBy(k => runs[k]!.Prices))
        {
            var members = group.ToArray();
            var plan = FastSweep.Plan(group.Key, [.. members.Select(k => runs[k]!.Policy)]);
            var found = new FastResult[members.Length];
            var times = new double[repeats];
            for (var r = 0; r < repeats; r++)
            {
                var start = Stopwatch.GetTimestamp();
                if (options.MaxDegreeOfParallelism == 1)
                    for (var unit = 0; unit < plan.Units; unit++) plan.RunUnit(unit, found);
                else Parallel.For(0, plan.Units, options, unit => plan.RunUnit(unit, found));
                times[r] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }
            Array.Sort(times);
            ms += times[repeats / 2];
            for (var m = 0; m < members.Length; m++) results[members[m]] = found[m];
        }
        return (results, ms);
    }

    private static (SweepRun Run, double[] Returns) OfFast(SweepPolicy policy, FastRun run, FastResult result, double[]? atTarget, double perYear)
    {
        var equity = new double[run.Prices.Bars];
        FastEngine.Compute(run, equity);
        var returns = new double[equity.Length - 1];
        for (var t = 0; t < returns.Length; t++) returns[t] = equity[t + 1] / equity[t] - 1;
        return (new SweepRun(policy.Values, "fast", result.EndValue, result.Volatility * Math.Sqrt(perYear), result.MaxDrawdown, result.Turnover, result.Rebalances, result.Costs,
            CostAYear(result.Costs, equity, perYear), atTarget is { Length: >= 2 } target ? TrackingError.Deviation(returns, target) * Math.Sqrt(perYear) : null), returns);
    }

    private static (SweepRun Run, double[] Returns) OfExact(SweepPolicy policy, PriceHistory history, BacktestSettings settings, CancellationToken cancel)
    {
        var perYear = BarsAYear.Of(history.Spacing, settings);
        var run = ExactBacktest.Run(policy.Policy, history, settings, cancel);
        var returns = run.Returns();
        var figures = BacktestFigures.Of(StartValue.Of(run, settings), run.Equity[^1], returns, perYear, settings.RiskFree);
        return (new SweepRun(policy.Values, "exact", run.Equity[^1], figures.Volatility, figures.MaxDrawdown, run.Turnover, run.Rebalances.Length, run.Costs,
            CostAYear(run.Costs, run.Equity, perYear), TrackingError.Of(policy.Policy, history, settings, run, perYear)), returns);
    }

    private static double CostAYear(double costs, double[] equity, double perYear) => costs / equity.Average() / (equity.Length / perYear);
}

/// <summary>A policy of a sweep and the values that set it apart, in the order of the varied keys.</summary>
public sealed record SweepPolicy(ImmutableArray<string> Values, Policy Policy);

/// <summary>What one policy of a sweep came to.</summary>
/// <param name="CostAYear">Costs a year as a fraction of the average value.</param>
public sealed record SweepRun(
    ImmutableArray<string> Values, string Engine, double EndValue, double? Volatility, double? MaxDrawdown, double Turnover, int Rebalances, double Costs,
    double CostAYear, double? TrackingError);

/// <param name="Milliseconds">The computation over arrays alone: end value, turnover, volatility and drawdown of every policy that fits them.</param>
public sealed record SweepResult(ImmutableArray<SweepRun> Runs, double Milliseconds)
{
    /// <summary>The highest end value; of equals, the first.</summary>
    public SweepRun Best => Runs.MaxBy(r => r.EndValue)!;

    /// <summary>Runs that no other beats in both cost and tracking error, the cheapest first.</summary>
    public ImmutableArray<SweepRun> Pareto()
    {
        var front = ImmutableArray.CreateBuilder<SweepRun>();
        var least = double.PositiveInfinity;
        foreach (var run in Runs.Where(r => r.TrackingError is not null).OrderBy(r => r.CostAYear).ThenBy(r => r.TrackingError))
            if (run.TrackingError < least)
            {
                least = run.TrackingError!.Value;
                front.Add(run);
            }
        return front.ToImmutable();
    }
}
