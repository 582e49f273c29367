using Ballast.Money;
using Ballast.Targets;

namespace Ballast.Triggers;

/// <summary>What a policy remembers between looks. A value: each decision returns the next one.</summary>
public sealed record Memory
{
    /// <summary>Before the first look.</summary>
    public static Memory Empty { get; } = new();

    /// <summary>The last look at rules without a clock.</summary>
    public Instant? LastLook { get; init; }

    /// <summary>The last rebalance.</summary>
    public Instant? LastTrade { get; init; }

    /// <summary>Since when the portfolio has been outside without a full correction; for <c>otherwise</c>.</summary>
    public Instant? OutsideSince { get; init; }

    /// <summary>Consecutive breaches of each rule with <c>confirm</c>, by the rule's words.</summary>
    public ImmutableSortedDictionary<string, int> Breaches { get; init; } = ImmutableSortedDictionary<string, int>.Empty;

    /// <summary>What was traded, both sides, as a fraction of value: for limits of turnover.</summary>
    public ImmutableArray<(Instant At, double Turnover)> Traded { get; init; } = [];

    /// <summary>Computed targets stay until they are renewed.</summary>
    public TargetSet? Computed { get; init; }

    public Instant? ComputedAt { get; init; }

    /// <summary>Money that has arrived and has not been put to work, in base.</summary>
    public decimal Uninvested { get; init; }

    /// <summary>The highest value seen, deposits apart, for the drawdown measure.</summary>
    public double HighestValue { get; init; }

    /// <summary>After a rebalance that traded: the clocks start again, and all money is at work.</summary>
    public Memory AfterTrade(Instant at, double turnover) =>
        this with { LastTrade = at, Uninvested = 0, Breaches = Breaches.Clear(), Traded = Traded.Add((at, turnover)) };

    /// <summary>What was traded since a time, both sides, as a fraction of value.</summary>
    public double TradedSince(Instant from)
    {
        var sum = 0.0;
        foreach (var (at, turnover) in Traded)
            if (at > from) sum += turnover;
        return sum;
    }
}
