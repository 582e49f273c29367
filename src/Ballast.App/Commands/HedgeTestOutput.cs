using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Ballast.App.Output;
using Ballast.App.Reports;
using Ballast.Instruments;
using Ballast.Money;

namespace Ballast.App.Commands;

/// <summary>How a comparison of hedging rules is said: as text, JSON, CSV and a page.</summary>
internal sealed record HedgeTestOutput(HedgeTestStudy Study, IReadOnlyList<(Instrument.Option Option, double Coins)> Legs, double LoadMs, double RunMs)
{
    private static readonly string[] Heads = ["rule", ">cost, bps", ">mismatch, bps", ">ww costs then", ">trades", ">looks said, bps", ">ahead said, bps", ">gain", ">gain, USD", ">on and off, bps"];

    private string Position => string.Join(", ", Legs.Select(l => $"{Figures.Signed(l.Coins, 4).TrimEnd('0').TrimEnd('.')} {l.Option.Symbol}"));

    private string Period => $"{Words.Time(Study.Along.From)} to {Words.Time(Study.Along.To)}, {Study.Along.Path.Points.Count} snapshots, {Spans.Words(Duration.FromDays(Study.Along.Path.Interval * 365))} apart on average";

    public string ToText(string? folder)
    {
        var text = new StringBuilder();
        text.AppendLine($"{Position}, hedged with the {(Study.Along.Inverse ? "coin" : "money")}-settled perpetual; wealth in {(Study.Settings.InCoin ? "coin" : "money")}.").AppendLine(Period + ".").AppendLine();
        var table = new Table([.. Heads.Select(h => h == ">gain" ? $">gain, {Study.Along.Underlying}" : h)]);
        foreach (var line in Study.Lines) table.Row([line.Rule, .. Cells(line)]);
        text.Append(table);
        text.AppendLine($"Basis points of the {Figures.Number(Study.Value, Study.Settings.InCoin ? 4 : 0)} {Study.Unit} that the options are on; mismatch is the standard deviation of what delta off its target brought.");
        foreach (var sentence in Verdict()) text.AppendLine(sentence.Replace("*", ""));
        text.AppendLine("ww costs then: what Whalley and Wilmott's band costs when it is widened or narrowed to the same mismatch, as a share of the rule's cost.");
        foreach (var note in Study.Notes) text.AppendLine($"Note: {note}.");
        if (folder is not null) text.AppendLine($"Report: {Path.Combine(folder, "report.html")}");
        return text.ToString();
    }

    public JsonObject ToJson() => new()
    {
        ["position"] = Json.Array(Legs.Select(l => (JsonNode)new JsonObject { ["instrument"] = l.Option.Symbol, ["coins"] = Json.Estimate(l.Coins) })),
        ["numeraire"] = Study.Settings.InCoin ? "coin" : "money", ["unit"] = Study.Unit,
        ["from"] = Json.Time(Study.Along.From), ["to"] = Json.Time(Study.Along.To), ["snapshots"] = Study.Along.Path.Points.Count,
        ["value"] = Json.Estimate(Study.Value), ["costOneWay"] = Json.Estimate(Study.Settings.Cost), ["riskAversion"] = Json.Estimate(Study.Settings.Aversion),
        ["rules"] = Json.Array(Study.Lines.Select(line => (JsonNode)new JsonObject
        {
            ["rule"] = line.Rule, ["cost"] = Json.Estimate(line.Run.Cost), ["openAndClose"] = Json.Estimate(line.Run.Ends), ["mismatch"] = Json.Estimate(Math.Sqrt(line.Run.Squares)),
            ["mismatchGain"] = Json.Estimate(line.Run.Mismatch), ["trades"] = line.Run.Trades, ["forecastRunning"] = Json.Estimate(line.Run.Running), ["forecastAhead"] = Json.Estimate(line.Ahead),
            ["wwAtSameMismatch"] = Json.Estimate(line.AtSameMismatch), ["funding"] = Json.Estimate(line.Run.Funding), ["profitCoin"] = Json.Estimate(line.Run.ProfitCoin), ["profitMoney"] = Json.Estimate(line.Run.ProfitMoney),
        })),
        ["notes"] = Json.Texts(Study.Notes),
        ["timing"] = new JsonObject { ["loadMs"] = LoadMs, ["runMs"] = RunMs },
    };

    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var text = new StringBuilder($"rule,cost,openAndClose,mismatch,mismatchGain,trades,forecastRunning,forecastAhead,wwAtSameMismatch,funding,profitCoin,profitMoney\n");
        foreach (var (rule, run, ahead, same) in Study.Lines)
            text.Append(CultureInfo.InvariantCulture, $"{rule},{run.Cost:R},{run.Ends:R},{Math.Sqrt(run.Squares):R},{run.Mismatch:R},{run.Trades},{run.Running:R},{ahead:R},{same:R},{run.Funding:R},{run.ProfitCoin:R},{run.ProfitMoney:R}\n");
        File.WriteAllText(Path.Combine(folder, "hedge-test.csv"), text.ToString());
        File.WriteAllText(Path.Combine(folder, "report.html"), ReportPage.Render(Page()));
    }

    private SweepData Page() => new()
    {
        Name = $"Hedging {Position}",
        Verdict = [.. Verdict()],
        Flags = [],
        Notes = Study.Notes,
        Period = Period,
        Runs = [.. Study.Lines.Concat(Study.Family).Select(l => new PolicyRun(l.Rule, Study.Bps(l.Run.Cost), Math.Sqrt(l.Run.Squares) / Study.Value, l.Run.Trades, l.Rule == "ww"))],
        Captions = new("What each rule of hedging costs", "cost, bps of what the options are on", "mismatch", "Rule", "trades"),
        Columns = [.. Heads.Select(h => h.TrimStart('>') == "gain" ? $"gain, {Study.Along.Underlying}" : h.TrimStart('>'))],
        Rows = [.. Study.Lines.Concat(Study.Family).Select(l => (IReadOnlyList<string>)[l.Rule, .. Cells(l)])],
        Computed =
        [
            new("Cost", $"fees and half of the spread, {Figures.Number(Study.Settings.Cost * 1e4, 2)} bps one way, between opening and settlement"),
            new("Mismatch", "the root of Σ((delta − target) × move)²: gamma and theta are no part of it"),
            new("ww × a number", "Whalley and Wilmott's band, so many times as wide"),
            new("Wealth", Study.Settings.InCoin ? "in coin: the neutral delta is net of the premium" : "in money"),
        ],
    };

    /// <summary>Who pays most for what he gets, and who, if anyone, pays less than the least-cost band would.</summary>
    private IEnumerable<string> Verdict()
    {
        HedgeTestStudy.Line[] known = [.. Study.Lines.Where(l => l.AtSameMismatch is not null && l.Rule != "ww").OrderBy(l => l.AtSameMismatch)];
        if (known.Length == 0) yield break;
        if (known[0].AtSameMismatch < 0.98) yield return $"*{known[0].Rule}* paid most for what it did: Whalley and Wilmott's band leaves the same mismatch at *{Figures.Percent(known[0].AtSameMismatch!.Value, 0)}* of its cost.";
        if (known[^1].AtSameMismatch > 1.02) yield return $"*{known[^1].Rule}* did better than that band here: at the same mismatch the band costs *{Figures.Percent(known[^1].AtSameMismatch!.Value, 0)}* of it.";
    }

    private string[] Cells(HedgeTestStudy.Line line) =>
    [
        Figures.Number(Study.Bps(line.Run.Cost), 1), Figures.Number(Study.Bps(Math.Sqrt(line.Run.Squares)), 1), line.AtSameMismatch is { } same ? Figures.Number(same) : "–",
        line.Run.Trades.ToString(CultureInfo.InvariantCulture), Figures.Number(Study.Bps(line.Run.Running), 1), Figures.Number(Study.Bps(line.Ahead), 1),
        Figures.Number(line.Run.ProfitCoin, 4), Figures.Number(line.Run.ProfitMoney, 0), Figures.Number(Study.Bps(line.Run.Ends), 1),
    ];
}
