using Ballast.Money;
using Ballast.Planning;

namespace Ballast.Gates;

/// <summary>The bounds that no order passes, whatever was decided. Shares are of the value that the plan was made with, unless said otherwise.</summary>
public sealed record GateLimits
{
    /// <summary>The limits of a policy: what its <c>safety</c> sets, its own bounds of weights and exposure, and for the rest what is usual. Amounts are of a currency, and do not bind where the base is a coin.</summary>
    public static GateLimits Of(Policy policy)
    {
        var named = ImmutableSortedSet.CreateRange<Asset>([.. policy.Targets.AllAssets, policy.Base, .. policy.Holdings.SameAs.Keys, .. policy.Hedge?.With.Select(w => new Asset(w.Text.Split('-', '_')[0])) ?? []]);
        var limits = new GateLimits
        {
            OrderMost = Figures.IsCurrency(policy.Base) ? 50_000m : decimal.MaxValue,
            MostWeight = policy.Targets.AllAssets.ToImmutableSortedDictionary(a => a, a => policy.Limits.RangeOf(a).High),
            Allowed = policy.Safety.Allow is { } only ? named.Intersect(only) : named,
            OnlyAllowed = policy.Safety.Allow is not null,
            LegRisk = policy.Hedge is null ? 0.02m : 1m,
        };
        foreach (var limit in GateLimit.All)
            if (policy.Safety.Limits.TryGetValue(limit.Key, out var set)) limits = limit.With(limits, set);
        // What is said in two places holds in both.
        var (exposure, stop) = (policy.Limits.GrossExposure?.High, (decimal?)policy.Margin?.Stop);
        return limits with
        {
            Exposure = Both(policy, "exposure", limits.Exposure, exposure),
            MarginUse = Both(policy, "marginUse", limits.MarginUse, stop),
        };
    }

    private static decimal Both(Policy policy, string key, decimal limit, decimal? other) =>
        other is not { } said ? limit : policy.Safety.Limits.ContainsKey(key) ? Math.Min(limit, said) : said;

    /// <summary>For history run through the live path: its prices are bars, days apart, and its venues fill without a book.</summary>
    public GateLimits ForHistory => this with { PriceAge = Duration.FromDays(36_500), PriceGap = decimal.MaxValue, PriceJump = decimal.MaxValue, PriceStill = Duration.FromDays(36_500), Peg = decimal.MaxValue };

    /// <summary>L1: the most of one order, as a share and in the base asset; the smaller counts. Larger trades are cut into several orders.</summary>
    public decimal OrderShare { get; init; } = 0.05m;

    public decimal OrderMost { get; init; } = 50_000m;

    /// <summary>L2: the most of what stands in the book within 50 bps, and of a day's volume.</summary>
    public decimal DepthShare { get; init; } = 0.10m;

    public decimal VolumeShare { get; init; } = 0.01m;

    /// <summary>L2 where no depth is known: the most of one order as a share of the value, instead.</summary>
    public decimal BlindShare { get; init; } = 0.01m;

    /// <summary>L3: how far a limit price may be from the middle, or three spreads where that is more.</summary>
    public decimal Collar { get; init; } = 0.01m;

    /// <summary>L4: how far above its policy's bound the weight of an asset may come while orders are out.</summary>
    public decimal WeightSlack { get; init; } = 0.05m;

    /// <summary>The policy's own bounds of weights; what is not named may be all.</summary>
    public ImmutableSortedDictionary<Asset, decimal> MostWeight { get; init; } = ImmutableSortedDictionary<Asset, decimal>.Empty;

    /// <summary>L5: the most that one contract may expose, as a multiple of the value.</summary>
    public decimal Exposure { get; init; } = 4m;

    /// <summary>L6: the most initial margin in use, of equity.</summary>
    public decimal MarginUse { get; init; } = 0.70m;

    /// <summary>L7: the most traded in an hour and in a day, both sides.</summary>
    public decimal TurnoverHour { get; init; } = 1m;

    public decimal TurnoverDay { get; init; } = 2m;

    /// <summary>L8: the most orders of one account in a second and in an hour.</summary>
    public int OrdersPerSecond { get; init; } = 2;

    public int OrdersPerHour { get; init; } = 300;

    /// <summary>L9: the most open orders of one account.</summary>
    public int OpenOrders { get; init; } = 20;

    /// <summary>L10: so many plans in an hour may trade the same asset in the same direction.</summary>
    public int Repeats { get; init; } = 3;

    /// <summary>L11: the most that the fills of a plan may have cost beyond its prices.</summary>
    public decimal Shortfall { get; init; } = 0.01m;

    /// <summary>L12: the most fees of a plan, of what it trades.</summary>
    public decimal Fees { get; init; } = 0.005m;

    /// <summary>L13: what may be traded; empty for what the policy names.</summary>
    public ImmutableSortedSet<Asset> Allowed { get; init; } = [];

    /// <summary>Whether what may be traded was said, and is not only what the policy names.</summary>
    public bool OnlyAllowed { get; init; }

    /// <summary>L14: the most that the legs of a group may be apart while they are being done. Of a hedge, whose every step was held against margin and delta when its legs were ordered, all.</summary>
    public decimal LegRisk { get; init; } = 0.02m;

    /// <summary>A price older than this, by its venue's time, is no reason to send an order.</summary>
    public Duration PriceAge { get; init; } = Duration.FromSeconds(30);

    /// <summary>How far the sources of a price may be from their median, or three spreads where that is more.</summary>
    public decimal PriceGap { get; init; } = 0.005m;

    /// <summary>How far a price may move at once and be believed at once.</summary>
    public decimal PriceJump { get; init; } = 0.05m;

    /// <summary>How long a price may stand still while it should move; never less than ten of its usual steps.</summary>
    public Duration PriceStill { get; init; } = Duration.FromSeconds(60);

    /// <summary>How far a stablecoin may be from its currency.</summary>
    public decimal Peg { get; init; } = 0.02m;

    /// <summary>How long a raised limit waits until it is in force; a lowered one does not wait.</summary>
    public Duration RaiseAfter { get; init; } = Duration.FromMinutes(10);
}
