namespace Ballast.Schedules;

/// <summary>From what a clock on the wall shows to the instant at which it is due.</summary>
internal static class LocalClock
{
    /// <summary>
    /// The first occurrence of a local time; where clocks jump over it, the first valid instant after it.
    /// A later local time never gives an earlier instant.
    /// </summary>
    public static Instant FirstInstant(this DateTimeZone zone, LocalDateTime local)
    {
        var mapping = zone.MapLocal(local);
        return mapping.Count == 0 ? mapping.LateInterval.Start : mapping.First().ToInstant();
    }
}
