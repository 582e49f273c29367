using Ballast.Holdings;
using Ballast.Money;

namespace Ballast.Targets;

/// <summary>
/// The targets that can be reached with what may be traded: an asset that cannot be sold down, bought up or priced keeps what it has,
/// and the others share the rest in proportion. Drift is measured against these, so that what cannot move is no reason to trade.
/// </summary>
public static class ReachableTargets
{
    public static TargetSet Of(TargetSet targets, Portfolio portfolio, Func<Asset, bool> neverSell, Func<Asset, bool> neverBuy)
    {
        if (portfolio.Value <= 0) return targets;
        var pins = new SortedDictionary<Asset, decimal>();
        foreach (var line in portfolio.Lines)
            if (!line.Tradable && line.Asset != portfolio.Base) pins[line.Asset] = Share(line.Value, portfolio);
            else if (!targets.Names(line.Asset) && line.Asset != portfolio.Base) pins[line.Asset] = Share(line.Value, portfolio);
        while (Scaled(targets, pins) is var now && NewPin(now, portfolio, pins, neverSell, neverBuy) is { } pin) pins[pin.Asset] = pin.Weight;
        return pins.Count == 0 ? targets : Scaled(targets, pins);
    }

    private static TargetWeight? NewPin(TargetSet now, Portfolio portfolio, SortedDictionary<Asset, decimal> pins, Func<Asset, bool> neverSell, Func<Asset, bool> neverBuy)
    {
        foreach (var (asset, weight) in now.Weights)
        {
            if (asset == portfolio.Base || pins.ContainsKey(asset)) continue;
            var floor = Share(Unsellable(portfolio, asset, neverSell), portfolio);
            if (floor > weight) return new TargetWeight(asset, floor);
            if (neverBuy(asset) && Share(portfolio[asset].Value, portfolio) is var held && held < weight) return new TargetWeight(asset, held);
        }
        return null;
    }

    /// <summary>Value that must stay: locked, staked and other kept conditions, other forms, and what lies where it may not be sold.</summary>
    private static decimal Unsellable(Portfolio portfolio, Asset asset, Func<Asset, bool> neverSell)
    {
        var line = portfolio[asset];
        if (neverSell(asset)) return line.Value;
        var sellable = 0m;
        foreach (var h in portfolio.Book.Holdings)
            if (h.Asset == asset && portfolio.Rules.Of(h.StatusAt(portfolio.Market.At)) is { Counts: true, Sell: not SellRule.No }
                && portfolio.Book.AccountNamed(h.Account).May.HasFlag(Permissions.Sell))
                sellable += h.Quantity;
        return line.Value - sellable * (line.Price ?? 0);
    }

    private static TargetSet Scaled(TargetSet targets, SortedDictionary<Asset, decimal> pins)
    {
        var pinned = pins.Values.Sum();
        var free = 1m - targets.Weights.Where(w => pins.ContainsKey(w.Asset)).Sum(w => w.Weight);
        var scale = free > 0 ? Math.Max(0, 1m - pinned) / free : 0m;
        ImmutableArray<TargetWeight> weights = [.. targets.Weights.Select(w => w with { Weight = pins.TryGetValue(w.Asset, out var kept) ? kept : w.Weight * scale })];
        return targets with { Weights = weights, CashRest = targets.CashRest * scale };
    }

    private static decimal Share(decimal value, Portfolio portfolio) => value / portfolio.Value;
}
