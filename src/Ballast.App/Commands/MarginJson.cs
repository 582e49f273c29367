using System.Text.Json.Nodes;
using Ballast.App.Output;
using Ballast.Margin;
using Ballast.Numerics.Allocation;
using Ballast.Numerics.Margin;

namespace Ballast.App.Commands;

/// <summary>Margin as JSON. Figures are estimates, in the account's unit.</summary>
internal static class MarginJson
{
    /// <param name="far">With where the account would be liquidated, which takes long in a large book.</param>
    public static JsonObject Of(MarginAnswer answer, bool far = true)
    {
        var (figures, account) = (answer.After, answer.After.Account);
        var json = new JsonObject
        {
            ["at"] = Json.Time(account.At), ["preset"] = Preset(account.Preset, account.At), ["unit"] = account.Unit.Code, ["equity"] = Json.Estimate(account.Equity),
            ["initial"] = Json.Estimate(figures.Margin.Initial), ["maintenance"] = Json.Estimate(figures.Margin.Maintenance), ["use"] = Json.Estimate(figures.Use),
            ["decides"] = Pair(figures.Decisive), ["otherReading"] = figures.Other is { } other ? Pair(other) : null,
            ["worst"] = Worst(figures), ["parts"] = Json.Array(figures.Parts.Select(Part)), ["haircut"] = Json.Estimate(figures.Haircut),
            ["grid"] = Json.Array(figures.Parts.SelectMany(Grid)), ["contributions"] = Json.Array(figures.Parts.SelectMany(p => p.Shares).Select(Share)),
            ["diversification"] = Json.Estimate(figures.Diversification),
        };
        if (far) json["liquidation"] = Liquidation(answer.Liquidation, account);
        if (!answer.Question.Legs.IsEmpty)
            json["before"] = new JsonObject { ["initial"] = Json.Estimate(answer.Before.Margin.Initial), ["maintenance"] = Json.Estimate(answer.Before.Margin.Maintenance), ["use"] = Json.Estimate(answer.Before.Use) };
        if (answer.Route is { } route) json["order"] = LegLines.Json(route);
        if (answer.Relief is { } relief) json["unwind"] = Relief(answer.Target!.Value, relief);
        json["notes"] = Json.Texts([.. account.Notes, .. account.Preset.Notes]);
        json["warnings"] = Json.Texts(account.Preset.Stale(account.At) ? ["STALE_PRESET"] : []);
        json["units"] = answer.Question.Desk.Units;
        return json;
    }

    public static JsonObject Refused(MarginQuestion question)
    {
        var all = question.Refusals.Select(r => new JsonObject { ["code"] = r.Code, ["field"] = r.Field, ["value"] = r.Value, ["reason"] = r.Reason }).ToArray();
        return new() { ["preset"] = Preset(question.Preset, question.Desk.Chain.At), ["refused"] = all[0].DeepClone(), ["refusals"] = Json.Array(all) };
    }

    public static JsonObject Preset(MarginPreset preset, Instant now) => new()
    {
        ["name"] = preset.Name, ["asOf"] = preset.AsOf?.ToString("uuuu-MM-dd", null), ["verified"] = preset.Verified, ["source"] = preset.Source, ["family"] = preset.Family,
        ["ageDays"] = preset.Age(now), ["stale"] = preset.Stale(now),
    };

    public static JsonObject Pair(MarginPair pair) => new() { ["initial"] = Json.Estimate(pair.Initial), ["maintenance"] = Json.Estimate(pair.Maintenance) };

    /// <summary>The worst case of each underlying; the first underlying's own keys besides, because most accounts have one.</summary>
    private static JsonObject? Worst(MarginFigures figures) => figures.Parts.Where(p => p.Scenario is not null).Select(p =>
    {
        var row = Row(p, p.Scenario!.Worst);
        row["loss"] = Json.Estimate(p.Scenario.Scan);
        return row;
    }).FirstOrDefault();

    private static JsonObject Part(PartMargin part) => new()
    {
        ["underlying"] = part.Unit.Underlying.Code, ["index"] = Json.Estimate(part.Unit.Account.Index), ["initial"] = Json.Estimate(part.Margin.Initial), ["maintenance"] = Json.Estimate(part.Margin.Maintenance),
        ["scan"] = Json.Estimate(part.Scenario?.Scan), ["roll"] = Json.Estimate(part.Scenario?.Roll), ["liquidityShock"] = Json.Estimate(part.Scenario?.Liquidity), ["contingency"] = Json.Estimate(part.Scenario?.Contingency),
        ["minimum"] = Json.Estimate(part.Scenario?.Minimum), ["risk"] = Json.Estimate(part.Scenario?.Risk), ["worst"] = part.Scenario is { } s ? Row(part, s.Worst) : null,
    };

    private static IEnumerable<JsonObject> Grid(PartMargin part) => part.Book is null ? [] : Enumerable.Range(0, part.Scenario!.Gains.Length).Select(i => Row(part, i));

    private static JsonObject Row(PartMargin part, int i)
    {
        var scenario = part.Book!.Rules.Scenarios[i];
        return new()
        {
            ["underlying"] = part.Unit.Underlying.Code, ["index"] = i + 1, ["move"] = Json.Estimate(scenario.Move), ["volatility"] = scenario.Volatility.ToString().ToLowerInvariant(), ["weight"] = Json.Estimate(scenario.Weight),
            ["extended"] = scenario.Far, ["pnl"] = Json.Estimate(part.Scenario!.Gains[i]), ["counted"] = Json.Estimate(part.Scenario.Counted[i]), ["kept"] = Json.Estimate(part.Scenario.Kept(i)),
        };
    }

    private static JsonObject Share(PositionShare share) => new()
    {
        ["instrument"] = share.Position.Contract.Symbol, ["quantity"] = Json.Exact(share.Position.Position.Quantity), ["initial"] = Json.Estimate(share.Initial), ["maintenance"] = Json.Estimate(share.Maintenance),
        ["scan"] = Json.Estimate(share.Parts?.Scan), ["roll"] = Json.Estimate(share.Parts?.Roll), ["liquidityShock"] = Json.Estimate(share.Parts?.Liquidity),
    };

    private static JsonObject Relief(double target, Answer<ImmutableArray<ReliefStep>> relief) => relief switch
    {
        Answer<ImmutableArray<ReliefStep>>.Found found => new()
        {
            ["target"] = Json.Estimate(target),
            ["steps"] = Json.Array(found.Value.Select(s => new JsonObject
            {
                ["instrument"] = s.Contract.Symbol, ["quantity"] = Json.Exact(s.Quantity), ["cost"] = Json.Estimate(s.Cost), ["released"] = Json.Estimate(s.Released),
                ["use"] = Json.Estimate(s.Use), ["delta"] = Json.Estimate(s.Delta),
            })),
        },
        Answer<ImmutableArray<ReliefStep>>.Refused refused => new() { ["target"] = Json.Estimate(target), ["refused"] = new JsonObject { ["code"] = Words.Code(refused.Code), ["reason"] = refused.Reason } },
        _ => throw new InvalidOperationException(),
    };

    private static JsonObject Liquidation(MarginLiquidation found, MarginAccount account) => new()
    {
        ["already"] = found.Price.Already, ["below"] = Point(found.Price.Below, found.Sigma, account), ["above"] = Point(found.Price.Above, found.Sigma, account),
        ["intervals"] = Json.Array(found.Price.Intervals.Select(i => new JsonObject { ["from"] = Json.Estimate(i.From), ["to"] = Json.Estimate(i.To) })),
        ["joint"] = found.Joint is { } joint ? new JsonObject { ["move"] = Json.Estimate(joint.Move), ["volatility"] = Json.Estimate(joint.Volatility), ["sigmas"] = Json.Estimate(joint.Distance) } : null,
    };

    private static JsonObject? Point(double? move, double? sigma, MarginAccount account) => move is not { } x ? null : new JsonObject
    {
        ["move"] = Json.Estimate(x), ["price"] = account.Parts is [var only] ? Json.Estimate(only.Account.Index * (1 + x)) : null,
        ["sigmas"] = Json.Estimate(sigma is { } σ ? Math.Log(1 + x) / σ : null), ["daysToThreeSigma"] = Json.Estimate(sigma is { } s && x != 0 ? Resilience.DaysToThreeSigma(x, s * Math.Sqrt(365)) : null),
    };
}
