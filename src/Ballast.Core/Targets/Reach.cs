using Ballast.Holdings;
using Ballast.Money;

namespace Ballast.Targets;

/// <summary>How low and how high trading can bring each weight: prices, conditions, accounts and "never" decide.</summary>
public sealed class Reach
{
    private readonly Portfolio _portfolio;
    private readonly Dictionary<Asset, decimal>? _stuck;
    private readonly WeightBounds _bounds;

    public Reach(Portfolio portfolio, WeightBounds bounds)
    {
        (_portfolio, _bounds) = (portfolio, bounds);
        foreach (var h in portfolio.Book.Holdings)
            if (!MaySell(h)) (_stuck ??= [])[h.Asset] = _stuck.GetValueOrDefault(h.Asset) + h.Quantity;
    }

    /// <summary>What the limits say about weights.</summary>
    public WeightBounds Bounds => _bounds;

    /// <summary>Lowest and highest weight of an asset; both what it has now where it cannot be traded at all. Cash has no end.</summary>
    public (decimal Low, decimal High) Of(Asset asset)
    {
        if (asset == _portfolio.Base) return (0m, decimal.MaxValue);
        var line = _portfolio[asset];
        if (!line.Tradable) return (Share(line.Value), Share(line.Value));
        var stays = _bounds.NeverSell(asset) ? line.Value : line.OtherForms + (_stuck?.GetValueOrDefault(asset) * line.Price ?? 0m);
        var low = stays == 0 ? 0m : Share(stays);
        return (low, MayBuy(asset) ? Most(asset, low) : Share(line.Value));
    }

    /// <summary>Whether an asset can neither be bought nor sold.</summary>
    public bool Fixed(Asset asset) => Of(asset) is var (low, high) && low == high;

    /// <summary>What counts and may not be sold stays; what does not count is in no weight.</summary>
    private bool MaySell(Holding holding) => _portfolio.Rules.Of(holding.StatusAt(_portfolio.Market.At)) is var rule
        && (!rule.Counts || (rule.Sell != SellRule.No && _portfolio.Book.AccountNamed(holding.Account).May.HasFlag(Permissions.Sell)));

    private decimal Share(decimal value) => value / _portfolio.Value;

    /// <summary>The limit on the weight, or what is there already and cannot go.</summary>
    private decimal Most(Asset asset, decimal low) => Math.Max(low, _bounds.RangeOf(asset).High);

    private bool MayBuy(Asset asset)
    {
        if (_bounds.NeverBuy(asset)) return false;
        foreach (var account in _portfolio.Book.Accounts)
            if (account.May.HasFlag(Permissions.Buy) && account.Takes(asset)) return true;
        return false;
    }
}
