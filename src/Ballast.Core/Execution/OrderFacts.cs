using Ballast.Orders;
using Ballast.Records;

namespace Ballast.Execution;

/// <summary>What is learnt of orders and trades, by whatever way it came: answers, streams, lists.</summary>
internal static class OrderFacts
{
    /// <summary>A trade is a fact and booked once; orders follow from trades, never the other way round.</summary>
    public static void Trade(Turn turn, string account, TradeReport trade)
    {
        if (turn.State.Trades.Contains(new TradeKey(account, trade.VenueOrderId, trade.TradeId)))
        {
            if (turn.Rules.Safeguards.TradesOnce) return;
            trade = trade with { TradeId = $"{trade.TradeId}+{turn.State.Trades.Count}" };
        }
        if (turn.State.Find(account, trade.Id, trade.VenueOrderId) is not { } order)
        {
            Unexplained(turn, account, trade);
            return;
        }
        var id = order.Id;
        turn.MarkSent(id);
        turn.Record(new JournalRecord.Filled(turn.Now, account, id, trade with { Id = id }, order.Request.Tradable));
        CompareSoon(turn, account);
        if (turn.Order(id).State is OrderState.Sent or OrderState.Unknown or OrderState.Open) turn.Move(id, OrderCause.Fill, OrderState.Partial);
        if (turn.Order(id).Filled > order.Request.Quantity)
            Killing.Set(turn, account, "an invariant", $"order {id} is filled with more than was ordered");
        else if (turn.Order(id) is { State: OrderState.Partial, Filled: var filled } && filled == order.Request.Quantity)
            Told(turn, id, new OrderReport(trade.VenueOrderId, id, trade.Symbol, trade.Side, filled, trade.Price, filled, VenueState.Filled));
        else if (turn.Order(id).State == OrderState.Closing) TryClose(turn, id);
    }

    /// <summary>What a venue paid is booked once; what it paid before an account was first seen is in what it had then.</summary>
    public static void Payment(Turn turn, string account, PaymentReport payment)
    {
        if (!turn.State.Opened.Contains(account) || turn.State.Trades.Contains(TradeKey.Of(account, payment))) return;
        turn.Record(new JournalRecord.Paid(turn.Now, account, payment));
        CompareSoon(turn, account);
    }

    /// <summary>Balances are compared as soon as the venue's reads are sure to have a fill in them.</summary>
    private static void CompareSoon(Turn turn, string account)
    {
        var soon = turn.Now + turn.SheetOf(account).LagMargin + Duration.FromSeconds(1);
        if (turn.State.Account(account).NextSnapshot > soon) turn.Change(account, a => a with { NextSnapshot = soon });
    }

    /// <summary>An order as the venue streams it.</summary>
    public static void Order(Turn turn, string account, OrderReport report)
    {
        if (turn.State.Find(account, report.Id, report.VenueOrderId) is { } order)
        {
            if (order.IsLive) Told(turn, order.Id, report);
            else if (report.State == VenueState.Open && order.VenueOrderId is { } known && report.VenueOrderId != known)
                Killing.Set(turn, account, "an invariant", $"the venue has a second order under the id {order.Id}, which is closed");
        }
        else if (report.Id is { IsOurs: true } && report.State == VenueState.Open)
            Killing.Set(turn, account, "an invariant", $"the venue has an order {report.Id} of ours that the journal does not know");
    }

    /// <summary>What a venue says of a live order of ours, with what it has filled in all.</summary>
    /// <param name="asOf">Venue time of what it says; null where that is not told.</param>
    public static void Told(Turn turn, OrderId id, OrderReport report, Instant? asOf = null)
    {
        turn.MarkSent(id);
        var state = turn.Order(id).State;
        if (report.State == VenueState.Open)
        {
            if (state is OrderState.Sent) turn.Move(id, OrderCause.Acknowledged, OrderState.Open, venueOrderId: report.VenueOrderId);
            if (state is OrderState.Unknown) turn.Move(id, OrderCause.FoundOpen, OrderState.Open, venueOrderId: report.VenueOrderId);
            if (state is OrderState.Closing && report.Filled < turn.Order(id).Request.Quantity) turn.Move(id, OrderCause.FoundOpen, OrderState.Cancelling, "it is open after all");
            if (turn.Order(id) is { State: OrderState.Open, Filled: > 0 }) turn.Move(id, OrderCause.Fill, OrderState.Partial);
            return;
        }
        var before = turn.Watch(id).Closed;
        if (state != OrderState.Closing) turn.Move(id, OrderCause.FoundClosed, OrderState.Closing, venueOrderId: report.VenueOrderId);
        var same = before is not null && before.State == report.State && before.Filled == report.Filled;
        turn.Set(id, turn.Watch(id) with { Closed = new ClosedReport(report.State, report.Filled, (same ? before!.Since : null) ?? asOf, asOf ?? (same ? before!.Last : null)) });
        TryClose(turn, id);
    }

    /// <summary>
    /// Closed for good: every fill that the venue counts is booked, and it has said the same for as long as its reads may lag. What is filled in full can fill no more.
    /// </summary>
    public static void TryClose(Turn turn, OrderId id)
    {
        var (order, guards) = (turn.Order(id), turn.Rules.Safeguards);
        if (order.State != OrderState.Closing || turn.Watch(id) is not { Twin: false, Closed: { } closed }) return;
        if (order.Filled != closed.Filled && guards.FillsBeforeClose) return;
        var full = order.Filled == order.Request.Quantity;
        var stable = closed is { Since: { } since, Last: { } last } && last - since >= turn.SheetOf(order.Request.Account).LagMargin;
        if (!full && !stable && guards.StableBeforeClose) return;
        turn.Move(id, OrderCause.AllFillsBooked, full ? OrderState.Filled : EndOf(closed.State, order.Filled));
    }

    /// <summary>An order that is refused after it was accepted counts as refused: it is not tried for ever.</summary>
    private static OrderState EndOf(VenueState state, decimal filled) => state switch
    {
        VenueState.Rejected when filled == 0 => OrderState.Rejected,
        VenueState.Rejected or VenueState.Expired => OrderState.Expired,
        _ => OrderState.Cancelled,
    };

    /// <summary>It may be of an order whose venue id we do not know yet: those are asked for first. Only then is it somebody else's.</summary>
    private static void Unexplained(Turn turn, string account, TradeReport trade)
    {
        if (turn.State.Account(account).Unmatched.Any(t => t.TradeId == trade.TradeId && t.VenueOrderId == trade.VenueOrderId)) return;
        turn.Change(account, a => a with { Unmatched = a.Unmatched.Add(trade) });
        foreach (var (id, order) in turn.State.Orders)
            if (order.IsLive && order.VenueOrderId is null && order.Request.Account == account) turn.Ask(id);
    }

    /// <summary>Trades that waited for their order. Those that nobody explains are left to the comparison of balances.</summary>
    public static void Rematch(Turn turn, string account)
    {
        var waiting = turn.State.Account(account).Unmatched;
        if (waiting.IsEmpty) return;
        foreach (var (_, order) in turn.State.Orders)
            if (order.IsLive && order.VenueOrderId is null && order.Request.Account == account) return;
        turn.Change(account, a => a with { Unmatched = [] });
        foreach (var trade in waiting)
            if (turn.State.Find(account, trade.Id, trade.VenueOrderId) is not null) Trade(turn, account, trade);
            else turn.Change(account, a => a with { NextSnapshot = turn.Now });
    }
}
