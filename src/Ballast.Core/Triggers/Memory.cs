using Ballast.Money;
using Ballast.Targets;

namespace Ballast.Triggers;

/// <summary>What a policy remembers between looks. A value: each decision returns the next one.</summary>
public sealed record Memory
{
    /// <summary>Before the first look.</summary>
    public static Memory Empty { get; } = new();

    /// <summary>The first look of all; counts as a rebalance for <c>atLeastEvery</c> until there is one.</summary>
    public Instant? FirstSeen { get; init; }

    /// <summary>The last look of any kind: what has become due since then is due now, where there are no bars.</summary>
    public Instant? LastSeen { get; init; }

    /// <summary>The last look at rules without a clock.</summary>
    public Instant? LastLook { get; init; }

    /// <summary>The last rebalance.</summary>
    public Instant? LastTrade { get; init; }

    /// <summary>Since when the portfolio has been outside without a full correction; for <c>otherwise</c>.</summary>
    public Instant? OutsideSince { get; init; }

    /// <summary>Consecutive breaches of each rule with <c>confirm</c>, by the rule's words.</summary>
    public ImmutableSortedDictionary<string, int> Breaches { get; init; } = ImmutableSortedDictionary<string, int>.Empty;

    /// <summary>What was traded, both sides, as a fraction of value, the latest first: for limits of turnover.</summary>
    public ImmutableStack<(Instant At, double Turnover)> Traded { get; init; } = [];

    /// <summary>Targets stay until they are renewed, or until they are written anew.</summary>
    public TargetSet? Computed { get; init; }

    /// <summary>What <see cref="Computed"/> was computed from.</summary>
    public TargetNode? ComputedFrom { get; init; }

    public Instant? ComputedAt { get; init; }

    /// <summary>Money that has arrived and has not been put to work, in base.</summary>
    public decimal Uninvested { get; init; }

    /// <summary>The highest value seen, grown and shrunk with what came and went, for the drawdown measure.</summary>
    public double HighestValue { get; init; }

    /// <summary>The fall from the highest value: money that comes or goes changes it no more than the value of a fund's unit.</summary>
    /// <param name="value">The value of now, the flow included.</param>
    /// <param name="flow">What came, or went, since the last look.</param>
    public double DrawdownAt(double value, double flow) => HighestAt(value, flow) is var highest and > 0 ? 1 - value / highest : 0;

    /// <summary>The highest value after a flow: in proportion to what the flow did to the value.</summary>
    public double HighestAt(double value, double flow) =>
        value - flow > 0 ? Math.Max(HighestValue * (flow == 0 ? 1 : value / (value - flow)), value) : value;

    /// <summary>After a rebalance that traded: the clocks start again, and all money is at work.</summary>
    public Memory AfterTrade(Instant at, double turnover) =>
        this with { LastTrade = at, Uninvested = 0, Breaches = Breaches.Clear(), Traded = Traded.Push((at, turnover)) };

    /// <summary>What was traded since a time, both sides, as a fraction of value.</summary>
    public double TradedSince(Instant from)
    {
        var sum = 0.0;
        foreach (var (at, turnover) in Traded)
            if (at > from) sum += turnover;
            else break;
        return sum;
    }
}
