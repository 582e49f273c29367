using Ballast.Orders;

namespace Ballast.Execution;

/// <summary>What the answers of a venue say of one order of ours: to a send, a cancel, a question.</summary>
internal static class OrderAnswers
{
    public static void Sent(Turn turn, OrderId id, SendOutcome outcome)
    {
        if (!turn.State.Orders.TryGetValue(id, out var order) || !order.IsLive) return;
        switch (outcome)
        {
            case SendOutcome.NotSent(var reason):
                if (order.State == OrderState.Intent) turn.Move(id, OrderCause.DeadlineNear, OrderState.Unknown, reason);
                break;
            case SendOutcome.Acknowledged(var report, var trades):
                turn.MarkSent(id);
                if (turn.SheetOf(order.Request.Account).AckIsFinal || report.State != VenueState.Open) OrderFacts.Told(turn, id, report);
                else turn.Ask(id);
                foreach (var trade in trades) OrderFacts.Trade(turn, order.Request.Account, trade with { Id = id });
                break;
            case SendOutcome.Refused(var code, var reason, var definite):
                turn.MarkSent(id);
                // A reject speaks of one delivery of the request: only the venue's word that the id can never exist closes the order.
                if (turn.Order(id).State == OrderState.Sent && (definite || !turn.Rules.Safeguards.OnlyDefiniteRejects)) turn.Move(id, OrderCause.DefiniteReject, OrderState.Rejected, $"{code}: {reason}");
                else Doubt(turn, id, $"{code}: {reason}");
                break;
            case SendOutcome.Ambiguous(var reason):
                turn.MarkSent(id);
                Doubt(turn, id, reason);
                break;
        }
    }

    public static void Cancelled(Turn turn, OrderId id, CancelOutcome outcome)
    {
        if (!turn.State.Orders.TryGetValue(id, out var order) || order.State != OrderState.Cancelling) return;
        if (outcome is CancelOutcome.Done) turn.Move(id, OrderCause.CancelDone, OrderState.Closing);
        if (outcome is CancelOutcome.NotOpen(var reason)) turn.Move(id, OrderCause.CancelRefused, OrderState.Closing, reason);
    }

    public static void Queried(Turn turn, OrderId id, QueryOutcome outcome)
    {
        if (!turn.State.Orders.TryGetValue(id, out var order)) return;
        switch (outcome)
        {
            case QueryOutcome.Found(var reports, var trades, var at):
                Twins(turn, order, reports);
                foreach (var trade in trades) OrderFacts.Trade(turn, order.Request.Account, trade with { Id = id });
                if (turn.Order(id).IsLive) Found(turn, id, reports, at);
                break;
            case QueryOutcome.NotFound(var asOf):
                NotFound(turn, id, asOf);
                break;
            case QueryOutcome.Failed when !turn.Rules.Safeguards.FailedIsNotZero:
                NotFound(turn, id, Instant.MaxValue);
                break;
        }
    }

    /// <summary>Some venues make a second order of a second copy: what they filled is summed, and all must be closed.</summary>
    private static void Found(Turn turn, OrderId id, ImmutableArray<OrderReport> reports, Instant asOf)
    {
        if (reports.IsEmpty) return;
        var open = reports.FirstOrDefault(r => r.State == VenueState.Open);
        OrderFacts.Told(turn, id, (open ?? reports[0]) with { Filled = reports.Sum(r => r.Filled) }, asOf);
    }

    /// <summary>A second order under one id that can still fill is more than was wanted: everything is cancelled, and nothing is closed while one of them is open.</summary>
    private static void Twins(Turn turn, ChildOrder order, ImmutableArray<OrderReport> reports)
    {
        var twin = reports.Length > 1 && reports.Any(r => r.State == VenueState.Open);
        if (turn.State.Watches.ContainsKey(order.Id)) turn.Set(order.Id, turn.Watch(order.Id) with { Twin = twin });
        if (twin) Killing.Set(turn, order.Request.Account, "an invariant", $"the venue has {reports.Length} orders under the id {order.Id}");
    }

    /// <summary>
    /// Not found means something only where the order could not come any more: its deadline has passed at the venue, and so has what reads lag behind.
    /// Twice, with no trace in the trades; and not so late that the venue would have forgotten it anyway.
    /// </summary>
    private static void NotFound(Turn turn, OrderId id, Instant asOf)
    {
        var order = turn.Order(id);
        if (order is { State: OrderState.Closing, Filled: 0 }) Forgotten(turn, order, asOf);
        if (order.State != OrderState.Unknown || order.Filled > 0 || order.VenueOrderId is not null) return;
        var (sheet, guards) = (turn.SheetOf(order.Request.Account), turn.Rules.Safeguards);
        if (guards.ProofNeedsDeadline && asOf <= sheet.ProofFrom(order.Request.Deadline)) return;
        var watch = turn.Watch(id) with { Absent = turn.Watch(id).Absent + 1 };
        // The venue would have forgotten it: no proof; a person must look.
        if (sheet.UnfilledKept is { } kept && asOf - order.Request.Deadline > kept) turn.Set(id, watch);
        else if (watch.Absent >= 2 || !guards.ProofNeedsTwo) turn.Move(id, OrderCause.NotFoundTwice, OrderState.ProvenAbsent);
        else turn.Set(id, watch with { NextAsk = turn.Now + Duration.FromSeconds(1) });
    }

    /// <summary>
    /// A venue forgets what closed without a fill: that it knows it no more, twice, confirms that it has closed. Sooner than it forgets it is a question that went wrong.
    /// </summary>
    private static void Forgotten(Turn turn, ChildOrder order, Instant asOf)
    {
        var (sheet, watch) = (turn.SheetOf(order.Request.Account), turn.Watch(order.Id));
        var made = order.Request.Deadline - sheet.Deadline;
        if (sheet.UnfilledKept is not { } kept || asOf - made <= kept || asOf == Instant.MaxValue || watch.Closed is { Filled: not 0 }) return;
        var told = watch.Closed ?? new ClosedReport(VenueState.Cancelled, 0, asOf, asOf);
        turn.Set(order.Id, watch with { Closed = told with { Since = told.Since ?? asOf, Last = asOf } });
        OrderFacts.TryClose(turn, order.Id);
    }

    private static void Doubt(Turn turn, OrderId id, string reason)
    {
        if (turn.Order(id).State == OrderState.Sent) turn.Move(id, OrderCause.Ambiguous, OrderState.Unknown, reason);
        turn.Set(id, turn.Watch(id) with { NextAsk = turn.Now + Duration.FromSeconds(1) });
    }
}
