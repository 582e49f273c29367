using System.Text.Json.Nodes;
using Ballast.App.Output;
using Ballast.Planning;

namespace Ballast.App.Commands;

/// <summary>A plan as the JSON of the contract.</summary>
internal static class PlanJson
{
    public static JsonObject Of(Planned planned)
    {
        var json = new JsonObject
        {
            ["name"] = planned.Now.Policy.Name,
            ["base"] = planned.Now.Policy.Base.Code,
            ["at"] = Json.Time(planned.Now.Sight.At),
            ["due"] = planned.Decision.Intent is not null,
            ["reason"] = planned.Intent?.Reason ?? planned.Decision.Reason,
            ["instruments"] = planned.Now.Instruments.Source,
            ["targetsFrom"] = Json.Texts(planned.Decision.Targets?.From ?? []),
            ["triggers"] = RuleJson.Of(planned.Decision.Answers),
            ["refused"] = planned.Refusal is { } r ? new JsonObject { ["code"] = r.Code, ["reason"] = r.Reason } : null,
            ["trades"] = Json.Array(planned.Plan?.Trades.Select(t => (JsonNode?)Trade(t)) ?? []),
            ["notTraded"] = Json.Array(planned.NotTraded.Select(n => (JsonNode?)new JsonObject { ["asset"] = n.Asset.Code, ["code"] = n.Code, ["reason"] = n.Reason })),
        };
        if (planned.Plan is { } plan)
        {
            json["before"] = State(plan.Before);
            json["after"] = State(plan.After);
            json["warnings"] = Json.Texts(plan.Warnings);
        }
        else json["before"] = json["after"] = null;
        json["cost"] = Json.Exact(planned.Plan?.Cost ?? 0);
        json["costBps"] = planned.Plan is { Before.Value: > 0 } p ? Json.Estimate((double)(p.Cost / p.Before.Value) * 1e4) : Json.Estimate(0);
        return json;
    }

    private static JsonObject Trade(PlannedTrade t) => new()
    {
        ["number"] = t.Number,
        ["asset"] = t.Instrument.Base.Code,
        ["side"] = t.Side == Side.Buy ? "buy" : "sell",
        ["quantity"] = Json.Exact(t.Quantity),
        ["price"] = Json.Exact(t.Price),
        ["value"] = Json.Exact(t.Value),
        ["fee"] = Json.Exact(t.Fee.Value),
        ["feeAsset"] = t.Fee.Asset.Code,
        ["cost"] = Json.Exact(t.Cost),
        ["instrument"] = t.Instrument.Symbol,
        ["account"] = t.Account,
        ["cashAfter"] = Json.Exact(t.CashAfter),
        ["reason"] = t.Reason,
        ["lots"] = Json.Array(t.Lots.Select(l => new JsonObject
        {
            ["quantity"] = Json.Exact(l.Quantity), ["unitCost"] = Json.Exact(l.UnitCost), ["acquired"] = Json.Time(l.Acquired),
            ["gain"] = Json.Exact(l.Gain), ["period"] = l.Period.ToString().ToLowerInvariant(), ["tax"] = Json.Exact(l.Tax),
        })),
    };

    private static JsonObject State(PlanState state) => new()
    {
        ["value"] = Json.Exact(state.Value),
        ["cash"] = Json.Exact(state.Cash),
        ["largestDrift"] = Json.Estimate(state.LargestDrift),
        ["trackingError"] = Json.Estimate(state.TrackingError),
        ["assets"] = Json.Array(state.Lines.Select(l => new JsonObject
        {
            ["asset"] = l.Asset.Code, ["quantity"] = Json.Exact(l.Quantity), ["price"] = Json.Exact(l.Price), ["value"] = Json.Exact(l.Value),
            ["weight"] = Json.Estimate(l.Weight), ["target"] = Json.Estimate(l.Target),
        })),
    };
}
