using Ballast.Money;

namespace Ballast.Holdings;

/// <summary>How holdings count and whether they may be sold, by their status; and which assets are weighed as one.</summary>
/// <param name="SameAs">Wrapped or staked form → the asset whose target it counts towards. Never swapped for each other.</param>
/// <param name="Dust">What is worth less than this, without a target, is left where it is.</param>
public sealed record HoldingRules(
    ImmutableDictionary<Asset, Asset> SameAs, Amount Dust, ImmutableDictionary<HoldingStatus, StatusRule> ByStatus)
{
    public static HoldingRules Default { get; } = new(ImmutableDictionary<Asset, Asset>.Empty, default, ImmutableDictionary<HoldingStatus, StatusRule>.Empty);

    /// <summary>The asset whose target a holding counts towards.</summary>
    public Asset Counted(Asset asset) => SameAs.IsEmpty ? asset : SameAs.GetValueOrDefault(asset, asset);

    /// <summary>Free quantities count and are sold; all others count and are not, unless the file says otherwise.</summary>
    public StatusRule Of(HoldingStatus status) =>
        status == HoldingStatus.Free ? StatusRule.Free : ByStatus.GetValueOrDefault(status, StatusRule.Kept);
}

/// <summary>What one status means: counted in weights or not, sold never, like any other, or only when nothing else is left.</summary>
public sealed record StatusRule(bool Counts, SellRule Sell)
{
    public static StatusRule Free { get; } = new(true, SellRule.Yes);
    public static StatusRule Kept { get; } = new(true, SellRule.No);
}

/// <summary>Whether holdings of a status may be sold; last: only when nothing else is left.</summary>
public enum SellRule { No, Yes, Last }
