using System.Text.Json.Nodes;
using Ballast.App.Commands;
using Ballast.App.Output;
using Ballast.Hedging;
using Ballast.Margin;
using Ballast.Numerics.Allocation;
using Ballast.Numerics.Execution;

namespace Ballast.App.Serving;

/// <summary>The hedge that a policy would make, its legs in an order, and the band over price. What a loop sends is the plan that it has shown itself.</summary>
internal static class BookHedge
{
    /// <summary>Moves of the trace on each side of the price, one per cent apart.</summary>
    private const int Reach = 30;

    public static readonly Field Anyway = new("anyway", "boolean", "true: plan to the outlook though no rule fires, as `ballast hedge --now` does");

    /// <exception cref="Problem">The policy has no hedge, or the order does not name each leg once.</exception>
    public static JsonObject Of(SeenBook seen, Hedged hedged, string? order)
    {
        var json = new JsonObject { ["at"] = Json.Time(hedged.Desk.Chain.At), ["readAt"] = Json.Time(seen.Read), ["sends"] = false, ["hedge"] = HedgeJson.Of(hedged) };
        (json["legs"], json["path"], json["trace"]) = (hedged.Plan is { } plan ? Json.Array(plan.Trades.Select(t => Leg(seen, t))) : [], hedged.Plan is { } p ? Path(seen, hedged, p, order) : null, hedged.Plan is { } q ? Trace(hedged, q) : null);
        json["note"] = "Nothing is sent from here. A running loop shows its own plan where it is approved, on the portfolio's page.";
        return json;
    }

    private static JsonObject Leg(SeenBook seen, HedgeTrade t)
    {
        var held = seen.Desk.Book.Positions.Where(p => p.Contract.Symbol == t.Contract.Symbol).Sum(p => p.Quantity);
        return new()
        {
            ["number"] = t.Number, ["instrument"] = t.Contract.Symbol, ["side"] = t.Buys ? "buy" : "sell", ["quantity"] = Json.Exact(t.Quantity),
            ["amountIn"] = (t.Contract.AmountIn == Instruments.AmountIn.Money ? t.Contract.Quote : t.Contract.Base).Code, ["price"] = Json.Exact(t.Price), ["value"] = Json.Exact(t.Value),
            ["cost"] = Json.Exact(t.Cost), ["delta"] = Json.Estimate(t.Delta), ["reason"] = t.Reason, ["held"] = Json.Exact(held), ["after"] = Json.Exact(held + t.Signed),
        };
    }

    /// <summary>Null without a preset, or without trades.</summary>
    private static JsonObject? Path(SeenBook seen, Hedged hedged, HedgePlan plan, string? order)
    {
        if (plan.Route is not { Best: Answer<LegPath>.Found { Value: var best } } route || seen.Question([])?.Before is not { } account) return order is null ? null : throw Problem.Bad("order: there are no legs to put in order.");
        return BookPath.Of(account, hedged.Desk.Book, hedged.Desk.Chain, route, [.. best.Order], order).ToJson();
    }

    private static JsonObject Trace(Hedged hedged, HedgePlan plan)
    {
        var (rules, index) = (hedged.Policy.Hedge!, (double)plan.Before.Exposure.Index);
        var points = HedgeTrace.Of(rules, plan, hedged.Desk.Book, hedged.Desk.Chain, Enumerable.Range(-Reach, 2 * Reach + 1).Select(i => i / 100.0));
        var wanted = HedgeTrace.Wanted(rules, plan);
        return new()
        {
            ["underlying"] = plan.Before.Exposure.Underlying.Code, ["index"] = Json.Estimate(index), ["now"] = Json.Estimate(plan.Before.Exposure.Delta(rules.Numeraire)), ["after"] = Json.Estimate(plan.After.Exposure.Delta(rules.Numeraire)),
            ["target"] = wanted is var (low, high) ? new JsonObject { ["low"] = Json.Estimate(low), ["high"] = Json.Estimate(high) } : null,
            ["band"] = plan.Band is { } band ? new JsonObject { ["low"] = Json.Estimate(band.Low), ["high"] = Json.Estimate(band.High), ["why"] = band.Why } : null,
            ["moves"] = Numbers(points.Select(p => (double?)p.Move)), ["prices"] = Numbers(points.Select(p => (double?)(index * (1 + p.Move)))), ["delta"] = Numbers(points.Select(p => (double?)p.Delta)), ["hedged"] = Numbers(points.Select(p => (double?)p.Hedged)),
            ["low"] = Numbers(points.Select(p => p.Band?.Low)), ["high"] = Numbers(points.Select(p => p.Band?.High)),
            ["note"] = "all prices move together; volatilities and the time stay as they are",
        };
    }

    private static JsonArray Numbers(IEnumerable<double?> all) => Json.Array(all.Select(Json.Estimate));
}
