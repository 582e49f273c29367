using Ballast.Holdings;
using Ballast.Money;

namespace Ballast.Planning;

/// <summary>The cash of each account in each quote asset: what buys may spend. Counted in the base asset, so that amounts compare.</summary>
internal sealed class CashPots
{
    private readonly List<(string Account, Asset Quote)> _keys = [];
    private readonly List<decimal> _cash = [];

    /// <summary>Cash in base that no account may spend: watched, locked, or in another form. It counts towards the buffer.</summary>
    public decimal Frozen { get; private init; }

    /// <summary>Cash in the base asset that may be spent.</summary>
    public decimal Spendable { get; private init; }

    public IReadOnlyList<decimal> Cash => _cash;

    public bool IsBase(int pot, Asset baseAsset) => _keys[pot].Quote == baseAsset;

    public string AccountOf(int pot) => _keys[pot].Account;

    public static CashPots Of(Portfolio portfolio, IEnumerable<DraftLine> drafts)
    {
        var spendable = 0m;
        var pots = new List<((string, Asset) Key, decimal Cash)>();
        foreach (var account in portfolio.Book.Accounts)
        {
            if (!account.May.HasFlag(Permissions.Buy)) continue;
            var cash = FreeIn(portfolio, account.Name, portfolio.Base);
            spendable += cash;
            pots.Add(((account.Name, portfolio.Base), cash));
        }
        var result = new CashPots { Spendable = spendable, Frozen = portfolio[portfolio.Base].Value - spendable };
        foreach (var (key, cash) in pots) result.Add(key, cash);
        foreach (var draft in drafts)
            foreach (var route in draft.Buys.Concat(draft.Sells)) result.Open(route, portfolio);
        return result;
    }

    public int Of(Route route) => _keys.IndexOf((route.Account.Name, route.Instrument.Quote));

    private void Open(Route route, Portfolio portfolio)
    {
        if (Of(route) < 0)
            Add((route.Account.Name, route.Instrument.Quote), route.Instrument.Quote == portfolio.Base && !route.Account.May.HasFlag(Permissions.Buy) ? 0
                : FreeIn(portfolio, route.Account.Name, route.Instrument.Quote) * route.QuoteInBase);
    }

    private void Add((string, Asset) key, decimal cash)
    {
        _keys.Add(key);
        _cash.Add(cash);
    }

    private static decimal FreeIn(Portfolio portfolio, string account, Asset asset)
    {
        var sum = 0m;
        foreach (var h in portfolio.Book.Holdings)
            if (h.Asset == asset && h.Account == account && h.StatusAt(portfolio.Market.At) == HoldingStatus.Free) sum += h.Quantity;
        return sum;
    }
}
