namespace Ballast.Derivatives;

/// <summary>What a venue said over time, the oldest snapshot first, and the names that were passed over because nothing is known of them.</summary>
public sealed record ChainHistory(ImmutableArray<Chain> Snapshots, ImmutableArray<string> PassedOver)
{
    /// <summary>The last snapshot not after a time; the last of all where no time is given; null where there is none so early.</summary>
    public Chain? At(Instant? time) => time is { } at ? Snapshots.LastOrDefault(s => s.At <= at) : Snapshots[^1];
}
