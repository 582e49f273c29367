namespace Ballast.Simulation;

/// <summary>Events, records and effects as lines of a trace.</summary>
internal static class Words
{
    public static string Of(ExecutionEvent happened) => happened switch
    {
        ExecutionEvent.Sent e => $"of sending {Short(e.Id)}: {e.Outcome}",
        ExecutionEvent.Cancelled e => $"of cancelling {Short(e.Id)}: {e.Outcome}",
        ExecutionEvent.Queried e => $"of asking for {Short(e.Id)}: {Of(e.Outcome)}",
        ExecutionEvent.TradeSeen e => $"trade {e.Trade.TradeId} of {e.Trade.VenueOrderId}: {e.Trade.Quantity} at {e.Trade.Price}",
        ExecutionEvent.OrderSeen e => $"order {e.Order.VenueOrderId} is {e.Order.State}, filled {e.Order.Filled}",
        ExecutionEvent.SnapshotTaken e => $"snapshot of {e.Snapshot.Account} as of {Timeline.Of(e.Snapshot.AsOf) / 1000.0:0.000}: {string.Join(", ", e.Snapshot.Balances.Select(b => $"{b.Key} {b.Value}"))}; {string.Join(", ", e.Snapshot.Positions.Select(b => $"{b.Key} {b.Value}"))}; {e.Snapshot.Open.Length} open",
        ExecutionEvent.PlanOffered e => $"plan {e.Plan.Id} ({(e.Approved ? "approved" : "to be approved")}, {e.Plan.Style.Type}, {e.Plan.Style.WhenLegFails}): {string.Join("; ", e.Plan.Parents.Select(p => $"{p.Number}: {p.Side} {p.Quantity} {p.Tradable.Symbol} at {p.Account} group {p.Group}"))}",
        _ => happened.ToString(),
    };

    private static string Of(QueryOutcome outcome) => outcome is QueryOutcome.Found found
        ? $"{string.Join(", ", found.Orders.Select(o => $"{o.VenueOrderId} {o.State} filled {o.Filled}"))}; trades {string.Join(", ", found.Trades.Select(t => t.TradeId))}"
        : outcome.ToString();

    public static string Of(JournalRecord record) => record switch
    {
        JournalRecord.Intended r => $"intent {Short(r.Order.Id)}: leg {r.Order.Leg} attempt {r.Order.Attempt}, {r.Order.Side} {r.Order.Quantity} {r.Order.Tradable.Symbol} at {r.Order.Price} {r.Order.Life}, until {Timeline.Of(r.Order.Deadline) / 1000.0:0.000}",
        JournalRecord.OrderMoved r => $"order {Short(r.Id)}: {r.From} -> {r.To} by {r.Cause} {r.Reason}",
        JournalRecord.Filled r => $"fill of {(r.Order is { } id ? Short(id) : "nobody's order")}: {r.Trade.TradeId} {r.Trade.Quantity} at {r.Trade.Price}",
        JournalRecord.PlanMoved r => $"plan {r.PlanId} is {r.State}: {r.Reason}",
        JournalRecord.PlanCreated r => $"plan {r.Plan.Id}",
        JournalRecord.Reconciled r => $"{r.Account} agrees",
        _ => record.ToString(),
    };

    public static string Of(Effect effect) => effect switch
    {
        Effect.Send e => $"send {Short(e.Order.Order.Id)}",
        Effect.Cancel e => $"cancel {Short(e.Order.Id)}",
        Effect.Query e => $"ask for {Short(e.Order.Id)}",
        _ => effect.ToString(),
    };

    private static string Short(OrderId id) => id.ToString()[^8..];
}
