using System.CommandLine;
using System.Diagnostics;
using Ballast.App.Output;
using Ballast.Engine.Sweeps;

namespace Ballast.App.Commands;

/// <summary><c>ballast sweep</c>: many policies over one history, and which of them nothing beats.</summary>
internal static class SweepCommand
{
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
            """);
        options.AddTo(command);
        foreach (Option option in (Option[])[vary, outFile, threads]) command.Add(option);
        command.SetAction((parsed, cancel) =>
        {
            var start = Stopwatch.GetTimestamp();
            var (policy, history, settings) = options.Read(parsed);
            var grid = Grid.Of(policy, parsed.GetRequiredValue(vary));
            var cores = Math.Clamp(parsed.GetValue(threads), 1, 1024);
            var loadMs = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            using var progress = new Progress(grid.Policies.Count);
            var result = Sweep.Run(history, settings, grid.Policies, cores, Math.Clamp(parsed.GetValue(options.Repeat), 1, 10_000), progress.Report, cancel);
            progress.Dispose();
            var report = new SweepOutput(policy, history, settings, grid, result);
            if (parsed.GetValue(outFile) is { } file) report.Write(file);
            Console.Write(parsed.GetValue(options.AsJson) ? Json.Text(report.ToJson(loadMs)) + Environment.NewLine : report.ToText(parsed.GetValue(outFile)));
            return Task.FromResult(Outcome.Done);
        });
        return command;
    }
}
