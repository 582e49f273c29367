using System.CommandLine;
using System.Diagnostics;
using Ballast.App.Output;
using Ballast.Engine.Backtests;

namespace Ballast.App.Commands;

/// <summary><c>ballast metrics</c>: the figures of return series, and which of their differences are larger than chance.</summary>
internal static class MetricsCommand
{
    public static Command Create()
    {
        var returns = new Option<string>("--returns") { Description = "simple returns: CSV(.gz) timestamp,A,B,...; without a header the names are A0, A1, ...", HelpName = "CSV", Required = true };
        var benchmark = new Option<string?>("--benchmark") { Description = "a column, or a file of one series: beta, alpha and capture are measured on it", HelpName = "NAME|CSV" };
        var against = new Option<string?>("--against") { Description = "the series that the others are compared with; else the benchmark, else the last one", HelpName = "NAME" };
        var riskFree = new Option<string>("--risk-free") { Description = "yearly rate for Sharpe, alpha and Treynor", DefaultValueFactory = _ => "0%", HelpName = "SHARE" };
        var (calendar, seed, asJson) = (Options.Calendar(), new Option<ulong>("--seed") { Description = "of the bootstrap", DefaultValueFactory = _ => BacktestStudy.Seed }, Options.AsJson());
        var command = new Command("metrics",
            """
            Measures series of returns: return, risk and tails of each, and which differences between them are larger than chance.

            Example, on the returns that a back-test has written:
              ballast metrics --returns report/returns.csv --against hold
            """);
        foreach (Option option in (Option[])[returns, benchmark, against, riskFree, calendar, seed, asJson]) command.Add(option);
        command.SetAction(parsed =>
        {
            var start = Stopwatch.GetTimestamp();
            var asked = new MetricsRequest(
                parsed.GetRequiredValue(returns), parsed.GetValue(benchmark), parsed.GetValue(against),
                Options.Share(parsed.GetRequiredValue(riskFree), "--risk-free"), parsed.GetRequiredValue(calendar), parsed.GetValue(seed));
            var series = asked.Read(parsed.GetValue(asJson));
            var loadMs = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            var run = Stopwatch.GetTimestamp();
            var study = MetricsStudy.Of(series);
            var runMs = Stopwatch.GetElapsedTime(run).TotalMilliseconds;
            Console.Write(parsed.GetValue(asJson) ? Json.Text(MetricsJson.Of(study, loadMs, runMs)) + Environment.NewLine : MetricsText.Of(study));
            return Outcome.Done;
        });
        return command;
    }
}
