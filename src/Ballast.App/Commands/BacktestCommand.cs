using System.CommandLine;
using System.Diagnostics;
using Ballast.App.Output;
using Ballast.Engine.Backtests;

namespace Ballast.App.Commands;

/// <summary><c>ballast backtest</c>: what the same rules would have done in history, and whether they beat holding.</summary>
internal static class BacktestCommand
{
    public static Command Create()
    {
        var options = new BacktestOptions();
        var outFolder = new Option<string?>("--out") { Description = "write report.html, equity.csv, returns.csv and trades.csv into this folder", HelpName = "DIR" };
        var engine = new Option<EngineChoice>("--engine") { Description = "exact (the planner itself) or fast (arrays, where the policy allows it)", DefaultValueFactory = _ => EngineChoice.Either };
        var command = new Command("backtest",
            """
            Replays history under the policy: the same decisions as by hand, with costs, and holding beside them.

            Example:
              ballast backtest core.yaml --prices prices.csv --out report
            """);
        options.AddTo(command);
        command.Add(outFolder);
        command.Add(engine);
        command.SetAction((parsed, cancel) =>
        {
            var start = Stopwatch.GetTimestamp();
            var (policy, history, settings) = options.Read(parsed);
            var folder = parsed.GetValue(outFolder);
            var repeats = Math.Clamp(parsed.GetValue(options.Repeat), 1, 10_000);
            var loadMs = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            var study = BacktestStudy.Of(policy, history, settings with { KeepDetail = folder is not null }, parsed.GetValue(engine), repeats, cancel);
            if (parsed.GetValue(engine) == EngineChoice.Fast && study.WhyExact is { } why) throw new InvalidInputException($"--engine fast: it cannot run this policy: {why}");
            if (folder is not null) BacktestFiles.Write(folder, study, parsed.GetRequiredValue(options.File), parsed.GetRequiredValue(options.Prices));
            if (parsed.GetValue(options.AsJson)) Console.WriteLine(Json.Text(BacktestJson.Of(study, loadMs)));
            else Console.Write(BacktestText.Of(study, folder));
            return Task.FromResult(Outcome.Done);
        });
        return command;
    }
}
