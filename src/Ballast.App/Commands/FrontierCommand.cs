using System.CommandLine;
using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Ballast.App.Output;
using Ballast.App.Reports;
using Ballast.Money;
using Ballast.Numerics.Allocation;
using Ballast.Numerics.Optimisation;

namespace Ballast.App.Commands;

/// <summary><c>ballast frontier</c>: the least risk for each return, and where the portfolio of now lies beside it.</summary>
internal static class FrontierCommand
{
    public static Command Create()
    {
        var from = new EstimateOptions();
        var points = new Option<int>("--points") { Description = "how many points, evenly spaced in return", DefaultValueFactory = _ => 20 };
        var outFolder = new Option<string?>("--out") { Description = "write frontier.csv and report.html into this folder", HelpName = "DIR" };
        var asJson = Options.AsJson();
        var command = new Command("frontier",
            """
            The efficient frontier: the least volatile portfolio for each expected return, all its turning points, and where the portfolio of now lies.

            Example:
              ballast frontier --prices prices.csv --assets BTC,ETH,SOL,BNB,XRP --max 50% --out report
            """);
        from.AddTo(command);
        foreach (Option option in (Option[])[points, outFolder, asJson]) command.Add(option);
        command.SetAction(parsed =>
        {
            var start = Stopwatch.GetTimestamp();
            var count = parsed.GetValue(points) is >= 2 and <= 10_000 and var asked ? asked : throw new InvalidInputException("--points: expected 2 to 10000");
            var read = from.Read(parsed, parsed.GetValue(asJson), needsMean: true);
            var (loadMs, run) = (Stopwatch.GetElapsedTime(start).TotalMilliseconds, Stopwatch.GetTimestamp());
            var answer = read.Then(input => FrontierStudy.Of(input, count));
            var runMs = Stopwatch.GetElapsedTime(run).TotalMilliseconds;
            if (answer is Answer<FrontierStudy>.Refused refused)
            {
                if (parsed.GetValue(asJson)) Console.WriteLine(Json.Text(new() { ["status"] = "refused", ["code"] = Words.Code(refused.Code), ["reason"] = refused.Reason }));
                Console.Error.WriteLine($"No frontier: {refused.Reason} ({Words.Code(refused.Code)}).");
                return Outcome.Refused;
            }
            var study = answer.OrThrow();
            if (parsed.GetValue(outFolder) is { } folder) Write(folder, study);
            Console.Write(parsed.GetValue(asJson) ? Json.Text(ToJson(study, loadMs, runMs)) + Environment.NewLine : Text(study, parsed.GetValue(outFolder)));
            return Outcome.Done;
        });
        return command;
    }

    private static void Write(string folder, FrontierStudy study)
    {
        Directory.CreateDirectory(folder);
        var names = study.Input.Estimates.Names;
        var text = new StringBuilder($"volatility,return,{string.Join(',', names)}\n");
        foreach (var p in Placed(study)) text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{p.Volatility:R},{p.Return:R}{string.Concat(p.Weights.Select(w => "," + w.ToString("R", System.Globalization.CultureInfo.InvariantCulture)))}\n");
        File.WriteAllText(Path.Combine(folder, "frontier.csv"), text.ToString());
        File.WriteAllText(Path.Combine(folder, "report.html"), ReportPage.Render(new FrontierData
        {
            Name = $"Efficient frontier of {Figures.Count(names.Count, "asset")}",
            Verdict = [.. Verdict(study, "*")],
            Flags = study.Input.Flags,
            Notes = ["Expected returns are estimates, and mostly noise: read the picture from its left end."],
            Period = study.Input.Source,
            Computed = [new("Method", study.Corners is { } c ? $"critical line, {Figures.Count(c.Points.Count, "turning point")}" : "a quadratic programme a point"), new("Limits", OptimizeReport.Limited(study.Input)), .. study.Input.Facts],
            Frontier = study.Curve([]),
        }));
    }

    private static IEnumerable<string> Verdict(FrontierStudy study, string strong = "")
    {
        string Said(double x) => $"{strong}{Figures.Percent(x, 1)}{strong}";
        var drawing = FrontierDrawing.Of(study.Input.Estimates)!;
        var (low, high) = (drawing.Marked(Mark.MinVariance, study.Points[0].Weights), drawing.Marked(Mark.Chosen, study.Points[^1].Weights));
        yield return $"The least volatile portfolio has {Said(low.Volatility)} a year and is expected to return {Said(low.Return)}; the highest expected return is {Said(high.Return)} at {Said(high.Volatility)}.";
        if (study.Input.Limits.Current is not { Length: > 0 } now) yield break;
        var here = drawing.Marked(Mark.Current, now);
        yield return study.AsMuchAsNow() is { } same
            ? $"The portfolio of now has {Said(here.Volatility)} for an expected {Said(here.Return)}; within the limits {Said(drawing.Marked(Mark.Chosen, same.Weights).Volatility)} is enough for as much."
            : $"The portfolio of now has {Said(here.Volatility)} for an expected {Said(here.Return)}; within the limits nothing is expected to return as much.";
    }

    private static string Text(FrontierStudy study, string? folder)
    {
        var text = new StringBuilder();
        foreach (var sentence in Verdict(study)) text.AppendLine(sentence);
        var table = new Table(">volatility", ">return", "largest weights");
        foreach (var p in Placed(study)) table.Row(Figures.Points(p.Volatility), Figures.Points(p.Return), Largest(study, p.Weights));
        text.AppendLine().Append(table);
        text.AppendLine($"Expected returns are estimates, and mostly noise: read the picture from its left end. Estimated from {study.Input.Source}.");
        if (folder is not null) text.AppendLine($"Report: {Path.Combine(folder, "report.html")}");
        return text.ToString();
    }

    private static string Largest(FrontierStudy study, IReadOnlyList<double> weights) => string.Join(", ",
        Enumerable.Range(0, weights.Count).Where(i => weights[i] > 5e-4).OrderByDescending(i => weights[i]).Take(5).Select(i => $"{study.Input.Estimates.Names[i]} {Figures.Points(weights[i], 1)}"));

    private static IEnumerable<MarkedPortfolio> Placed(FrontierStudy study) =>
        study.Points.Select(p => FrontierDrawing.Of(study.Input.Estimates)!.Marked(Mark.Chosen, p.Weights));

    private static JsonObject ToJson(FrontierStudy study, double loadMs, double runMs)
    {
        var (names, drawing) = (study.Input.Estimates.Names, FrontierDrawing.Of(study.Input.Estimates)!);
        JsonObject Point(double[] weights) => drawing.Marked(Mark.Chosen, weights) is var m ? new()
        {
            ["volatility"] = Json.Estimate(m.Volatility), ["return"] = Json.Estimate(m.Return), ["weights"] = OptimizeJson.ByName(names, weights),
        } : [];
        return new()
        {
            ["status"] = "optimal",
            ["points"] = Json.Array(study.Points.Select(p => Point(p.Weights))),
            ["turningPoints"] = study.Corners is { } corners ? Json.Array(corners.Points.Select(p => Point(p.Weights))) : null,
            ["minVariance"] = Point(study.Points[0].Weights),
            ["maxSharpe"] = study.MaxSharpe is { } best ? Point(best.Weights) : null,
            ["current"] = study.Input.Limits.Current is { Length: > 0 } now ? Point(now) : null,
            ["sameReturn"] = study.AsMuchAsNow() is { } same ? Point(same.Weights) : null,
            ["estimates"] = study.Input.Source,
            ["periodsAYear"] = study.Input.Estimates.PeriodsAYear,
            ["timing"] = new JsonObject { ["loadMs"] = loadMs, ["runMs"] = runMs },
        };
    }
}
