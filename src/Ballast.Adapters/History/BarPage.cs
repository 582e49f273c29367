namespace Ballast.Adapters.History;

/// <summary>Bars of the past as a venue tells them, in the order of time.</summary>
/// <param name="Next">Where the next page begins; null at the end.</param>
public sealed record BarPage(ImmutableArray<Bar> Bars, Instant? Next);

/// <param name="At">When it opens.</param>
/// <param name="Volume">In the base asset.</param>
public readonly record struct Bar(Instant At, decimal? Open, decimal? High, decimal? Low, decimal? Close, decimal? Volume);
