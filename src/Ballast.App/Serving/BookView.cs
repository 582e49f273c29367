using System.Text.Json.Nodes;
using Ballast.App.Commands;
using Ballast.App.Output;
using Ballast.Derivatives;
using Ballast.Margin;
using Ballast.Money;

namespace Ballast.App.Serving;

/// <summary>What can be asked of a portfolio's derivatives. Nothing here changes anything.</summary>
internal sealed class BookView(Books books)
{
    public Books Books => books;

    private static readonly double[] Spots = [.. Enumerable.Range(-10, 21).Select(i => Math.Round(0.05 * i, 2))], Volatilities = [-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3, 0.45, 0.6];

    /// <summary>The same in fractions per √year, added to every volatility.</summary>
    private static readonly double[] Points = [-0.3, -0.2, -0.1, -0.05, 0, 0.05, 0.1, 0.2, 0.45];

    /// <summary>A core is left to the figures that are asked for beside it.</summary>
    private static readonly ParallelOptions LeavingOne = new() { MaxDegreeOfParallelism = Math.Max(1, Environment.ProcessorCount - 1) };

    private static readonly ImmutableArray<string> OfGain = ["spot", "vol", "days", "pnl", "pnlMoney", "equity"], OfMargin = ["spot", "vol", "days", "equity", "initial", "maintenance", "use", "liquidated"];

    public static readonly Field With = new("with", "string", "what would be held instead: INSTRUMENT=QUANTITY, several with a semicolon between"),
        Numeraire = new("numeraire", "string", "coin or money: which delta counts; without it, the policy's");

    /// <summary>The exposures, the margin and the hedge, each as its verb prints it.</summary>
    public Answer Now(Call call)
    {
        var seen = books.Find(call.Path("id"));
        var policy = BookJson.Counting(seen.Policy, call.Query("numeraire"));
        var json = BookJson.Of(seen, [], far: false);
        if (seen.Margin is { } margin) json["margin"] = MarginJson.Of(margin);
        json["hedge"] = policy.Hedge is null ? null : HedgeJson.Of(ReferenceEquals(policy, seen.Policy) ? seen.Hedged! : Hedged.Of(policy, seen.Desk, anyway: false));
        json["outlook"] = BookJson.Outlook(policy, seen);
        json["limits"] = seen.Policy.Margin is { } m ? new JsonObject { ["aim"] = Json.Estimate(m.Aim), ["act"] = Json.Estimate(m.Act), ["stop"] = Json.Estimate(m.Stop) } : null;
        return Answer.Ok(json);
    }

    /// <summary>The same figures with other quantities.</summary>
    public Answer WhatIf(Call call)
    {
        var seen = books.Find(call.Path("id"));
        var wished = (call.Body["quantities"] as JsonObject ?? []).Select(q => (q.Key, q.Value is JsonValue v && v.TryGetValue<string>(out var text) ? text : ""));
        return Answer.Ok(BookJson.Of(seen, Wishes.Of(seen, wished), call.Flag("far")));
    }

    /// <summary>Gain and margin at other prices and volatilities: the cells of <c>ballast whatif</c>.</summary>
    public Answer Grid(Call call)
    {
        var question = Asked(call).Question;
        var days = call.Count("days", 0, 3650, least: 0);
        var kept = call.Query("kind") switch { null => OfGain.Union(OfMargin).ToHashSet(), "pnl" => [.. OfGain], "margin" => [.. OfMargin], var other => throw Problem.Bad($"kind: `{other}`; expected pnl or margin.") };
        var cells = new WhatIfCell[Spots.Length * Volatilities.Length];
        var inPoints = call.Query("vol") switch { null or "percent" => false, "points" => true, var other => throw Problem.Bad($"vol: `{other}`; expected percent or points.") };
        var changes = inPoints ? Points : Volatilities;
        Func<MarginAccount, double, double, double, WhatIfCell> at = inPoints ? WhatIfCell.OfPoints : WhatIfCell.Of;
        Parallel.For(0, cells.Length, LeavingOne, i => cells[i] = at(question.After!, Spots[i % Spots.Length], changes[i / Spots.Length], days));
        var json = WhatIfCommand.ToJson(question, cells);
        foreach (var cell in json["grid"]!.AsArray().Select(c => c!.AsObject()))
            foreach (var key in cell.Select(k => k.Key).Except(kept).ToArray()) cell.Remove(key);
        (json["spots"], json["vols"], json["volIn"]) = (Numbers(Spots), Numbers(changes), inPoints ? "points" : "percent");
        return Answer.Ok(json);
    }

    /// <summary>What the account gains by price: now, after some days, and at the first and the last expiry.</summary>
    public Answer Payoff(Call call)
    {
        var (seen, question) = Asked(call);
        return Answer.Ok(BookJson.Payoff(seen, question, call.Count("days", 7, 3650, least: 0)));
    }

    /// <summary>The trades that lead there, in the order that needs the least margin on the way.</summary>
    public Answer Plan(Call call)
    {
        var (seen, question) = Asked(call);
        if (question.Legs.IsEmpty) throw new Problem(422, "NOTHING_CHANGED", "No quantity differs from what is held, so there is nothing to put in order.");
        var route = MarginCommand.RouteOf(question, seen.Policy.Margin?.Stop ?? 0.8);
        var json = BookJson.Plan(seen, question, route);
        json["path"] = BookPath.Of(question.Before!, seen.Desk.Book, seen.Desk.Chain, route, [.. Enumerable.Range(0, question.Legs.Length)], call.Query("order")).ToJson();
        return Answer.Ok(json);
    }

    /// <summary>What the policy would trade, in which order, and where delta goes by price.</summary>
    public Answer Hedge(Call call)
    {
        var seen = books.Find(call.Path("id"));
        var policy = BookJson.Counting(seen.Policy, call.Query("numeraire"));
        var anyway = call.Query("anyway") switch { null or "false" => false, "true" => true, var other => throw Problem.Bad($"anyway: `{other}`; expected true or false.") };
        return Answer.Ok(BookHedge.Of(seen, ReferenceEquals(policy, seen.Policy) && !anyway ? seen.Hedged! : Hedged.Of(policy, seen.Desk, anyway), call.Query("order")));
    }

    /// <summary>What could be traded, and its market.</summary>
    public Answer Contracts(Call call) => Answer.Ok(BookJson.Contracts(books.Find(call.Path("id")).Desk.Chain));

    private (SeenBook Seen, MarginQuestion Question) Asked(Call call)
    {
        var seen = books.Find(call.Path("id"));
        var wished = (call.Query("with") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=') is [var name, var quantity] ? (name, quantity) : (part, ""));
        var question = seen.Question(Wishes.Of(seen, wished)) ?? throw new Problem(422, "NO_PRESET", $"{seen.Policy.Name} has no `margin:` section, so that nothing is known of margin.");
        return question.After is not null ? (seen, question) : throw new Problem(422, question.Refusals[0].Code, Words.Sentence(string.Join("; ", question.Refusals.Select(r => r.Reason))));
    }

    private static JsonArray Numbers(IEnumerable<double> all) => Json.Array(all.Select(x => Json.Estimate(x)));
}

/// <summary>Quantities that a person would rather hold, as the trades that lead there.</summary>
internal static class Wishes
{
    private const int Most = 40;

    /// <param name="wished">Of each instrument what would be held; what is not named stays.</param>
    /// <exception cref="Problem">No venue would take it, or it is no exact number.</exception>
    public static ImmutableArray<Position> Of(SeenBook seen, IEnumerable<(string Name, string Quantity)> wished)
    {
        var legs = ImmutableArray.CreateBuilder<Position>();
        foreach (var (name, text) in wished)
        {
            var contract = seen.Desk.Contracts.Find(name) ?? throw new Problem(422, "NO_SUCH_CONTRACT", $"`{name}` is no contract that is known.");
            var wanted = WhatIf.Exact(text, name);
            var (held, lot) = (seen.Desk.Book.Positions.Where(p => p.Contract.Symbol == contract.Symbol).Sum(p => p.Quantity), contract.Rules.Lot);
            if (lot > 0 && (wanted - held) % lot != 0) throw new Problem(422, "NOT_IN_LOTS", $"{contract}: {Figures.Exact(wanted)} is {Figures.Exact(wanted - held)} from what is held, and is traded in lots of {Figures.Exact(lot)}.");
            if (legs.Any(l => l.Contract.Symbol == contract.Symbol)) throw Problem.Bad($"{contract} is named twice.");
            if (wanted != held) legs.Add(new(contract, wanted - held, null, ""));
        }
        return legs.Count <= Most ? legs.ToImmutable() : throw Problem.Bad($"{legs.Count} legs at once; at most {Most}.");
    }
}
