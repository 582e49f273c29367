using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Ballast.App.Commands;
using Ballast.App.Output;
using Ballast.App.Reports;
using Ballast.Engine.Backtests;
using Ballast.Engine.Sweeps;
using Ballast.Numerics.Statistics;

namespace Ballast.App.Serving;

/// <summary>Runs what was asked with the engine of the verbs. What is done when it is cancelled is a result.</summary>
internal sealed class LabWork(LabRequest asked)
{
    private static readonly int Threads = Math.Max(1, Environment.ProcessorCount - 1); // A core is left to whoever looks or stops.

    /// <param name="done">Told how many are finished, from any thread.</param>
    /// <returns>The result as JSON and as a page, and its curves, each null where nothing was finished.</returns>
    public (JsonObject? Result, string? Page, LabCurves? Curves) Run(Action<int> done, CancellationToken cancel) => asked.Grid is { } grid ? Sweep(grid, done, cancel) : Backtest(done, cancel);

    private (JsonObject?, string?, LabCurves?) Backtest(Action<int> done, CancellationToken cancel)
    {
        BacktestStudy study;
        try
        {
            study = BacktestStudy.Of(asked.Policy, asked.History, asked.Settings with { KeepDetail = true }, cancel: cancel);
        }
        catch (OperationCanceledException)
        {
            return default;
        }
        done(1);
        var curves = new LabCurves(Closes, 1);
        curves.Add(0, study.Run.Returns());
        curves.Hold(study.HoldEquity is { } hold ? (study.Run with { Equity = hold }).Returns() : null);
        return (BacktestJson.Of(study, 0), ReportPage.Render(BacktestReport.Of(study, asked.Place.File, asked.Prices)), curves);
    }

    private (JsonObject?, string?, LabCurves?) Sweep(Grid grid, Action<int> done, CancellationToken cancel)
    {
        var perYear = BarsAYear.Of(asked.History.Spacing, asked.Settings);
        var finished = new ConcurrentDictionary<int, (SweepRun Run, SeriesMetrics Series)>();
        var (milliseconds, curves) = (double.NaN, new LabCurves(Closes, grid.Policies.Count));
        try
        {
            curves.Hold(Held(cancel));
            milliseconds = Engine.Sweeps.Sweep.Run(asked.History, asked.Settings, grid.Policies, Threads, 1, (place, count, run, returns) =>
            {
                finished[place] = (run, SeriesMetrics.Of(returns, perYear, asked.Settings.RiskFree / perYear));
                curves.Add(place, returns);
                done(count);
            }, cancel).Milliseconds;
        }
        catch (OperationCanceledException)
        {
            // What is finished stays.
        }
        var places = finished.Keys.Order().ToArray();
        if (places.Length == 0) return default;
        var output = new SweepOutput(asked.Policy, asked.History, asked.Settings, grid, new SweepResult([.. places.Select(p => finished[p].Run)], milliseconds), null);
        var json = output.ToJson(0);
        SeriesMetrics[] series = [.. places.Select(p => finished[p].Series)];
        json["rows"] = Json.Array(places.Select(p => Row(output, p, finished[p].Run, finished[p].Series)));
        json["evidence"] = Evidence(places, series, perYear);
        return (json, output.Html(), curves);
    }

    private Instant[] Closes => [.. BacktestSpan.OpensOf(asked.History, asked.Settings).Select(open => open + asked.History.Spacing)];

    /// <summary>What the policy of the file would have bought first, held; null where it would have bought nothing.</summary>
    private double[]? Held(CancellationToken cancel)
    {
        var run = FastPath.Of(asked.Policy, asked.History, asked.Settings).Run is { } fast && FastEngine.Run(fast) is { } quick ? quick : ExactBacktest.Run(asked.Policy, asked.History, asked.Settings, cancel);
        return HoldBenchmark.Equity(asked.Policy, asked.History, asked.Settings, run) is { } hold ? (run with { Equity = hold }).Returns() : null;
    }

    private static JsonObject Row(SweepOutput output, int place, SweepRun run, SeriesMetrics series)
    {
        var row = output.Run(run);
        (row["place"], row["cagr"], row["sharpe"]) = (place, Json.Estimate(series.Cagr), Json.Estimate(series.SharpeAnn));
        return row;
    }

    /// <summary>The best by Sharpe ratio, and how likely it is above what the best of so many would show by chance.</summary>
    private static JsonObject Evidence(int[] places, SeriesMetrics[] series, double perYear)
    {
        var best = Criterion.Sharpe.Best([.. series.Select(s => s.SharpeAnn)]);
        return new()
        {
            ["tried"] = places.Length, ["best"] = places[best], ["sharpe"] = Json.Estimate(series[best].SharpeAnn),
            ["deflated"] = series[0].Periods < 4 ? null : Json.Estimate(SharpeEvidence.Of(series, perYear)[best].Deflated),
        };
    }

    /// <summary>How long it will take, by running some of it for at most a second; null where not even one was finished by then.</summary>
    public double? Seconds()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        try
        {
            if (asked.Grid is not { } grid) return TimeOf(() => BacktestStudy.Of(asked.Policy, asked.History, asked.Settings, cancel: patience.Token));
            double Of(int count) => TimeOf(() => Engine.Sweeps.Sweep.Run(asked.History, asked.Settings, [.. grid.Policies.Take(count)], 1, cancel: patience.Token));
            var (first, sample) = (Of(1), Math.Min(9, grid.Policies.Count));
            if (sample == 1) return first;
            return first + Math.Max(0, Of(sample) - first) / (sample - 1) * (grid.Policies.Count - 1) / Threads;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private static double TimeOf(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
