namespace Ballast.Schedules;

/// <summary>
/// Due every so many days, weeks, months or years: the k-th due date is the anchor's plus k times the count, computed from
/// the anchor, so that a clamped month end does not stick. In bars: at the first bar that opens at the due time or later, or,
/// where a time of day is given, at the bar that holds it.
/// </summary>
public sealed record CountedUnits(int Count, PeriodUnit Unit) : Schedule
{
    /// <summary>Local time of day; null takes the anchor's own.</summary>
    public LocalTime? At { get; init; }

    public Roll Roll { get; init; } = Roll.None;

    public override bool CountsFromStart => From is null;

    private protected override string Phrase =>
        $"every {SpokenTime.Count(Count, Unit.Name())}{Roll.Words()}{(At is { } at ? $" at {SpokenTime.Time(at)}" : "")}";

    private protected override Instant? Due(Instant after, Instant? start)
    {
        var anchor = From?.AtMidnight() ?? start?.InZone(Zone).LocalDateTime ?? Periods.Epoch.AtMidnight();
        var lowest = From is not null ? 0 : start is not null ? 1 : long.MinValue;
        var guess = Unit.WholeUnits(anchor.Date, after.InZone(Zone).Date) / Count;
        return DueSearch.FirstAfter(after, guess, lowest, k => Kth(anchor, k));
    }

    private protected override (Instant After, Instant UpTo) Answers(Instant? previousOpen, Instant open, Duration spacing) =>
        At is null ? OpeningAt(previousOpen, open) : Holding(previousOpen, open, spacing);

    /// <summary>Bars of a day or more count dates, else daily bars of another zone would fall a bar behind when its clocks change.</summary>
    private protected override Instant StartOf(Instant anchor, Duration spacing) =>
        spacing < Duration.FromDays(1) ? anchor : Zone.FirstInstant(anchor.InZone(Zone).Date.AtMidnight());

    private Instant? Kth(LocalDateTime anchor, long k) => Unit.Plus(anchor.Date, k * Count) is { } date
        ? Zone.FirstInstant(Roll.Apply(date, Calendar) + (At ?? anchor.TimeOfDay))
        : null;
}
