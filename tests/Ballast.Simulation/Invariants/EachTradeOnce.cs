namespace Ballast.Simulation;

/// <summary>I9: each trade is booked once and as what it is, and an order is closed only when all its fills are booked and the venue has closed it.</summary>
internal sealed class EachTradeOnce(Simulated world) : Invariant(world, "I9")
{
    private readonly List<(string Account, VenueOrder Order)> _twins = [];

    public override void Durable(JournalRecord record)
    {
        if (record is JournalRecord.Filled filled) Booked(filled);
        if (record is JournalRecord.OrderMoved moved && !moved.To.IsLive()) Closed(moved);
    }

    private void Booked(JournalRecord.Filled filled)
    {
        var trade = filled.Trade;
        if (World.Shadow.Trades.Contains(new TradeKey(filled.Account, trade.VenueOrderId, trade.TradeId))) Broken($"trade {trade.TradeId} of {filled.Account} is booked twice");
        foreach (var true_ in World.Venue(filled.Account).Trades)
        {
            if (true_.Report.TradeId != trade.TradeId || true_.Report.VenueOrderId != trade.VenueOrderId) continue;
            if (true_.Report with { Id = null } != trade with { Id = null }) Broken($"trade {trade.TradeId} of {filled.Account} is booked otherwise than it was");
            if (filled.Order is { } id && true_.Order.Id != id) Broken($"trade {trade.TradeId} of {filled.Account} is booked to an order that it is not of");
            return;
        }
        Broken($"trade {trade.TradeId} of {filled.Account} is booked and never was");
    }

    private void Closed(JournalRecord.OrderMoved moved)
    {
        var known = World.Shadow.Orders[moved.Id];
        var truth = 0m;
        foreach (var order in World.Venue(known.Request.Account).Orders)
        {
            if (order.Id != moved.Id) continue;
            truth += order.Filled;
            if (!order.IsOpen) continue;
            // A second order that the venue made of one request: nobody can know of it yet. Ballast must have stopped when the run ends.
            if (moved.To == OrderState.Filled && known.Filled == known.Request.Quantity) _twins.Add((known.Request.Account, order));
            else Broken($"{moved.Id} is {moved.To}, and {order.VenueOrderId} is open at the venue");
        }
        if (truth != known.Filled) Broken($"{moved.Id} is {moved.To} with {known.Filled} booked, and the venue has filled {truth}");
    }

    /// <summary>Every trade of an order of ours is in the journal at the end, unless the journal still says that it does not know.</summary>
    public override void AtEnd()
    {
        foreach (var (account, twin) in _twins)
            if ((twin.IsOpen || twin.Filled > 0) && !World.Shadow.IsKilled(account)) Broken($"{account} made two orders of one request, and Ballast goes on trading there");
        foreach (var venue in World.Venues)
        {
            if (World.Process.State.Mismatches.ContainsKey(venue.Account)) continue;
            foreach (var trade in venue.Trades)
                if (trade.Order.Intent is { } made && !World.Shadow.Trades.Contains(new TradeKey(venue.Account, trade.Report.VenueOrderId, trade.Report.TradeId)) && !IsLive(made.Id))
                    Broken($"trade {trade.Report.TradeId} of {venue.Account} is not booked");
        }
    }

    private bool IsLive(OrderId id) => World.Shadow.Orders.TryGetValue(id, out var order) && order.State.IsLive();
}
