using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Ballast.Adapters.Files;
using Ballast.App.Output;
using Ballast.Money;

namespace Ballast.App.Commands;

/// <summary>What <c>price</c> and <c>iv</c> share: a table of options in, a row for each out.</summary>
internal static class OptionVerb
{
    public static Command Create(string name, string given, string help, string units, string[] columns, string[] shown, Func<OptionLine, JsonObject> row)
    {
        var file = new Argument<string>("F.csv") { Description = $"the options, a row each: type,strike,years|expiry,forward|spot,{given}[,rate,yield,settlement]" };
        var at = new Option<string?>("--at") { Description = "now, for the column expiry; without it, the clock", HelpName = "TIME" };
        var extreme = new Option<bool>("--allow-extreme") { Description = "take volatilities above 500 %, rates outside of -50 % to 200 % and more than 100 years as they stand" };
        var outFile = new Option<string?>("--out") { Description = "write all columns into this file", HelpName = "CSV" };
        var asJson = Options.AsJson();
        var command = new Command(name, help) { file };
        foreach (Option option in (Option[])[at, extreme, outFile, asJson]) command.Add(option);
        command.SetAction(parsed =>
        {
            var start = Stopwatch.GetTimestamp();
            var now = Options.Time(parsed.GetValue(at), "--at") ?? SystemClock.Instance.GetCurrentInstant();
            var lines = Read(parsed.GetRequiredValue(file), given, now, parsed.GetValue(extreme), parsed.GetValue(asJson));
            var (loadMs, run) = (Stopwatch.GetElapsedTime(start).TotalMilliseconds, Stopwatch.GetTimestamp());
            JsonObject[] rows = [.. lines.Select(row)];
            var runMs = Stopwatch.GetElapsedTime(run).TotalMilliseconds;
            if (parsed.GetValue(outFile) is { } path) File.WriteAllText(path, Csv(lines, rows, columns));
            Console.Write(parsed.GetValue(asJson) ? ToJson(now, units, rows, loadMs, runMs) : Text(now, units, lines, rows, shown, parsed.GetValue(outFile)));
            return Outcome.Done;
        });
        return command;
    }

    private static ImmutableArray<OptionLine> Read(string path, string given, Instant now, bool allowExtreme, bool asJson)
    {
        var reading = OptionsFile.Load(path, given, now, allowExtreme);
        if (reading.Value is { } table) return table.Lines;
        if (asJson) Console.WriteLine(Json.Text(FaultJson.Of(reading.Faults)));
        throw new InvalidInputException(FaultText.Render(reading.Faults).TrimEnd());
    }

    private static string ToJson(Instant now, string units, JsonObject[] rows, double loadMs, double runMs) => Json.Text(new()
    {
        ["at"] = Json.Time(now), ["units"] = units, ["rows"] = Json.Array(rows), ["timing"] = new JsonObject { ["loadMs"] = loadMs, ["runMs"] = runMs },
    }) + Environment.NewLine;

    private static string Csv(ImmutableArray<OptionLine> lines, JsonObject[] rows, string[] columns)
    {
        var text = new StringBuilder($"type,strike,years,{string.Join(',', columns)}\n");
        foreach (var (line, row) in lines.Zip(rows))
            text.Append(CultureInfo.InvariantCulture, $"{Type(line)},{line.Strike:R},{line.Years:R},{string.Join(',', columns.Select(c => row[c]?.ToString()))}\n");
        return text.ToString();
    }

    private static string Text(Instant now, string units, ImmutableArray<OptionLine> lines, JsonObject[] rows, string[] shown, string? path)
    {
        var table = new Table(["type", ">strike", ">years", .. shown.Select(c => c == "flag" ? c : ">" + c)]);
        foreach (var (line, row) in lines.Zip(rows).Take(50)) table.Row([Type(line), Short(line.Strike), Short(line.Years), .. shown.Select(c => Cell(row[c]))]);
        var text = new StringBuilder($"{Figures.Count(rows.Length, "option")} at {Words.Time(now)}. {units}\n\n").Append(table);
        if (rows.Length > 50) text.AppendLine("Only the first 50 are shown; --out or --json has all.");
        if (path is not null) text.AppendLine($"All columns: {path}");
        return text.ToString();
    }

    private static string Type(OptionLine line) => line.Kind.ToString().ToLowerInvariant();

    private static string Cell(JsonNode? cell) => cell is null ? "" : cell.GetValueKind() == System.Text.Json.JsonValueKind.Number ? Short(cell.GetValue<double>()) : cell.ToString();

    private static string Short(double value) => value.ToString("G7", CultureInfo.InvariantCulture);
}
