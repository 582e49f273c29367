using System.Text.Json.Nodes;
using Ballast.App.Commands;
using Ballast.App.Output;
using Ballast.Engine.Backtests;
using Ballast.Holdings;
using Ballast.Market;
using Ballast.Money;
using Ballast.Triggers;

namespace Ballast.App.Serving;

/// <summary>A portfolio as the pages show it: the status of the contract, with its bands, what is wrong with its files, and its loop.</summary>
internal static class PortfolioJson
{
    public static JsonObject Of(Seen seen, JsonObject? loop, Instant now)
    {
        var json = seen is { Now: { } present, Decision: { } decision } ? StatusJson.Of(present, decision, seen.Lines) : new JsonObject { ["name"] = seen.Name, ["base"] = seen.Policy?.Base.Code };
        json["id"] = seen.Place.Id;
        json["file"] = seen.Place.File;
        json["trouble"] = seen.Trouble;
        json["faults"] = FaultJson.List(seen.Faults);
        json["notes"] = Json.Texts(seen.Notes.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        json["bands"] = Bands(seen);
        json["loop"] = loop;
        json["hasBook"] = seen.Policy is { } p && (p.Hedge is not null || p.Margin is not null);
        json["readAt"] = Json.Time(seen.Read);
        json["ageSeconds"] = seen.Now is { } n ? Json.Estimate(Math.Round((now - n.Sight.At).TotalSeconds)) : null;
        return json;
    }

    /// <summary>One line of the overview.</summary>
    public static JsonObject Row(Seen seen, JsonObject? loop, Books books)
    {
        var worst = seen.Lines.Where(l => l.Drift is not null).MaxBy(l => Math.Abs(l.Drift!.Value));
        var risk = seen.Lines.Where(l => l.RiskShare is not null).MaxBy(l => l.RiskShare!.Value);
        var near = seen.Decision?.Answers.Where(a => a.Result.Way is not null).MaxBy(a => a.Result.Way!.Value);
        var (state, needs, book) = Stands(seen, loop, books);
        var row = new JsonObject
        {
            ["id"] = seen.Place.Id, ["name"] = seen.Name, ["base"] = seen.Policy?.Base.Code, ["state"] = state, ["needs"] = needs,
            ["at"] = seen.Now is { } now ? Json.Time(now.Sight.At) : null,
            ["value"] = seen.Decision is { } d ? Json.Exact(d.Portfolio.Value) : null,
            ["largestDrift"] = worst is null ? null : new JsonObject { ["asset"] = worst.Asset.Code, ["drift"] = Json.Estimate(worst.Drift), ["outside"] = worst.Outside, ["band"] = Band(seen, worst.Asset) },
            ["trigger"] = near is null ? null : new JsonObject { ["rule"] = near.Rule.Words, ["fired"] = near.Result.Fired, ["distance"] = Json.Estimate(near.Result.Way), ["reason"] = near.Result.Reason, ["toGo"] = near.Result.ToGo },
            ["riskTop"] = risk is null ? null : new JsonObject { ["asset"] = risk.Asset.Code, ["share"] = Json.Estimate(risk.RiskShare) },
            ["reason"] = seen.Trouble ?? seen.Decision?.Reason,
            ["loop"] = loop, ["hasBook"] = seen.Policy is { } p && (p.Hedge is not null || p.Margin is not null),
        };
        foreach (var (key, figure) in book ?? []) row[key] = figure?.DeepClone();
        return row;
    }

    /// <summary>Its state, what it needs of a person, and, where its book is what is watched, the figures of that.</summary>
    public static (string State, string? Needs, JsonObject? Book) Stands(Seen seen, JsonObject? loop, Books books)
    {
        if (seen.IsBook && loop?["running"]?.GetValue<bool>() != true) return books.Standing(seen);
        var (state, needs) = Standing.Of(seen, loop);
        return (state, needs, null);
    }

    private static JsonObject Bands(Seen seen) => new(seen.Lines.Select(l => KeyValuePair.Create(l.Asset.Code, (JsonNode?)Band(seen, l.Asset))));

    /// <summary>Lowest and highest weight at which no rule acts; null where no rule has a band.</summary>
    private static JsonObject? Band(Seen seen, Asset asset) =>
        seen.Decision is { } decision && BandSet.Tightest(decision.Answers.Select(a => a.Result.Bands)) is { } bands && bands.ByAsset.TryGetValue(asset, out var band)
            ? new() { ["low"] = Json.Estimate((double)band.Low), ["high"] = Json.Estimate((double)band.High) } : null;

    /// <summary>What today's quantities would have weighed at each of the last bars, against today's targets: when what is held now left its band.</summary>
    public static JsonObject History(Seen seen, int points)
    {
        var now = seen.Whole;
        var (history, decision) = (now.History, seen.Decision!);
        var place = history.Opens.BinarySearch(now.Sight.At);
        var last = place >= 0 ? place : ~place - 1;
        var first = Math.Max(0, last - points + 1);
        var feed = new MarketFeed(history);
        var named = seen.Lines.Where(l => l.Target is not null).ToArray();
        var drifts = named.ToDictionary(l => l.Asset, _ => new JsonArray());
        var times = new JsonArray();
        for (var bar = first; bar <= last; bar++)
        {
            var portfolio = new Portfolio(now.Policy.Base, now.Sight.Book, feed.At(bar, history.Opens[bar], now.Policy.Limits.PriceAge), now.Policy.Holdings, now.Policy.Targets.AllAssets);
            times.Add(Json.Time(history.Opens[bar]));
            foreach (var line in named) drifts[line.Asset].Add(portfolio.Value > 0 ? Json.Estimate(portfolio.WeightOf(line.Asset) - line.Target) : null);
        }
        return new() { ["times"] = times, ["drift"] = new JsonObject(drifts.Select(d => KeyValuePair.Create(d.Key.Code, (JsonNode?)d.Value))), ["notes"] = Json.Texts(["with the quantities and targets of now"]) };
    }
}
