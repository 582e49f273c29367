namespace Ballast.Simulation;

/// <summary>Programs whose adapters tell the core something else than what happened.</summary>
internal static class WrongEars
{
    public static Variant[] All =>
    [
        Hears<ExecutionEvent.Sent>("blind-retry", "no answer is taken for a refusal, and a new order is made", e => e.Outcome is SendOutcome.Ambiguous(var why) ? e with { Outcome = new SendOutcome.Refused("TIMEOUT", why, true) } : e),
        Hears<ExecutionEvent.Queried>("as-of-too-late", "an answer is said to be newer than it is", e => e.Outcome is QueryOutcome.NotFound(var asOf) ? e with { Outcome = new QueryOutcome.NotFound(asOf + Duration.FromMinutes(2)) } : e),
        Hears<ExecutionEvent.OrderSeen>("sum-taken-for-trade", "what an order has filled in all is booked as a trade", e => e.Order is { Filled: > 0 } o ? new ExecutionEvent.TradeSeen(e.At, e.Account, TradeOf(o, e.At)) : e),
        Hears<ExecutionEvent.TradeSeen>("fee-forgotten", "trades are told without their fees", e => e with { Trade = e.Trade with { Fee = e.Trade.Fee with { Value = 0 } } }),
        Hears<ExecutionEvent.TradeSeen>("trade-by-other-number", "each telling of a trade gets a number of its own", e => e with { Trade = e.Trade with { TradeId = $"{e.Trade.TradeId}@{e.At.ToUnixTimeMilliseconds()}" } }),
        Hears<ExecutionEvent.Sent>("key-in-message", "a failure quotes the signed request", e => e.Outcome is SendOutcome.Ambiguous(var why) ? e with { Outcome = new SendOutcome.Ambiguous($"{why}: POST /order?key={NoSecrets.Canary}") } : e),
    ];

    private static Variant Hears<T>(string name, string wrong, Func<T, ExecutionEvent?> instead) where T : ExecutionEvent =>
        new(name, wrong) { Hears = happened => happened is T one ? instead(one) : happened };

    private static TradeReport TradeOf(OrderReport order, Instant at) =>
        new($"o{order.Filled}", order.VenueOrderId, order.Id, order.Symbol, order.Side, order.Filled, order.Price, new Amount(0, new Asset("USDT")), at);
}
