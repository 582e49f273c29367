using Ballast.Money;

namespace Ballast.Planning;

/// <summary>Quantities that a person puts in the place of a plan's own, within what the venues accept.</summary>
internal sealed class PlanEdit(Plan plan, IReadOnlyDictionary<int, decimal> quantities)
{
    /// <summary>Writes them over those that were sized; the first that no venue would take, or that is not there to be sold, refuses them all.</summary>
    public PlanResult.Refused? Apply(IReadOnlyList<Order> orders, decimal[] sized)
    {
        for (var i = 0; i < sized.Length; i++)
            if (Of(orders[i], sized[i]) is { } trade && quantities.TryGetValue(trade.Number, out var wanted) && wanted != sized[i])
            {
                if (Wrong(orders[i].Ticket, trade, wanted) is { } wrong) return wrong;
                sized[i] = wanted;
            }
        return null;
    }

    /// <summary>An asset that was edited is where the person wants it: only what is taken out is told, and by whom.</summary>
    public ImmutableArray<NotTraded> Told(ImmutableArray<NotTraded> notes)
    {
        var edited = plan.Trades.Where(t => quantities.TryGetValue(t.Number, out var q) && q != t.Quantity).ToArray();
        return
        [
            .. notes.Where(n => edited.All(t => t.Instrument.Base != n.Asset)),
            .. edited.Where(t => quantities[t.Number] == 0).Select(t => new NotTraded(t.Instrument.Base, "EDITED_OUT", $"trade {t.Number} of {Figures.Quantity(t.Quantity)} was taken out by hand")),
        ];
    }

    private PlannedTrade? Of(Order order, decimal sized) => sized == 0 ? null : plan.Trades.FirstOrDefault(t =>
        t.Instrument.Symbol == order.Route.Instrument.Symbol && t.Account == order.Route.Account.Name && t.Side == order.Ticket.Side);

    private static PlanResult.Refused? Wrong(Ticket ticket, PlannedTrade trade, decimal wanted)
    {
        if (wanted == 0) return null;
        if (wanted < 0) return new("EDIT_NEGATIVE", $"trade {trade.Number}: {Figures.Exact(wanted)} is below zero; a trade keeps its side, and zero takes it out");
        if (ticket.MaxQuantity is { } most && wanted > most)
            return new("EDIT_TOO_LARGE", $"trade {trade.Number}: {Figures.Exact(wanted)} {ticket.Asset} is more than the {Figures.Exact(most)} that may be {(ticket.Buys ? "bought" : "sold")}");
        if (wanted != ticket.Whole && wanted % ticket.Lot != 0)
            return new("EDIT_NOT_IN_LOTS", $"trade {trade.Number}: {Figures.Exact(wanted)} {ticket.Asset} is no whole number of lots of {Figures.Exact(ticket.Lot)}");
        return wanted >= ticket.Least ? null
            : new("EDIT_TOO_SMALL", $"trade {trade.Number}: {Figures.Exact(wanted)} {ticket.Asset} is below the least order of {Figures.Exact(ticket.Least)}");
    }
}
