using Ballast.Costs;
using Ballast.Holdings;
using Ballast.Money;

namespace Ballast.Triggers;

/// <summary>What trading an asset costs, and the least that can be traded, where it would be traded: the cheapest account that holds it, else that may buy it.</summary>
internal sealed class TradeTerms(Look look)
{
    private readonly double _value = (double)look.Portfolio.Value;

    /// <summary>Proportional, one way; the base asset is what others are traded against, and costs nothing itself.</summary>
    public double RateOf(Asset asset) => asset == look.Portfolio.Base ? 0 : (double)CostsOf(asset).Rate;

    /// <summary>What a trade costs whatever its size, as a share of value: fixed parts, gas, and the least fee.</summary>
    public double OnceOf(Asset asset)
    {
        if (asset == look.Portfolio.Base || CostsOf(asset) is { Minimum.Value: 0, Fixed.Value: 0 }) return 0;
        var costs = CostsOf(asset);
        return (Money(costs.Minimum) + Money(costs.Fixed)) / _value;
    }

    /// <summary>A hundredth of a point of weight, the last digit that is shown: what costs and lots leave of an earlier trade is below it.</summary>
    private const double Unseen = 0.0001;

    /// <summary>The least change of weight that is an order: the user's least trade, the venue's minimum, a lot; and never what nobody would see.</summary>
    public double LeastOf(Asset asset)
    {
        if (look.Portfolio[asset].Price is not (> 0 and var price)) return 0;
        decimal? least = null;
        foreach (var account in Accounts(asset))
            if (look.Instruments.Spot(asset, look.Portfolio.Base, account.Venue, price)?.Rules is { } rules)
                least = Math.Min(least ?? decimal.MaxValue, Math.Max(rules.MinNotional, Math.Max(rules.Lot, rules.MinQuantity) * price));
        return Math.Max(Unseen, (double)Math.Max(look.MinTrade, least ?? 0m) / _value);
    }

    private CostRules CostsOf(Asset asset)
    {
        if (look.Costs.ByAccount.IsEmpty) return look.Costs.Default;
        CostRules? cheapest = null;
        foreach (var account in Accounts(asset))
            if (look.Costs.At(account.Name) is var costs && (cheapest is null || costs.Rate < cheapest.Rate)) cheapest = costs;
        return cheapest ?? look.Costs.Default;
    }

    private IEnumerable<Account> Accounts(Asset asset)
    {
        var book = look.Portfolio.Book;
        var holding = book.Accounts.Where(a => a.May.HasFlag(Permissions.Sell) && book.Holdings.Any(h => h.Account == a.Name && h.Asset == asset && h.Quantity > 0)).ToArray();
        return holding.Length > 0 ? holding : book.Accounts.Where(a => a.May.HasFlag(Permissions.Buy) && a.Takes(asset));
    }

    private double Money(Amount amount) => amount.Value == 0 ? 0 : (double)(look.Portfolio.Market.TryConvert(amount, look.Portfolio.Base)?.Value ?? 0);
}
