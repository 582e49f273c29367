using Ballast.Money;

namespace Ballast.Triggers;

/// <summary>Says whether now is a time to rebalance, and why. Pure: the same look gives the same answer; it never trades.</summary>
public interface ITrigger
{
    /// <summary>The rule in plain words, as <c>check</c> reads it back: "an asset is more than 5 points from its target".</summary>
    string Words { get; }

    /// <summary>Whether the rule, or a part of it, keeps its own time; any other is looked at as often as <c>interval</c> says.</summary>
    bool HasClock => false;

    TriggerResult Check(Look look);
}

/// <summary>A rule's answer: fired or not, why, and how far away it is.</summary>
/// <param name="State">Unknown where the figures are missing; never taken for "not fired".</param>
/// <param name="Way">Share of the way to firing: 0 at rest, 1 at the edge, more when beyond; null where it has no measure.</param>
/// <param name="Why">A sentence with the figures.</param>
/// <param name="Left">What is left until it fires, in words; empty when it has.</param>
/// <param name="Breached">Assets (or assets of the sleeves) outside their band, whether the rule has fired or still waits.</param>
/// <param name="Bands">The bands that the rule looked at; null for a rule without any, which sends to the target.</param>
public sealed record TriggerResult(
    TriggerState State, double? Way, Sentence Why, Sentence Left, ImmutableArray<Asset> Breached, BandSet? Bands)
{
    public string Reason => Why.ToString();

    public string ToGo => Left.ToString();

    /// <summary>Bands of sleeves, as shares of their parent, where the rule looks at sleeves.</summary>
    public ImmutableArray<(string Sleeve, Band Band)> SleeveBands { get; init; } = [];

    /// <summary>Whether the rule was looked at; a rule without a clock waits for its interval.</summary>
    public bool Looked { get; init; } = true;

    /// <summary>Something is outside its bounds, whether the rule has fired or still waits for confirmation.</summary>
    public bool Outside { get; init; }

    public bool Fired => State == TriggerState.Fired;

    public static TriggerResult Yes(Sentence reason, double? way = null) => new(TriggerState.Fired, way, reason, "", [], null) { Outside = true };

    public static TriggerResult No(Sentence reason, Sentence toGo, double? way = null) => new(TriggerState.Quiet, way, reason, toGo, [], null);

    public static TriggerResult Unknown(Sentence reason) => new(TriggerState.Unknown, null, reason, "", [], null);
}

/// <summary>Unknown: something the rule needs is not known, so that it neither fired nor stayed quiet.</summary>
public enum TriggerState { Quiet, Fired, Unknown }

/// <summary>Lowest and highest allowed weight by asset. An asset without an entry has no band.</summary>
public sealed record BandSet(ImmutableSortedDictionary<Asset, Band> ByAsset)
{
    /// <summary>The tightest of both: what <c>any</c> means.</summary>
    public BandSet Intersect(BandSet other) => Merge(other, (a, b) => new(Math.Max(a.Low, b.Low), Math.Min(a.High, b.High)), keepSingle: true);

    /// <summary>The widest of both: what <c>all</c> means. An asset with a band in only one of them is free in the other.</summary>
    public BandSet Unite(BandSet other) => Merge(other, (a, b) => new(Math.Min(a.Low, b.Low), Math.Max(a.High, b.High)), keepSingle: false);

    /// <summary>The tightest of several; null where there is none.</summary>
    public static BandSet? Tightest(IEnumerable<BandSet?> sets) => sets.Aggregate((BandSet?)null, (all, b) => b is null ? all : all?.Intersect(b) ?? b);

    /// <summary>The widest of several; null where there is none.</summary>
    public static BandSet? Widest(IEnumerable<BandSet?> sets) => sets.Aggregate((BandSet?)null, (all, b) => b is null ? all : all?.Unite(b) ?? b);

    private BandSet Merge(BandSet other, Func<Band, Band, Band> join, bool keepSingle)
    {
        var merged = ImmutableSortedDictionary.CreateBuilder<Asset, Band>();
        foreach (var (asset, band) in ByAsset)
            if (other.ByAsset.TryGetValue(asset, out var second)) merged[asset] = join(band, second);
            else if (keepSingle) merged[asset] = band;
        if (keepSingle)
            foreach (var (asset, band) in other.ByAsset) merged.TryAdd(asset, band);
        return new(merged.ToImmutable());
    }
}

/// <summary>Lowest and highest allowed weight.</summary>
public readonly record struct Band(double Low, double High)
{
    /// <summary>A weight on the edge is inside: only what is beyond it by more than 1e-12 is a breach.</summary>
    public bool Breached(double weight) => weight < Low - 1e-12 || weight > High + 1e-12;
}
