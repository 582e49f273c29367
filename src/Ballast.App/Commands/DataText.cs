using System.Text.Json.Nodes;
using Ballast.Adapters.History;
using Ballast.App.Output;
using Ballast.Money;

namespace Ballast.App.Commands;

/// <summary>What <c>data fetch</c> tells: progress on a terminal, and at the end a line a symbol with what is missing and what came twice.</summary>
internal sealed class DataText(DataAsked asked, bool asJson)
{
    private readonly JsonArray _symbols = [];
    private readonly List<string> _lines = [];

    public void Progress(string symbol, Instant at, int rows)
    {
        if (!Console.IsErrorRedirected) Console.Error.Write($"\r{symbol} {Words.Date(at)}, {Figures.Count(rows, Row)}".PadRight(70));
    }

    public static void Clear()
    {
        if (!Console.IsErrorRedirected) Console.Error.Write($"\r{new string(' ', 70)}\r");
    }

    public void Add(string symbol, int added, int repeated, Series? series, int incomplete = 0, int lacking = 0)
    {
        Clear();
        var gaps = series?.Gaps ?? 0;
        _symbols.Add(new JsonObject
        {
            ["symbol"] = symbol, [asked.Kind == DataKind.Bars ? "bars" : "rates"] = series?.Count ?? 0, ["added"] = added, ["first"] = series is null ? null : Json.Time(series.First), ["last"] = series is null ? null : Json.Time(series.Last),
            ["gaps"] = gaps, ["missing"] = lacking, ["repeated"] = repeated, ["incomplete"] = incomplete,
        });
        _lines.Add(series is null ? $"{symbol}: the venue has none in that time."
            : $"{symbol}: {Figures.Count(added, Row)} added, {series.Count} from {Words.Time(series.First)} to {Words.Time(series.Last)}; "
            + (gaps > 0 ? $"{Figures.Count(gaps, "gap")}, at the venue" : "no gaps") + (repeated > 0 ? $"; {repeated} told twice, kept once" : ", none twice")
            + (incomplete > 0 ? $"; {incomplete} left out, for a price is missing in them" : "") + ".");
    }

    public void Snapshot(string coin, Instant at, int contracts)
    {
        Clear();
        _symbols.Add(new JsonObject { ["symbol"] = coin, ["at"] = Json.Time(at), ["contracts"] = contracts });
        var line = $"{coin}: {Figures.Count(contracts, "option")} at {Words.Time(at)}.";
        if (asked.Every is null || asJson) _lines.Add(line);
        else Console.WriteLine(line);
    }

    public void End()
    {
        Clear();
        if (asJson) Console.WriteLine(Json.Text(new JsonObject { ["file"] = asked.Path, ["venue"] = asked.Venue, ["kind"] = asked.Kind.ToString().ToLowerInvariant(), ["interval"] = asked.Kind == DataKind.Bars ? asked.Interval : null, ["symbols"] = _symbols }));
        else foreach (var line in _lines.Append(asked.Path)) Console.WriteLine(line);
    }

    private string Row => asked.Kind == DataKind.Bars ? "bar" : "rate";
}
