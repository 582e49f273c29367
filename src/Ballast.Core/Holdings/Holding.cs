using Ballast.Money;

namespace Ballast.Holdings;

/// <summary>Some quantity of an asset in one account, in one condition; with cost and date it is a tax lot.</summary>
/// <param name="Unlock">From when a locked quantity is free; null where that is not known.</param>
/// <param name="UnitCost">What one unit cost, fees included, in the base asset; null where unknown.</param>
/// <param name="Tag">The order in which a lot is to be sold under "as tagged"; null where it has none.</param>
public sealed record Holding(
    Asset Asset, decimal Quantity, string Account, HoldingStatus Status = HoldingStatus.Free,
    Instant? Unlock = null, decimal? UnitCost = null, Instant? Acquired = null, string? Tag = null)
{
    /// <summary>What the quantity is at a time: a lock that has run out is free.</summary>
    public HoldingStatus StatusAt(Instant at) =>
        Status is HoldingStatus.Locked or HoldingStatus.Staked && Unlock is { } free && free <= at ? HoldingStatus.Free : Status;
}

/// <summary>In which condition a quantity is. Only what is free is sold without the portfolio file saying so.</summary>
public enum HoldingStatus { Free, Locked, Staked, Earn, Cold, Collateral }
