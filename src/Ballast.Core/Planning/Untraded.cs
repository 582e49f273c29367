using Ballast.Holdings;
using Ballast.Money;

namespace Ballast.Planning;

/// <summary>Names every line that is not where it should be after the plan, with the one reason that matters most.</summary>
internal static class Untraded
{
    /// <summary>A hundredth of a point of weight, less than is ever shown: crumbs of costs and lots are below it.</summary>
    private const decimal Unseen = 0.0001m;

    public static ImmutableArray<NotTraded> Of(Intent intent, Portfolio portfolio, Terms terms, Draft draft)
    {
        var found = ImmutableArray.CreateBuilder<NotTraded>();
        foreach (var line in draft.Lines)
        {
            if (Conditions.Of(line, portfolio) is { } kept) found.Add(new(line.Asset, kept.Code, kept.Reason));
            if (Reason(line, intent, portfolio, terms, draft) is { } why && (found.Count == 0 || found[^1].Asset != line.Asset || found[^1].Code != why.Code))
                found.Add(new(line.Asset, why.Code, why.Reason));
        }
        return found.ToImmutable();
    }

    private static Obstacle? Reason(DraftLine line, Intent intent, Portfolio portfolio, Terms terms, Draft draft)
    {
        if (!line.Named) return NotNamed(line, terms, portfolio);
        if (line.NoSell is not null && line.NoSell == line.NoBuy) return line.NoSell;
        var gap = line.Wanted * portfolio.Value - line.Value;
        if (Math.Abs(gap) > terms.Crumb + Rates(line) * portfolio.Value)
        {
            if (gap < 0 && line.Value > 0 && line.Wanted == 0 && line.Value < terms.Dust) return Dust(line, terms, portfolio);
            if (gap < 0 && line.NoSell is { } noSell) return noSell;
            if (gap > 0 && line.NoBuy is { } noBuy) return noBuy;
            if (gap > Unseen * portfolio.Value && line.Goal <= line.Value && intent is { Mode: Mode.BuyOnly or Mode.CashFlow, NewCash: not < 0 })
                return new("CASH_SHORT", $"short by {Figures.Points((double)(gap / portfolio.Value))} points; the cash goes to what is further below its target");
        }
        return line.Pays ? null : Limited(line, portfolio, terms, draft);
    }

    /// <summary>Costs move every goal a little; that is not a reason to report a line.</summary>
    private static decimal Rates(DraftLine line) => line.Wanted * Math.Max(line.SellCosts.Rate, line.BuyCosts.Rate) * 2;

    private static Obstacle? NotNamed(DraftLine line, Terms terms, Portfolio portfolio)
    {
        if (line.Value < terms.Dust) return line.Value > 0 ? Dust(line, terms, portfolio) : Unpriced(line);
        if (line.Line is { Quantity: 0, OtherForms: 0 }) return null;
        if (Unpriced(line) is { } unpriced) return unpriced;
        return line.Sells.Count > 0 && LeastOf(line.Sells[0], terms) is var least && line.Value < least
            ? TooSmall(line, Math.Min(line.Line.Quantity, line.Sellable), line.Value, line.Sells[0], portfolio)
            : new("NOT_IN_TARGETS", $"{Figures.Money(line.Value, portfolio.Base)} {portfolio.Base} of {line.Asset} are held and in no target: they stay");
    }

    private static Obstacle? Unpriced(DraftLine line) => line.Line.Tradable || line.Line.Quantity == 0 ? null : line.NoSell;

    private static Obstacle Dust(DraftLine line, Terms terms, Portfolio portfolio) =>
        new("DUST", $"{Figures.Exact(line.Line.Quantity)} is worth {Small(line.Value)} {portfolio.Base}; below {Figures.Exact(terms.Dust)} it is left where it is");

    private static decimal LeastOf(Route route, Terms terms) => Math.Max(route.Instrument.Rules.MinNotional * route.QuoteInBase, terms.MinTrade);

    /// <summary>A trade that was wished for and not made, or made only in part.</summary>
    private static Obstacle? Limited(DraftLine line, Portfolio portfolio, Terms terms, Draft draft)
    {
        var wish = Math.Abs(line.Goal - line.Value);
        if (draft.Notes.TurnoverShare is { } share && wish > 0) return Turnover(share, terms);
        if (wish <= terms.Crumb || (line.Goal != 0 && wish < Unseen * portfolio.Value)) return null;
        var (made, order) = (0m, (Order?)null);
        for (var i = 0; i < draft.Orders.Count; i++)
            if (ReferenceEquals(draft.Orders[i].Draft, line))
            {
                made += draft.Quantities[i] * draft.Orders[i].Ticket.Price;
                order ??= draft.Orders[i];
            }
        if (order is null) return new("CASH_SHORT", $"no account that may buy {line.Asset} has the cash for it");
        var missing = wish - made;
        if (made > 0) return missing > Math.Max(order.Ticket.Least * order.Ticket.Price, 1e-6m * wish) * 2 ? Capped(line, made, wish, portfolio, terms) : null;
        return TooSmall(line, wish / line.Price, wish, order, terms, portfolio) ?? Capped(line, made, wish, portfolio, terms, draft);
    }

    private static Obstacle Turnover(decimal share, Terms terms) => terms.TurnoverLeft <= 0
        ? new("TURNOVER_LIMIT", "the turnover limit of this period is used up")
        : new("TURNOVER_LIMIT", $"the turnover limit leaves {Figures.Percent(share, 1)} of every trade");

    private static Obstacle Capped(DraftLine line, decimal made, decimal wish, Portfolio portfolio, Terms terms, Draft? draft = null)
    {
        var part = $"{Figures.Money(made, portfolio.Base)} of {Figures.Money(wish, portfolio.Base)} {portfolio.Base}";
        if (terms.MaxTrade is { } most && wish > most) return new("MAX_TRADE", $"{part}: no trade may be larger than {Figures.Money(most, portfolio.Base)}");
        if (draft is not null && terms.Limits.MaxTrades is { } count && draft.Quantities.Count(q => q > 0) >= count)
            return new("MAX_TRADES", $"{part}: a plan may have no more than {count} trades");
        return line.Goal > line.Value
            ? new("CASH_SHORT", $"{part}: the cash does not reach further")
            : new("COST", $"{part}: a sale would cost more than it is worth");
    }

    private static Obstacle TooSmall(DraftLine line, decimal quantity, decimal value, Route route, Portfolio portfolio) =>
        new("MIN_NOTIONAL", $"{Figures.Exact(quantity)} is worth {Small(value)} {portfolio.Base}; the venue takes {Figures.Exact(route.Instrument.Rules.MinNotional)} or more");

    private static Obstacle? TooSmall(DraftLine line, decimal quantity, decimal value, Order order, Terms terms, Portfolio portfolio)
    {
        var rules = order.Route.Instrument.Rules;
        var text = $"{Figures.Exact(Math.Round(quantity, 8))} is worth {Small(value)} {portfolio.Base}";
        if (quantity < rules.Lot) return new("BELOW_LOT", $"{text}; the lot is {Figures.Exact(rules.Lot)}");
        if (quantity < rules.MinQuantity) return new("MIN_QUANTITY", $"{text}; the venue takes {Figures.Exact(rules.MinQuantity)} {line.Asset} or more");
        if (value < rules.MinNotional * order.Route.QuoteInBase) return new("MIN_NOTIONAL", $"{text}; the venue takes {Figures.Exact(rules.MinNotional)} {order.Route.Instrument.Quote} or more");
        return value < terms.MinTrade ? new("MIN_TRADE", $"{text}; trades below {Figures.Exact(terms.MinTrade)} are not made") : null;
    }

    private static string Small(decimal value) => value >= 1 ? Figures.Money(value) : Figures.Exact(Math.Round(value, 4));
}
