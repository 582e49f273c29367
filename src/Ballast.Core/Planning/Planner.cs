using Ballast.Holdings;
using Ballast.Money;

namespace Ballast.Planning;

/// <summary>From what is wanted to what is ordered: sizes, whole lots, accounts, sequence, and the reason of everything left undone.</summary>
public static class Planner
{
    /// <summary>More orders than these are fitted to lots without a search.</summary>
    private const int SearchedOrders = 12;

    public static PlanResult Make(Intent intent, Portfolio portfolio, PlanRules rules) => Make(intent, portfolio, rules, null);

    /// <summary>The plan that the same intent gives with quantities that a person has chosen: a question, for which nothing else is sized anew.</summary>
    /// <param name="plan">What <see cref="Make(Intent, Portfolio, PlanRules)"/> gave for the same intent, portfolio and rules.</param>
    /// <param name="quantities">By number of a trade of it, in base assets of the trade's instrument; zero takes the trade out, what is not named stays.</param>
    public static PlanResult Edited(Intent intent, Portfolio portfolio, PlanRules rules, Plan plan, IReadOnlyDictionary<int, decimal> quantities)
    {
        foreach (var number in quantities.Keys)
            if (plan.Trades.All(t => t.Number != number)) return new PlanResult.Refused("NO_SUCH_TRADE", $"the plan has no trade {number}");
        return Make(intent, portfolio, rules, new PlanEdit(plan, quantities));
    }

    private static PlanResult Make(Intent intent, Portfolio portfolio, PlanRules rules, PlanEdit? edit)
    {
        if (Impossible(intent, portfolio) is { } impossible) return impossible;
        if (Terms.Of(portfolio, rules) is var (terms, unpriced) && terms is null)
            return new PlanResult.Refused("PRICE_MISSING", $"there is no price of {unpriced.Asset}, in which the costs or limits state {unpriced}");
        var drafts = Eligibility.Of(intent, portfolio, terms);
        var pots = CashPots.Of(portfolio, drafts);
        if (Size(intent, portfolio, terms, drafts, pots) is { } refused) return refused;
        if (intent is { Moves: { } moves, Mode: Mode.Full }) MoveOnly(drafts, moves, portfolio.Value);
        var notes = new PlanNotes();
        foreach (var draft in drafts)
            if (Math.Abs(draft.Goal - draft.Value) <= terms.Crumb) draft.Goal = draft.Value;
        var left = TurnoverScale.Apply(drafts, terms, notes);
        var orders = Allotment.Of(drafts, pots, terms);
        var quantities = Quantities(orders, BoundsOf(pots, portfolio, terms, left), terms);
        if (edit?.Apply(orders, quantities) is { } wrong) return wrong;
        var (trades, warnings) = OrderList.Of(portfolio, intent.Targets, orders, quantities);
        foreach (var trade in trades)
            if (terms.CostsAt(trade.Account).Impact != 0 && !rules.Liquidity.ContainsKey(trade.Instrument.Base))
                warnings.Add($"trade {trade.Number}: the impact on the price of {trade.Instrument.Base} is not counted, for its daily volume is not known");
        (trades, var basis) = TaxedSales.Of(trades, portfolio, rules, intent.Targets, warnings);
        if (basis is not null) return basis;
        var made = Finish(intent, portfolio, terms, new(drafts, orders, quantities, notes), trades, warnings);
        return new PlanResult.Made(edit is null ? made : made with { NotTraded = edit.Told(made.NotTraded) });
    }

    /// <summary>Nothing but the wanted moves: the sales among them raise what all of them cost; where there are none, cash pays.</summary>
    private static void MoveOnly(DraftLine[] drafts, ImmutableSortedDictionary<Asset, decimal> moves, decimal value)
    {
        var (costs, sales) = (0m, 0m);
        foreach (var draft in drafts)
        {
            var move = moves.GetValueOrDefault(draft.Asset) * value;
            draft.Goal = (move > 0 ? draft.NoBuy : draft.NoSell) is not null ? draft.Value : Math.Max(draft.Floor, draft.Value + move);
            costs += (move > 0 ? draft.BuyCosts : draft.SellCosts).Rate * Math.Abs(draft.Goal - draft.Value);
            sales += Math.Max(0, draft.Value - draft.Goal);
        }
        foreach (var draft in drafts)
            if (draft.Goal < draft.Value) draft.Goal = Math.Max(draft.Floor, draft.Goal - costs * (draft.Value - draft.Goal) / sales);
    }

    private static PlanResult.Refused? Impossible(Intent intent, Portfolio portfolio)
    {
        if (portfolio.Value <= 0) return new("NAV_NOT_POSITIVE", $"the portfolio is worth {Figures.Money(portfolio.Value, portfolio.Base)} {portfolio.Base}, so that it has no weights");
        var sum = 0m;
        foreach (var w in intent.Wanted)
        {
            if (w.Weight < 0) return new("TARGET_NEGATIVE", $"{w.Asset} is to have a weight of {Figures.Percent(w.Weight)}; nothing here can be sold short");
            sum += w.Weight;
        }
        return sum <= 1 + 1e-9m ? null : new("TARGETS_NOT_NORMALISED", $"the wanted weights sum to {Figures.Percent(sum, 6)}");
    }

    private static PlanResult.Refused? Size(Intent intent, Portfolio portfolio, Terms terms, DraftLine[] drafts, CashPots pots)
    {
        var cash = portfolio[portfolio.Base].Value;
        var targetCash = Math.Max(0, 1 - drafts.Sum(d => d.Wanted));
        switch (intent)
        {
            case { Mode: Mode.CashFlow, NewCash: < 0 and var raise }:
                var after = portfolio.Value + raise;
                var spare = cash - Math.Max(terms.Buffer, targetCash * Math.Max(0, after));
                return FlowSizing.Raise(drafts, terms, Math.Max(0, after), -raise - spare, Math.Max(0, spare));
            case { Mode: Mode.CashFlow or Mode.BuyOnly }:
                var idle = cash - Math.Max(terms.Buffer, intent.NewCash is null ? targetCash * portfolio.Value : 0);
                FlowSizing.Spend(drafts, terms, portfolio.Value, Math.Min(Math.Min(intent.NewCash ?? idle, idle), pots.Spendable));
                return null;
            default:
                return SizeFull(portfolio, terms, drafts, pots);
        }
    }

    /// <summary>Proceeds in an account that may not buy are as frozen as the cash that is there: sized again until they are counted.</summary>
    private static PlanResult.Refused? SizeFull(Portfolio portfolio, Terms terms, DraftLine[] drafts, CashPots pots)
    {
        var stranded = 0m;
        for (var round = 0; ; round++)
        {
            if (FullSizing.Size(drafts, terms, portfolio.Value, Math.Max(terms.Buffer, pots.Frozen + stranded)) is { } refused) return refused;
            if (round == 50 || Array.TrueForAll(drafts, d => d.Sells.TrueForAll(r => r.MayBuy))) return null;
            var now = Allotment.Of(drafts, pots, terms).Where(o => !o.Ticket.Buys && !o.Route.MayBuy).Sum(o => o.Ticket.Cash(o.Ticket.Want / o.Ticket.Price));
            if (Math.Abs(now - stranded) <= 1e-9m * terms.Crumb) return null;
            stranded = now;
        }
    }

    private static LotBounds BoundsOf(CashPots pots, Portfolio portfolio, Terms terms, decimal? turnoverLeft) => new(
        [.. pots.Cash], [.. Enumerable.Range(0, pots.Cash.Count).Select(i => pots.IsBase(i, portfolio.Base))], pots.Frozen, terms.Buffer,
        terms.Limits.MaxTrades ?? int.MaxValue, turnoverLeft ?? decimal.MaxValue);

    /// <summary>Where lots are too small to matter there is nothing to search for.</summary>
    private static decimal[] Quantities(List<Order> orders, LotBounds bounds, Terms terms)
    {
        Ticket[] tickets = [.. orders.Select(o => o.Ticket)];
        if (Array.TrueForAll(tickets, t => t.Lot * t.Price < terms.Crumb)) return GreedyLots.Choose(tickets, bounds, topUp: false);
        return tickets.Length <= SearchedOrders && terms.Rules.SearchNodes > 0 ? LotSearch.Choose(tickets, bounds, terms.Rules.SearchNodes).Quantities : GreedyLots.Choose(tickets, bounds);
    }

    private static Plan Finish(Intent intent, Portfolio portfolio, Terms terms, Draft draft, ImmutableArray<PlannedTrade> trades, List<string> warnings)
    {
        var cost = 0m;
        var book = portfolio.Book;
        foreach (var trade in trades)
        {
            cost += trade.Cost;
            book = Settlement.Apply(book, trade, TradeFill.AsPlanned(trade, portfolio.Market.At));
        }
        var after = trades.IsEmpty ? portfolio : new Portfolio(portfolio.Base, book, portfolio.Market, portfolio.Rules, portfolio.Lines.Select(l => l.Asset));
        return new Plan(
            portfolio.Market.At, portfolio.Base, intent.Reason, trades, Untraded.Of(intent, portfolio, terms, draft),
            PlanStates.Of(portfolio, intent.Targets, terms.Rules.Risk), PlanStates.Of(after, intent.Targets, terms.Rules.Risk), cost, [.. warnings]);
    }
}

/// <summary>Everything that a plan was drafted from, for saying what was left undone.</summary>
internal sealed record Draft(DraftLine[] Lines, List<Order> Orders, decimal[] Quantities, PlanNotes Notes);

/// <summary>What the steps want said of single lines.</summary>
internal sealed class PlanNotes
{
    /// <summary>Share of each wished trade that the turnover limit left; null where it did not bind.</summary>
    public decimal? TurnoverShare { get; set; }
}
