using Ballast.Money;

namespace Ballast.Planning;

/// <summary>What may not happen. Limits always win; what they prevented is reported by name.</summary>
public sealed record Limits
{
    public static Limits None { get; } = new();

    public Amount MinTrade { get; init; }
    public Amount? MaxTrade { get; init; }
    public int? MaxTrades { get; init; }
    /// <summary>Kept in cash, as money and as a share of value; the larger counts.</summary>
    public Amount CashBuffer { get; init; }
    public decimal CashBufferShare { get; init; }
    /// <summary>Most that may be traded in a period, both sides.</summary>
    public TurnoverLimit? Turnover { get; init; }
    public decimal? Slippage { get; init; }
    /// <summary>Older prices stop their line.</summary>
    public Duration? PriceAge { get; init; }
    public ShareRange? GrossExposure { get; init; }
    public ImmutableSortedDictionary<Asset, ShareRange> Weights { get; init; } = ImmutableSortedDictionary<Asset, ShareRange>.Empty;
    public ShareRange? EachWeight { get; init; }
    public ImmutableArray<GroupLimit> Groups { get; init; } = [];
    public ImmutableHashSet<Asset> NeverBuy { get; init; } = [];
    public ImmutableHashSet<Asset> NeverSell { get; init; } = [];

    /// <summary>The bounds of an asset's weight: its own, else the common ones, else none (0 to 1).</summary>
    public ShareRange RangeOf(Asset asset) => Weights.TryGetValue(asset, out var own) ? own : EachWeight ?? new(0m, 1m);
}

/// <summary>From and to, both included, as fractions.</summary>
public readonly record struct ShareRange(decimal Low, decimal High);

/// <summary>Bounds on the sum of several weights.</summary>
public sealed record GroupLimit(ImmutableArray<Asset> Of, ShareRange Share);

/// <summary>At most a fraction of value traded, both sides, in each trailing period.</summary>
public sealed record TurnoverLimit(decimal Share, Period Per);
