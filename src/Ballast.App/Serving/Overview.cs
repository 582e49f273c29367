using System.Text.Json.Nodes;
using Ballast.App.Output;

namespace Ballast.App.Serving;

/// <summary>
/// Every portfolio in a line, who needs a person first. Where there are many, their order may be some seconds old; the lines that are asked for never are:
/// they are looked at anew.
/// </summary>
internal sealed class Overview(Portfolios portfolios, Loops loops, Books books)
{
    /// <summary>So many of those that need a person are named apart.</summary>
    private const int Named = 12;

    public static readonly ImmutableArray<Field> Query =
        [new("limit", "integer", "how many; all when left out"), new("after", "string", "`next` of the page before"), new("from", "integer", "the number of the first line, from 0; instead of `after`"), new("find", "string", "only with these words in name, state or reason")];

    private sealed record Line(Seen Seen, string State, string? Needs, double Near);

    public JsonObject Of(Call call)
    {
        Line[] all = [.. portfolios.All().Select(s => LineOf(s, call.Now)).OrderBy(l => l.Needs is null).ThenByDescending(l => l.Near).ThenBy(l => l.Seen.Place.Id, StringComparer.Ordinal)];
        Line[] found = call.Query("find") is { Length: > 0 } words ? [.. all.Where(l => Has(l, words))] : all;
        var from = Math.Min(found.Length, First(call, found));
        Line[] page = [.. found.Skip(from).Take(call.Count("limit", int.MaxValue, int.MaxValue))];
        return new()
        {
            ["items"] = Json.Array(page.Select(l => RowOf(l, call.Now))), ["next"] = from + page.Length < found.Length ? page[^1].Seen.Place.Id : null,
            ["from"] = from, ["found"] = found.Length, ["total"] = all.Length, ["needs"] = all.Count(l => l.Needs is not null),
            ["needing"] = Json.Array(all.TakeWhile(l => l.Needs is not null).Take(Named).Select(l => new JsonObject { ["id"] = l.Seen.Place.Id, ["name"] = l.Seen.Name, ["state"] = l.State, ["needs"] = l.Needs })),
            ["folder"] = portfolios.Shelf.Folder, ["at"] = Json.Time(call.Now),
        };
    }

    private Line LineOf(Seen seen, Instant now)
    {
        var (state, needs, _) = PortfolioJson.Stands(seen, loops.Of(seen.Name, now), books);
        return new(seen, state, needs, seen.Decision?.Answers.Max(a => a.Result.Way) ?? -1);
    }

    private static int First(Call call, Line[] found) => call.Query("after") is not { } after ? call.Count("from", 0, int.MaxValue, least: 0)
        : Array.FindIndex(found, l => l.Seen.Place.Id == after) is >= 0 and var at ? at + 1 : throw Problem.Bad("after: expected `next` of the page before.");

    private static bool Has(Line line, string words) => $"{line.Seen.Name} {line.State} {line.Seen.Trouble ?? line.Seen.Decision?.Reason}".Contains(words, StringComparison.OrdinalIgnoreCase);

    private JsonObject RowOf(Line line, Instant now)
    {
        var seen = portfolios.Again(line.Seen);
        return PortfolioJson.Row(seen, loops.Of(seen.Name, now), books);
    }
}
