namespace Ballast.Schedules;

/// <summary>
/// When something is due, as a pure answer to two questions: when next, and does this bar fire.
/// The cases are <see cref="PeriodEdge"/>, <see cref="DayOfPeriod"/>, <see cref="CountedUnits"/>, <see cref="FixedSpan"/> and <see cref="Cron"/>.
/// </summary>
public abstract record Schedule
{
    private protected Schedule() { }

    /// <summary>Whose clock and calendar the due times are read from.</summary>
    public DateTimeZone Zone { get; init; } = DateTimeZone.Utc;

    /// <summary>The days that count as business days, and the days that a bar can stand for.</summary>
    public BusinessCalendar Calendar { get; init; } = BusinessCalendar.AllDays;

    /// <summary>Nothing is due before this date; counted schedules count from it.</summary>
    public LocalDate? From { get; init; }

    /// <summary>The schedule said plainly: "at the end of each month (Europe/Berlin)".</summary>
    public string Words => Phrase + (From is { } from ? $", from {SpokenTime.Date(from)}" : "") + SpokenTime.ZoneSuffix(Zone);

    /// <summary>
    /// Whether due times are counted from the first bar: then that bar itself, the initial purchase, is not a firing,
    /// and whoever starts the run decides about it.
    /// </summary>
    public virtual bool CountsFromStart => false;

    /// <summary>The first due instant strictly after another; null where there is none left.</summary>
    /// <remarks>A counted schedule without <see cref="From"/> counts from Monday, 1 January 2001, 00:00 local, so that restarts agree.</remarks>
    public Instant? NextDue(Instant after) => Due(after, start: null);

    /// <summary>The first due instant strictly after another, of a run that starts at <paramref name="anchor"/>.</summary>
    public Instant? NextDue(Instant after, Instant anchor) => Due(after, anchor);

    /// <summary>Every due instant of a window, both ends included.</summary>
    public IEnumerable<Instant> DueWithin(Instant from, Instant to)
    {
        for (var due = NextDue(from - Duration.Epsilon); due is { } at && at <= to; due = NextDue(at)) yield return at;
    }

    /// <summary>Whether a bar fires. A due time whose own bar is missing fires at the first later bar that is present, once.</summary>
    /// <param name="previousOpen">Open of the bar before, however long ago; null at the first bar.</param>
    /// <param name="open">Open of this bar, which covers [open, open + spacing).</param>
    /// <param name="spacing">Usual time between bars: 31 days for monthly ones.</param>
    /// <param name="anchor">Open of the run's first bar.</param>
    public bool Fires(Instant? previousOpen, Instant open, Duration spacing, Instant anchor)
    {
        var (after, upTo) = InOrder(previousOpen, open, spacing);
        return Due(after, StartOf(anchor, spacing)) <= upTo;
    }

    /// <summary>Numbers of the bars that fire, of a run that starts with the first, in one pass; the same bars as <see cref="Fires"/> names one by one.</summary>
    public ImmutableArray<int> FiringBars(ReadOnlySpan<Instant> opens, Duration spacing)
    {
        if (opens.IsEmpty) return [];
        var firing = ImmutableArray.CreateBuilder<int>();
        var start = StartOf(opens[0], spacing);
        Instant? previous = null;
        Instant? due = Instant.MinValue;
        for (var bar = 0; bar < opens.Length && due is not null; previous = opens[bar++])
        {
            var (after, upTo) = InOrder(previous, opens[bar], spacing);
            if (due <= after) due = Due(after, start);
            if (due <= upTo) firing.Add(bar);
        }
        return firing.ToImmutable();
    }

    /// <summary>What is due, without the zone and the start.</summary>
    private protected abstract string Phrase { get; }

    /// <summary>The first due instant strictly after another; <paramref name="start"/> is where a run began, null outside of runs.</summary>
    private protected abstract Instant? Due(Instant after, Instant? start);

    /// <summary>
    /// The due times that a bar answers for: later than the first instant and not later than the second. Those of
    /// consecutive bars join without a gap or an overlap, which is why nothing fires twice and nothing is lost.
    /// </summary>
    private protected abstract (Instant After, Instant UpTo) Answers(Instant? previousOpen, Instant open, Duration spacing);

    /// <summary>The due time lies in the bar: open ≤ due &lt; reach.</summary>
    private protected (Instant After, Instant UpTo) Holding(Instant? previousOpen, Instant open, Duration spacing) =>
        ((previousOpen is { } previous ? Reach(previous, spacing) : open) - Duration.Epsilon, Reach(open, spacing) - Duration.Epsilon);

    /// <summary>The bar is the first one to open at the due time or after it; at the first bar, only at it.</summary>
    private protected static (Instant After, Instant UpTo) OpeningAt(Instant? previousOpen, Instant open) =>
        (previousOpen ?? open - Duration.Epsilon, open);

    /// <summary>How far a bar stands: to its close, or over the days without business that follow it.</summary>
    private protected Instant Reach(Instant open, Duration spacing)
    {
        var close = open + spacing;
        if (Calendar.HasOnlyBusinessDays) return close;
        var date = close.InZone(Zone).Date;
        return Calendar.IsBusinessDay(date) ? close : Zone.FirstInstant(Calendar.Following(date).AtMidnight());
    }

    private protected virtual Instant StartOf(Instant anchor, Duration spacing) => anchor;

    /// <summary>The instant to look after, so that nothing before <see cref="From"/> is found.</summary>
    private protected Instant NotBefore(Instant after) => Beginning() is { } begins ? Instant.Max(after, begins - Duration.Epsilon) : after;

    /// <summary>The first instant of <see cref="From"/>; null without it.</summary>
    private protected Instant? Beginning() => From is { } from ? Zone.FirstInstant(from.AtMidnight()) : null;

    private (Instant After, Instant UpTo) InOrder(Instant? previousOpen, Instant open, Duration spacing) => previousOpen >= open
        ? throw new ArgumentException($"bars go forward in time, but {open} follows {previousOpen}", nameof(previousOpen))
        : Answers(previousOpen, open, spacing);
}
