using System.Text.Json.Nodes;
using Ballast.App.Output;
using Ballast.Derivatives;
using Ballast.Hedging;
using Ballast.Numerics.Allocation;

namespace Ballast.App.Commands;

/// <summary>A hedge as JSON.</summary>
internal static class HedgeJson
{
    public static JsonObject Of(Hedged hedged)
    {
        var json = new JsonObject { ["policy"] = hedged.Policy.Name, ["at"] = Json.Time(hedged.Desk.Chain.At), ["numeraire"] = hedged.Policy.Hedge!.Numeraire.ToString().ToLowerInvariant() };
        if (hedged.Plan is not { } plan)
        {
            var refused = (Answer<HedgePlan>.Refused)hedged.Answer;
            json["refused"] = new JsonObject { ["code"] = Words.Code(refused.Code), ["reason"] = refused.Reason };
            return json;
        }
        json["reason"] = plan.Reason;
        json["exposureBefore"] = Level(plan.Before);
        json["exposureAfter"] = Level(plan.After);
        json["relief"] = Json.Array(plan.Relief.Select(s => new JsonObject { ["instrument"] = s.Contract.Symbol, ["quantity"] = Json.Exact(s.Quantity), ["use"] = Json.Estimate(s.Use), ["delta"] = Json.Estimate(s.Delta) }));
        json["trades"] = Json.Array(plan.Trades.Select(Trade));
        json["expectedCost"] = Json.Exact(plan.Cost);
        json["marginPath"] = plan.Route is { } route ? LegLines.Json(route) : null;
        json["band"] = plan.Band is { } band
            ? new JsonObject { ["low"] = Json.Estimate(band.Low), ["high"] = Json.Estimate(band.High), ["half"] = Json.Estimate(band.Half), ["why"] = band.Why, ["prices"] = Json.Array(plan.Prices.Select(Price)) } : null;
        json["rules"] = Json.Array(plan.Answers.Select(a => new JsonObject { ["rule"] = a.Rule.Words, ["fired"] = a.Result.Fired, ["state"] = a.Result.State.ToString().ToLowerInvariant(), ["reason"] = a.Result.Reason }));
        json["notTraded"] = Json.Array(plan.LeftOut.Select(l => new JsonObject { ["code"] = l.Code, ["contracts"] = l.Count }));
        json["notes"] = Json.Texts(plan.Notes);
        json["units"] = hedged.Desk.Units;
        return json;
    }

    private static JsonObject Level(AccountLook account)
    {
        var json = ExposureJson.One(account.Exposure);
        json["counted"] = Json.Estimate(account.Exposure.Delta(account.Numeraire));
        json["marginUse"] = Json.Estimate(account.MarginUse);
        return json;
    }

    private static JsonObject Trade(HedgeTrade t) => new()
    {
        ["number"] = t.Number, ["instrument"] = t.Contract.Symbol, ["side"] = t.Buys ? "buy" : "sell", ["quantity"] = Json.Exact(t.Quantity),
        ["amountIn"] = (t.Contract.AmountIn == Instruments.AmountIn.Money ? t.Contract.Quote : t.Contract.Base).Code,
        ["price"] = Json.Exact(t.Price), ["limit"] = Json.Exact(t.Limit), ["value"] = Json.Exact(t.Value), ["fee"] = Json.Exact(t.Fee), ["slippage"] = Json.Exact(t.Slippage),
        ["delta"] = Json.Estimate(t.Delta), ["reason"] = t.Reason,
    };

    private static JsonObject Price(BandPrice p) => new() { ["half"] = Json.Estimate(p.Half), ["costPerDay"] = Json.Estimate(p.Cost), ["riskPerDay"] = Json.Estimate(p.Risk) };
}
