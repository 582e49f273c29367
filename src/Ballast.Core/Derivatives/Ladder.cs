namespace Ballast.Derivatives;

/// <summary>One rung of a ladder: what expires then, or stands at that strike.</summary>
/// <param name="Expiry">Null for what does not expire, or where the rung is a strike of all expiries.</param>
/// <param name="Strike">Null where the rung is an expiry.</param>
public sealed record Rung(Instant? Expiry, decimal? Strike, int Positions, Sensitivities Greeks);

/// <summary>The sensitivities of an exposure in parts that sum to it.</summary>
public static class Ladder
{
    /// <summary>By expiry, the soonest first; what does not expire comes last.</summary>
    public static ImmutableArray<Rung> ByExpiry(Exposure exposure) =>
    [
        .. exposure.Positions.GroupBy(p => p.Contract.Expires).OrderBy(g => g.Key ?? Instant.MaxValue)
            .Select(g => new Rung(g.Key, null, g.Count(), Sensitivities.Of(g, (double)exposure.Index))),
    ];

    /// <summary>Options by strike, the lowest first, over all expiries.</summary>
    public static ImmutableArray<Rung> ByStrike(Exposure exposure) =>
    [
        .. exposure.Positions.Where(p => p.Leg.IsOption).GroupBy(p => ((Instruments.Instrument.Option)p.Contract).Strike).OrderBy(g => g.Key)
            .Select(g => new Rung(null, g.Key, g.Count(), Sensitivities.Of(g, (double)exposure.Index))),
    ];
}
