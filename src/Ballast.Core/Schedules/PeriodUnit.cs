namespace Ballast.Schedules;

/// <summary>The calendar's named periods. Weeks are ISO weeks, from Monday.</summary>
public enum PeriodUnit { Minute, Hour, Day, Week, Month, Quarter, HalfYear, Year }

/// <summary>Numbers the periods of a unit, so that the next one is the next number.</summary>
internal static class Periods
{
    private const int FirstYear = 1, LastYear = 9990;

    /// <summary>A Monday that starts a year: whole days, weeks, months and years can all be counted from it.</summary>
    public static LocalDate Epoch { get; } = new(2001, 1, 1);

    public static bool IsClockUnit(this PeriodUnit unit) => unit is PeriodUnit.Minute or PeriodUnit.Hour;

    /// <summary>Length in whole days; 0 for units of months and of the clock.</summary>
    public static int Days(this PeriodUnit unit) => unit switch { PeriodUnit.Day => 1, PeriodUnit.Week => 7, _ => 0 };

    /// <summary>Length in whole months; 0 for shorter units.</summary>
    public static int Months(this PeriodUnit unit) => unit switch
    {
        PeriodUnit.Month => 1,
        PeriodUnit.Quarter => 3,
        PeriodUnit.HalfYear => 6,
        PeriodUnit.Year => 12,
        _ => 0,
    };

    /// <summary>Number of the period that holds a date, from that of <see cref="Epoch"/>.</summary>
    public static long NumberAt(this PeriodUnit unit, LocalDate date) => unit.WholeUnits(Epoch, date);

    /// <summary>The first date of a numbered period; null beyond the years that a schedule looks at.</summary>
    public static LocalDate? StartOf(this PeriodUnit unit, long number) => unit.Plus(Epoch, number);

    /// <summary>How often the unit fits between a date and another, days within a month disregarded, rounded down.</summary>
    public static long WholeUnits(this PeriodUnit unit, LocalDate from, LocalDate to) => unit.Months() is var months and > 0
        ? FloorDivide((to.Year - from.Year) * 12 + to.Month - from.Month, months)
        : FloorDivide(Period.DaysBetween(from, to), unit.Days());

    /// <summary>A date so many units later, clamped to the end of its month; null beyond the years that a schedule looks at.</summary>
    public static LocalDate? Plus(this PeriodUnit unit, LocalDate date, long count)
    {
        var months = unit.Months();
        var years = months > 0 ? count * months / 12 : count * unit.Days() / 366;
        if (date.Year + years is <= FirstYear or >= LastYear) return null;
        return months > 0 ? date.PlusMonths((int)(count * months)) : date.PlusDays((int)(count * unit.Days()));
    }

    public static string Name(this PeriodUnit unit) => unit == PeriodUnit.HalfYear ? "half-year" : unit.ToString().ToLowerInvariant();

    private static long FloorDivide(int value, int by) => Math.DivRem(value, by) is var (whole, rest) && rest < 0 ? whole - 1 : whole;
}
