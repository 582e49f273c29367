using Ballast.Instruments;
using Ballast.Money;

namespace Ballast.Planning;

/// <summary>A ticket with the line and the place that it is for.</summary>
internal sealed record Order(DraftLine Draft, Route Route, Ticket Ticket);

/// <summary>Spreads the trade of each line over accounts: as few orders as possible, sales where most is held, buys where the money is.</summary>
internal sealed class Allotment
{
    private readonly List<Order> _orders = [];
    private readonly decimal[] _cash;
    private readonly CashPots _pots;
    private readonly Terms _terms;

    private Allotment(CashPots pots, Terms terms) => (_pots, _terms, _cash) = (pots, terms, [.. pots.Cash]);

    public static List<Order> Of(DraftLine[] drafts, CashPots pots, Terms terms)
    {
        var allotment = new Allotment(pots, terms);
        foreach (var draft in drafts)
            if (draft.Goal < draft.Value && draft is { NoSell: null, Pays: false }) allotment.Sell(draft);
        foreach (var draft in drafts.Where(d => d.Goal > d.Value && d is { NoBuy: null, Pays: false }).OrderBy(d => d.Buys.Count).ThenByDescending(d => d.Goal - d.Value).ThenBy(d => d.Asset))
            allotment.Buy(draft);
        return allotment._orders;
    }

    /// <summary>What is free goes first, everywhere; conditions that are sold last only when that does not suffice.</summary>
    private void Sell(DraftLine draft)
    {
        var left = (draft.Value - draft.Goal) / draft.Price;
        var closing = draft.Goal == 0;
        foreach (var route in draft.Sells)
            Take(route, route.Free, 0);
        foreach (var route in draft.Sells)
            Take(route, route.Last, route.Free);

        void Take(Route route, decimal available, decimal before)
        {
            var part = closing ? available : Math.Min(left, available);
            if (part <= 0) return;
            left -= part;
            var known = _orders.FindIndex(o => ReferenceEquals(o.Route, route) && o.Ticket.Side == Side.Sell);
            var want = part * draft.Price + (known >= 0 ? _orders[known].Ticket.Want : 0);
            var ticket = TicketFor(draft, route, Side.Sell, want) with { MaxQuantity = Capped(before + available, draft), Whole = WholeOf(route, closing, before + available, draft) };
            if (known >= 0) _orders[known] = new(draft, route, ticket);
            else _orders.Add(new(draft, route, ticket));
            _cash[ticket.Pot] += part * draft.Price * (1 - route.Costs.Rate);
        }
    }

    /// <summary>A position is closed whole where lots do not matter, so that no crumbs stay.</summary>
    private decimal? WholeOf(Route route, bool closing, decimal held, DraftLine draft) =>
        closing && route.Instrument.Rules is { MinNotional: 0, MinQuantity: 0 } rules && rules.Lot <= TradingRules.None.Lot
            && held * draft.Price >= _terms.MinTrade && Capped(held, draft) == held ? held : null;

    private void Buy(DraftLine draft)
    {
        var left = draft.Goal - draft.Value;
        var routes = draft.Buys.Count == 1 ? draft.Buys : [.. draft.Buys.OrderByDescending(r => _cash[_pots.Of(r)]).ThenBy(r => r.Account.Name, StringComparer.Ordinal)];
        foreach (var route in routes)
        {
            var pot = _pots.Of(route);
            // One account takes it all where it can, or where there is no other: whole lots are then fitted to the cash.
            var part = routes.Count == 1 ? left : Math.Min(left, _cash[pot] / (1 + route.Costs.Rate));
            if (part <= 0) continue;
            _orders.Add(new(draft, route, TicketFor(draft, route, Side.Buy, part) with { MaxQuantity = Capped(null, draft) }));
            _cash[pot] -= part * (1 + route.Costs.Rate);
            left -= part;
            if (left <= 0) break;
        }
    }

    private decimal? Capped(decimal? quantity, DraftLine draft) =>
        _terms.MaxTrade is { } most ? Math.Min(quantity ?? decimal.MaxValue, most / draft.Price) : quantity;

    private Ticket TicketFor(DraftLine draft, Route route, Side side, decimal want)
    {
        var rules = route.Instrument.Rules;
        return new Ticket
        {
            Asset = draft.Asset, Side = side, Want = want, Price = route.Instrument.Quote == Base(route) ? draft.Price : route.Price * route.QuoteInBase,
            Lot = rules.Lot, MinQuantity = rules.MinQuantity, MinValue = Math.Max(Math.Max(rules.MinNotional * route.QuoteInBase, _terms.MinTrade), _terms.Crumb),
            Pot = _pots.Of(route), Costs = route.Costs, FeeReceived = FeeIn.Kind(route, side) == FeeKind.Received,
            Impact = route.Costs.Impact == 0 ? null : value => _terms.ImpactOf(route.Costs, draft.Asset, value),
        };
    }

    private static Asset Base(Route route) => route.QuoteInBase == 1m ? route.Instrument.Quote : default;
}
