namespace Ballast.Schedules;

/// <summary>Where a due date goes that is not a business day.</summary>
public enum Roll { None, Following, ModifiedFollowing, Preceding, ModifiedPreceding, Nearest }

/// <summary>Moves dates to business days. A later date is never moved before an earlier one.</summary>
public static class Rolling
{
    public static LocalDate Apply(this Roll roll, LocalDate date, BusinessCalendar calendar) => roll switch
    {
        Roll.None => date,
        Roll.Following => calendar.Following(date),
        Roll.Preceding => calendar.Preceding(date),
        Roll.ModifiedFollowing => SameMonth(date, calendar.Following(date)) ?? calendar.Preceding(date),
        Roll.ModifiedPreceding => SameMonth(date, calendar.Preceding(date)) ?? calendar.Following(date),
        Roll.Nearest => Nearest(date, calendar),
        _ => throw new ArgumentOutOfRangeException(nameof(roll), roll, "no such roll"),
    };

    internal static string Words(this Roll roll) => roll switch
    {
        Roll.None => "",
        Roll.Following => ", else the next business day",
        Roll.Preceding => ", else the business day before",
        Roll.ModifiedFollowing => ", else the next business day of the same month or the last one before",
        Roll.ModifiedPreceding => ", else the business day before in the same month or the next one",
        Roll.Nearest => ", else the nearest business day",
        _ => throw new ArgumentOutOfRangeException(nameof(roll), roll, "no such roll"),
    };

    private static LocalDate? SameMonth(LocalDate date, LocalDate moved) => moved.Month == date.Month && moved.Year == date.Year ? moved : null;

    /// <summary>Of two equally near days, the later.</summary>
    private static LocalDate Nearest(LocalDate date, BusinessCalendar calendar)
    {
        var (before, after) = (calendar.Preceding(date), calendar.Following(date));
        return Period.DaysBetween(before, date) < Period.DaysBetween(date, after) ? before : after;
    }
}
