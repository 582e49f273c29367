using Ballast.Derivatives;
using Ballast.Money;

namespace Ballast.Hedging;

/// <summary>Tells whether now is too near an event for a hedge.</summary>
public static class EventPauses
{
    private static readonly int[] FundingHours = [0, 8, 16], SettlementHours = [8];

    /// <summary>Why nothing is traded now; null where nothing holds it back.</summary>
    public static string? Holding(ImmutableArray<EventPause> pauses, PositionBook book, Instant now)
    {
        foreach (var pause in pauses)
            foreach (var at in Times(pause.Around, book, now))
                if (now >= at - pause.For / 2 && now < at + pause.For / 2)
                    return $"paused around {pause.Around.ToString().ToLowerInvariant()} at {at.InUtc().TimeOfDay.ToString("HH:mm", null)} UTC, for {Spans.Words(at + pause.For / 2 - now)} more";
        return null;
    }

    private static IEnumerable<Instant> Times(VenueEvent around, PositionBook book, Instant now) => around switch
    {
        VenueEvent.Expiry => book.Positions.Select(p => p.Contract.Expires).OfType<Instant>().Distinct(),
        VenueEvent.Funding => Daily(now, FundingHours),
        _ => Daily(now, SettlementHours),
    };

    private static IEnumerable<Instant> Daily(Instant now, int[] hours) =>
        from day in (int[])[-1, 0, 1]
        from hour in hours
        select now.InUtc().Date.PlusDays(day).AtMidnight().InUtc().ToInstant() + Duration.FromHours(hour);
}
