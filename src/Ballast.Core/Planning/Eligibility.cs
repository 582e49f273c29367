using Ballast.Holdings;
using Ballast.Instruments;
using Ballast.Market;
using Ballast.Money;
using Ballast.Taxes;

namespace Ballast.Planning;

/// <summary>What may be traded today, and where: prices, permissions, conditions, limits and the mode decide.</summary>
internal static class Eligibility
{
    /// <summary>A draft of every line but the base asset's, in the order of the portfolio.</summary>
    public static DraftLine[] Of(Intent intent, Portfolio portfolio, Terms terms)
    {
        var wanted = intent.Wanted.ToDictionary(w => w.Asset, w => w.Weight);
        var drafts = new List<DraftLine>(portfolio.Lines.Length);
        foreach (var line in portfolio.Lines)
        {
            wanted.Remove(line.Asset, out var weight);
            if (line.Asset != portfolio.Base) drafts.Add(Draft(new DraftLine(line, weight, intent.Targets.Names(line.Asset)), Allowed(intent), portfolio, terms));
        }
        if (wanted.Count > 0) throw new ArgumentException($"{wanted.Keys.Min()} is wanted, but the portfolio has no line for it");
        foreach (var draft in drafts)
            if (Pays(draft, drafts)) MakePayer(draft);
        return [.. drafts];
    }

    /// <summary>An asset that others are quoted in, and that is itself traded nowhere: their trades move it.</summary>
    private static bool Pays(DraftLine draft, List<DraftLine> drafts) =>
        draft is { Named: true, Sells.Count: 0, Buys.Count: 0, Line.Tradable: true }
        && drafts.Exists(d => d.Buys.Exists(r => r.Instrument.Quote == draft.Asset) || d.Sells.Exists(r => r.Instrument.Quote == draft.Asset));

    private static void MakePayer(DraftLine draft)
    {
        (draft.Pays, draft.NoSell, draft.NoBuy) = (true, null, null);
        draft.Sellable = draft.Line.Sellable;
    }

    /// <summary>Raising cash is selling, whatever else the mode says.</summary>
    private static Mode Allowed(Intent intent) => intent is { Mode: Mode.CashFlow, NewCash: < 0 } ? Mode.SellOnly : intent.Mode;

    private static DraftLine Draft(DraftLine draft, Mode mode, Portfolio portfolio, Terms terms)
    {
        if (Unpriced(draft) is { } stop)
        {
            (draft.NoSell, draft.NoBuy) = (stop, stop);
            return draft;
        }
        var traded = FindRoutes(draft, mode, portfolio, terms);
        draft.Sellable = draft.Sells.Sum(r => r.Free + r.Last);
        draft.NoSell = NoSell(draft, mode, traded, portfolio, terms.Limits);
        draft.NoBuy = NoBuy(draft, mode, traded, terms.Limits);
        return draft;
    }

    private static Obstacle? Unpriced(DraftLine draft) => draft.Line.Valuation switch
    {
        Valuation.Unknown unknown => new(unknown.Code, unknown.Reason),
        Valuation.Known { Carried: true } => new("PRICE_CARRIED", $"the price of {draft.Asset} is an older one standing in for a gap: it values, but nothing is traded at it"),
        _ => null,
    };

    private static Obstacle? NoSell(DraftLine draft, Mode mode, bool traded, Portfolio portfolio, Limits limits)
    {
        if (limits.NeverSell.Contains(draft.Asset)) return new("NEVER_SELL", $"{draft.Asset} is never sold, by the limits");
        if (draft.Sellable <= 0) return NothingToSell(draft, traded, portfolio);
        return mode is Mode.BuyOnly ? new("MODE", $"{draft.Asset} would have to be sold; the mode is buy-only")
            : mode is Mode.CashFlow ? new("MODE", $"{draft.Asset} would have to be sold; the mode is cash-flow") : null;
    }

    private static Obstacle NothingToSell(DraftLine draft, bool traded, Portfolio portfolio)
    {
        var free = 0m;
        Holding? kept = null;
        foreach (var h in portfolio.Book.Holdings)
            if (h.Asset == draft.Asset && h.Quantity > 0)
            {
                if (portfolio.Rules.Of(h.StatusAt(portfolio.Market.At)) is { Counts: true, Sell: not SellRule.No }) free += h.Quantity;
                else kept ??= h;
            }
        return free > 0 && traded ? new("WATCHED_ACCOUNT", $"{draft.Asset} lies in accounts where Ballast may not sell")
            : free > 0 ? new("NO_INSTRUMENT", $"no instrument trades {draft.Asset} where it is held")
            : kept is not null ? Conditions.Of(draft, portfolio) ?? new("NOTHING_FREE", $"nothing of {draft.Asset} is free")
            : new("NOT_HELD", $"nothing of {draft.Asset} is held");
    }

    private static Obstacle? NoBuy(DraftLine draft, Mode mode, bool traded, Limits limits) =>
        limits.NeverBuy.Contains(draft.Asset) ? new("NEVER_BUY", $"{draft.Asset} is never bought, by the limits")
        : draft.Buys.Count == 0 && traded ? new("WATCHED_ACCOUNT", $"{draft.Asset} may be bought in none of the accounts")
        : draft.Buys.Count == 0 ? new("NO_INSTRUMENT", $"no instrument trades {draft.Asset} against cash in any account")
        : mode is Mode.SellOnly or Mode.ReduceOnly ? new("MODE", $"{draft.Asset} would have to be bought; the mode is sell-only")
        : null;

    /// <summary>Fills the routes; true where some account has an instrument for the asset, permitted or not.</summary>
    private static bool FindRoutes(DraftLine draft, Mode mode, Portfolio portfolio, Terms terms)
    {
        var traded = false;
        foreach (var account in portfolio.Book.Accounts)
        {
            if (InstrumentOf(draft.Asset, account, portfolio, terms) is not { } instrument) continue;
            traded = true;
            if (account.May == Permissions.None || account.May == Permissions.Move) continue;
            var quote = instrument.Quote == portfolio.Base ? 1m : ((Valuation.Known)portfolio.Market.ValueIn(instrument.Quote, portfolio.Base)).Price;
            var (free, last) = account.May.HasFlag(Permissions.Sell) ? Held(draft.Asset, account, portfolio, terms) : (0, 0);
            var route = new Route(account, instrument, PriceIn(draft, instrument, portfolio, quote), quote, terms.CostsAt(account.Name), free, last);
            if (free + last > 0) draft.Sells.Add(route);
            if (account.May.HasFlag(Permissions.Buy) && account.Takes(draft.Asset)) draft.Buys.Add(route);
        }
        // Cash from a sale where nothing can be bought is no help: that part is sold only to bring down what is over its target.
        if (mode != Mode.SellOnly && draft.Value <= draft.Wanted * portfolio.Value) draft.Sells.RemoveAll(r => !r.MayBuy);
        draft.Sells.Sort(Compare);
        return traded;
    }

    /// <summary>Accounts that may also buy first, then the largest holding, so that orders are few; equals by name.</summary>
    private static int Compare(Route a, Route b)
    {
        var byUse = b.MayBuy.CompareTo(a.MayBuy);
        var bySize = byUse != 0 ? byUse : (b.Free + b.Last).CompareTo(a.Free + a.Last);
        return bySize != 0 ? bySize : string.CompareOrdinal(a.Account.Name, b.Account.Name);
    }

    private static decimal PriceIn(DraftLine draft, Instrument instrument, Portfolio portfolio, decimal quoteInBase) =>
        instrument.Quote == portfolio.Base ? draft.Price
        : portfolio.Market.ValueIn(draft.Asset, instrument.Quote) is Valuation.Known known ? known.Price : draft.Price / quoteInBase;

    /// <summary>The pair against the base asset, else the first by quote asset that has a price of now.</summary>
    private static Instrument? InstrumentOf(Asset asset, Account account, Portfolio portfolio, Terms terms)
    {
        var set = terms.Rules.Instruments;
        if (set.Spot(asset, portfolio.Base, account.Venue, portfolio[asset].Price) is { } direct) return direct;
        return set.Instruments
            .Where(i => i.Base == asset && (i.Venue == account.Venue || i.Venue.Value.Length == 0) && portfolio.Market.ValueIn(i.Quote, portfolio.Base) is Valuation.Known { Carried: false })
            .MinBy(i => i.Quote);
    }

    private static (decimal Free, decimal Last) Held(Asset asset, Account account, Portfolio portfolio, Terms terms)
    {
        var (free, last) = (0m, 0m);
        foreach (var h in portfolio.Book.Holdings)
        {
            if (h.Asset != asset || h.Account != account.Name) continue;
            var rule = portfolio.Rules.Of(h.StatusAt(portfolio.Market.At));
            if (rule is { Counts: true, Sell: SellRule.Yes }) free += h.Quantity;
            else if (rule is { Counts: true, Sell: SellRule.Last }) last += h.Quantity;
        }
        return terms.Rules.Taxes is { WashSale: WashSale.Avoid } && portfolio[asset].Price is { } price
            && WashSales.Clean(portfolio.Book, asset, account.Name, price, portfolio.Market.At) is var clean && clean < free
            ? (Math.Max(0, clean), 0) : (Math.Max(0, free), Math.Max(0, last));
    }
}
