using System.CommandLine;
using System.Diagnostics;
using Ballast.App.Output;
using Ballast.Engine.Backtests;
using Ballast.Engine.Sweeps;
using Ballast.Market;

namespace Ballast.App.Commands;

/// <summary><c>ballast sweep</c>: many policies over one history, and which of them nothing beats.</summary>
internal static class SweepCommand
{
    /// <summary>More returns than these do not fit into memory at once.</summary>
    private const long MostReturns = 100_000_000;

    public static Command Create()
    {
        var options = new BacktestOptions();
        var vary = new Option<string[]>("--vary")
        {
            Description = $"KEY=LIST, several times for a grid; KEY is one of {string.Join(", ", Adapters.Files.Policies.Variation.Keys)}; LIST is 1%,2% of target or a range 1%..10%:0.5%",
            HelpName = "KEY=LIST", Required = true, AllowMultipleArgumentsPerToken = false,
        };
        var outFile = new Option<string?>("--out") { Description = "write a row for each run here, and the picture beside it as .html", HelpName = "F.csv" };
        var threads = new Option<int>("--threads") { Description = "cores to use", DefaultValueFactory = _ => Environment.ProcessorCount };
        var command = new Command("sweep",
            """
            Runs many variations of a policy over one history: cost against tracking error, and the set that nothing beats in both.

            Example:
              ballast sweep core.yaml --prices prices.csv --vary drift=1%..10%:1% --out sweep.csv
              ballast sweep core.yaml --prices prices.csv --vary drift=1%..10%:1% --walk-forward 730d/182d --by sharpe
            """);
        var trials = new TrialOptions();
        options.AddTo(command);
        trials.AddTo(command);
        foreach (Option option in (Option[])[vary, outFile, threads]) command.Add(option);
        command.SetAction((parsed, cancel) =>
        {
            var start = Stopwatch.GetTimestamp();
            var (policy, history, settings) = options.Read(parsed);
            var grid = Grid.Of(policy, parsed.GetRequiredValue(vary));
            var trial = trials.Read(parsed, history, settings);
            var cores = Math.Clamp(parsed.GetValue(threads), 1, 1024);
            var loadMs = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            using var progress = new Progress(grid.Policies.Count);
            var result = Sweep.Run(history, settings, grid.Policies, cores, Math.Clamp(parsed.GetValue(options.Repeat), 1, 10_000), progress.Report, cancel);
            progress.Dispose();
            var tested = trial is null ? null : Tested(trial, grid, history, settings, cores, cancel);
            var report = new SweepOutput(policy, history, settings, grid, result, tested);
            if (parsed.GetValue(outFile) is { } file) report.Write(file);
            Console.Write(parsed.GetValue(options.AsJson) ? Json.Text(report.ToJson(loadMs)) + Environment.NewLine : report.ToText(parsed.GetValue(outFile)));
            return Task.FromResult(Outcome.Done);
        });
        return command;
    }

    private static TrialOutput Tested(Trial trial, Grid grid, PriceHistory history, BacktestSettings settings, int cores, CancellationToken cancel)
    {
        if ((long)grid.Policies.Count * history.Count > MostReturns) throw new InvalidInputException($"{grid.Policies.Count} policies over {history.Count} bars are too many to judge by stretches: vary less, or give --from");
        var perYear = BarsAYear.Of(history.Spacing, settings);
        var (paths, holding) = OutOfSample.PathsOf(history, settings, grid.Policies, cores, cancel);
        var result = OutOfSample.Of(paths, holding, trial.Splits, trial.Histories, trial.By, perYear, settings.RiskFree);
        return new TrialOutput(trial, result, grid, BacktestSpan.OpensOf(history, settings), perYear, settings.RiskFree);
    }
}
