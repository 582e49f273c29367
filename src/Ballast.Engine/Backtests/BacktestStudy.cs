using System.Diagnostics;
using Ballast.Market;
using Ballast.Numerics.Statistics;
using Ballast.Planning;

namespace Ballast.Engine.Backtests;

/// <summary>A back-test with what it is compared with: holding, chance, and the other engine.</summary>
/// <param name="Hold">The same figures for holding the first purchase; null where there was none.</param>
/// <param name="Against">Policy less holding, with the interval that chance gives it.</param>
/// <param name="TrackingError">Annual, against always being at target, costs apart; null where targets are not fixed.</param>
/// <param name="EnginesDiffer">Largest relative difference of equity between the two engines; null where only one could run.</param>
/// <param name="WhyExact">Why the fast engine did not run; null where it did.</param>
/// <param name="Milliseconds">The computation alone, median of the repeats.</param>
public sealed record BacktestStudy(
    Policy Policy, PriceHistory History, BacktestSettings Settings, BacktestResult Run, BacktestFigures Figures,
    double[]? HoldEquity, BacktestFigures? Hold, BlockBootstrap? Against, double? TrackingError, double? EnginesDiffer, string? WhyExact, double Milliseconds)
{
    /// <summary>The seed of the bootstrap: stated, so that the same input gives the same bytes.</summary>
    public const ulong Seed = 20260101;

    public double BarsAYear { get; } = Backtests.BarsAYear.Of(History.Spacing, Settings);

    /// <param name="policy">What the user wants.</param>
    /// <param name="history">The prices.</param>
    /// <param name="settings">How it is replayed.</param>
    /// <param name="engine">Which engine; by default the fast one where it can run, with the exact one beside it when detail is kept.</param>
    /// <param name="repeats">How often to run, for timing.</param>
    public static BacktestStudy Of(Policy policy, PriceHistory history, BacktestSettings settings, EngineChoice engine = EngineChoice.Either, int repeats = 1, CancellationToken cancel = default)
    {
        var (fast, whyNot) = engine == EngineChoice.Exact ? (null, "the exact engine was asked for") : FastPath.Of(policy, history, settings);
        var (quick, ms) = fast is null ? (null, 0) : (FastEngine.Run(fast), TimeOf(fast, repeats));
        if (fast is not null && quick is null) whyNot = "the fee does not fit into cash: the planner has to scale the trades";
        var (run, exactMs) = quick is not null && !settings.KeepDetail ? (quick, ms) : Timed(() => ExactBacktest.Run(policy, history, settings, cancel)!, quick is null ? repeats : 1);
        var differ = quick is not null && settings.KeepDetail ? Difference(quick.Equity, run!.Equity) : (double?)null;
        return Judge(policy, history, settings, run!, quick is null ? whyNot : null, differ, quick is null ? exactMs : ms);
    }

    private static BacktestStudy Judge(Policy policy, PriceHistory history, BacktestSettings settings, BacktestResult run, string? whyExact, double? differ, double ms)
    {
        var perYear = Backtests.BarsAYear.Of(history.Spacing, settings);
        var hold = HoldBenchmark.Equity(policy, history, settings, run);
        var returns = run.Returns();
        var holdReturns = hold is null ? null : (run with { Equity = hold }).Returns();
        return new BacktestStudy(policy, history, settings, run, FiguresOf(run.Equity, returns, run, settings, perYear), hold,
            hold is null ? null : FiguresOf(hold, holdReturns!, run, settings, perYear),
            holdReturns is null || returns.Length < Fewest ? null
                : BlockBootstrap.Compare(returns, holdReturns, perYear, new BootstrapPlan(Seed), settings.RiskFree / perYear),
            Backtests.TrackingError.Of(policy, history, settings, run, perYear), differ, whyExact, ms);
    }

    /// <summary>With fewer returns chance cannot be told from anything.</summary>
    private const int Fewest = 60;

    private static BacktestFigures FiguresOf(double[] equity, double[] returns, BacktestResult run, BacktestSettings settings, double perYear) => BacktestFigures.Of(
        Backtests.StartValue.Of(run, settings), equity[^1], returns, perYear, settings.RiskFree, run.Flows.All(f => f == 0) ? null : YieldOnOwnMoney(equity, run, settings));

    private static double? YieldOnOwnMoney(double[] equity, BacktestResult run, BacktestSettings settings)
    {
        var moved = Enumerable.Range(1, equity.Length - 1).Where(t => run.Flows[t] != 0).ToArray();
        double[] years = [0, .. moved.Select(t => (run.Opens[t] - run.Opens[0]).TotalDays / 365), (run.Opens[^1] - run.Opens[0]).TotalDays / 365];
        return MoneyWeighted.Rate(years, [-Backtests.StartValue.Of(run, settings), .. moved.Select(t => -run.Flows[t]), equity[^1]]);
    }

    private static double Difference(double[] a, double[] b)
    {
        var worst = 0.0;
        for (var t = 0; t < a.Length; t++) worst = Math.Max(worst, Math.Abs(a[t] / b[t] - 1));
        return worst;
    }

    private static double TimeOf(FastRun run, int repeats)
    {
        var equity = new double[run.Prices.Bars];
        return Timed(() => FastEngine.Compute(run, equity) is { } ? run : null, repeats).Milliseconds;
    }

    private static (T? Value, double Milliseconds) Timed<T>(Func<T?> run, int repeats) where T : class
    {
        var times = new double[repeats];
        T? value = null;
        for (var k = 0; k < repeats; k++)
        {
            var start = Stopwatch.GetTimestamp();
            value = run();
            times[k] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        Array.Sort(times);
        return (value, times[repeats / 2]);
    }
}

public enum EngineChoice { Either, Exact, Fast }
