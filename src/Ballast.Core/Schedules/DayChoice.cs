namespace Ballast.Schedules;

/// <summary>Which day of a period is meant. Numbers count from 1 at its start, from -1 at its end.</summary>
public abstract record DayChoice
{
    private DayChoice() { }

    public static DayChoice FirstDay { get; } = new Day(1);

    public static DayChoice LastDay { get; } = new Day(-1);

    public static DayChoice FirstBusinessDay { get; } = new BusinessDay(1);

    public static DayChoice LastBusinessDay { get; } = new BusinessDay(-1);

    /// <summary>The n-th day; where the period is shorter, its last one. This does not stick: 31 Jan, 29 Feb, 31 Mar.</summary>
    public sealed record Day(int Number) : DayChoice;

    /// <summary>The n-th business day.</summary>
    public sealed record BusinessDay(int Number) : DayChoice;

    /// <summary>The n-th of a weekday, as the third Friday or (-1) the last one.</summary>
    public sealed record Weekday(int Number, IsoDayOfWeek Name) : DayChoice;

    /// <summary>The chosen day of a period, both ends included; null where there is none.</summary>
    public LocalDate? Of(LocalDate first, LocalDate last, BusinessCalendar calendar)
    {
        var chosen = this switch
        {
            Day { Number: > 0 } day => LocalDate.Min(first.PlusDays(day.Number - 1), last),
            Day day => LocalDate.Max(last.PlusDays(day.Number + 1), first),
            BusinessDay { Number: > 0 } day => Nth(first, 1, day.Number, calendar),
            BusinessDay day => Nth(last, -1, -day.Number, calendar),
            Weekday { Number: > 0 } day => first.With(DateAdjusters.NextOrSame(day.Name)).PlusWeeks(day.Number - 1),
            Weekday day => last.With(DateAdjusters.PreviousOrSame(day.Name)).PlusWeeks(day.Number + 1),
            _ => throw new InvalidOperationException($"no rule for {this}"),
        };
        return chosen >= first && chosen <= last ? chosen : null;
    }

    /// <summary>Whether the choice follows the edges of a period that a window cuts off.</summary>
    internal bool IsEdge => this is Day { Number: 1 or -1 } or BusinessDay { Number: 1 or -1 };

    internal bool NeedsBusinessDays => this is BusinessDay;

    private static LocalDate Nth(LocalDate from, int step, int number, BusinessCalendar calendar)
    {
        var day = step > 0 ? calendar.Following(from) : calendar.Preceding(from);
        for (; number > 1; number--) day = step > 0 ? calendar.Following(day.PlusDays(1)) : calendar.Preceding(day.PlusDays(-1));
        return day;
    }
}
