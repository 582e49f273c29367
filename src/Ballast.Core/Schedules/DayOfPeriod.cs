namespace Ballast.Schedules;

/// <summary>Due on a chosen day of each named period at a local time, moved to a business day where asked: in bars, at the bar that holds it.</summary>
public sealed record DayOfPeriod(PeriodUnit Unit, DayChoice On, LocalTime At) : Schedule
{
    public Roll Roll { get; init; } = Roll.None;

    private protected override string Phrase => $"{SpokenTime.DayWords(Unit, On)}{Roll.Words()} at {SpokenTime.Time(At)}";

    /// <summary>
    /// The due dates of a window, both ends included. A period that the window cuts off has its first and last (business) day
    /// inside the window; a date that rolls out of the window is dropped, and two that roll onto one day are one.
    /// </summary>
    public IEnumerable<LocalDate> Dates(LocalDate from, LocalDate to)
    {
        var window = new DateInterval(from, to);
        LocalDate? previous = null;
        for (var number = Unit.NumberAt(from); number <= Unit.NumberAt(to); number++)
            if (Chosen(number, On.IsEdge ? window : null) is { } day && window.Contains(day)
                && Roll.Apply(day, Calendar) is var rolled && window.Contains(rolled) && rolled != previous)
                yield return (previous = rolled).Value;
    }

    private protected override Instant? Due(Instant after, Instant? start)
    {
        after = NotBefore(after);
        return DueSearch.FirstAfter(after, Unit.NumberAt(after.InZone(Zone).Date), long.MinValue, DueIn);
    }

    private protected override (Instant After, Instant UpTo) Answers(Instant? previousOpen, Instant open, Duration spacing) =>
        Holding(previousOpen, open, spacing);

    private Instant? DueIn(long number) =>
        Chosen(number, window: null) is { } day ? Zone.FirstInstant(Roll.Apply(day, Calendar) + At) : null;

    private LocalDate? Chosen(long number, DateInterval? window)
    {
        if (Unit.StartOf(number) is not { } first || Unit.StartOf(number + 1) is not { } next) return null;
        var last = next.PlusDays(-1);
        return window is null ? On.Of(first, last, Calendar)
            : On.Of(LocalDate.Max(first, window.Start), LocalDate.Min(last, window.End), Calendar);
    }
}
