namespace Ballast.Schedules;

/// <summary>
/// Five cron fields (minute, hour, day of month, month, day of week) with Vixie's meanings, plus <c>L</c> and <c>n#k</c>.
/// A day field that starts with <c>*</c> is unrestricted; where both are restricted, a day that matches either is due.
/// </summary>
public sealed class CronExpression : IEquatable<CronExpression>
{
    // 29 February falls on a given weekday at least once in 40 years, also over a century that is no leap year.
    private const int FarthestYears = 41;

    private CronExpression(string text, ImmutableArray<CronField> fields)
    {
        Text = text;
        (Minute, Hour, Day, Month, Weekday) = (fields[0], fields[1], fields[2], fields[3], fields[4]);
    }

    /// <summary>As written, with single spaces.</summary>
    public string Text { get; }

    internal CronField Minute { get; }

    internal CronField Hour { get; }

    internal CronField Day { get; }

    internal CronField Month { get; }

    internal CronField Weekday { get; }

    /// <summary>
    /// Such expressions follow the clock on the wall as it stands: the hour that occurs twice fires twice, and the hour that
    /// is skipped does not fire. All others name times of day, which fire once each day.
    /// </summary>
    public bool RunsInEveryRealHour => Minute.Starred || Hour.Starred;

    /// <summary>Reads five fields; the fault is null exactly where the expression is not.</summary>
    public static (CronExpression? Expression, string? Fault) Parse(string text)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != 5) return (null, $"a cron expression has five fields, this one has {words.Length}");
        var fields = ImmutableArray.CreateBuilder<CronField>(5);
        foreach (var (word, kind) in words.Zip(CronFieldKind.All))
        {
            var (field, fault) = CronField.Parse(word.ToLowerInvariant(), kind);
            if (field is null) return (null, fault);
            fields.Add(field);
        }
        var expression = new CronExpression(string.Join(' ', words), fields.MoveToImmutable());
        return expression.NextLocal(Periods.Epoch.AtMidnight()) is null ? (null, $"the cron expression {expression.Text} can never fire") : (expression, null);
    }

    /// <summary>Reads an expression that the program itself wrote.</summary>
    public static CronExpression Of(string text) => Parse(text) is var (expression, fault) && expression is not null ? expression : throw new FormatException(fault);

    /// <summary>The first due instant strictly after another; null beyond the last year.</summary>
    public Instant? Next(Instant after, DateTimeZone zone) => RunsInEveryRealHour ? NextShown(after, zone) : NextNamed(after, zone);

    public bool Matches(LocalDate date) => Month.Has(date.Month) && (Day.Starred || Weekday.Starred
        ? MatchesDay(date) && MatchesWeekday(date)
        : MatchesDay(date) || MatchesWeekday(date));

    public bool Equals(CronExpression? other) => other is not null && string.Equals(Text, other.Text, StringComparison.OrdinalIgnoreCase);

    public override bool Equals(object? obj) => Equals(obj as CronExpression);

    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Text);

    public override string ToString() => Text;

    /// <summary>The next instant at which the clock on the wall shows a matching minute.</summary>
    private Instant? NextShown(Instant after, DateTimeZone zone)
    {
        for (var from = after + Duration.Epsilon; ;)
        {
            var steady = zone.GetZoneInterval(from);
            if (NextLocal(from.WithOffset(steady.WallOffset).LocalDateTime) is not { } local) return null;
            var found = local.WithOffset(steady.WallOffset).ToInstant();
            if (!steady.HasEnd || found < steady.End) return found;
            from = steady.End;
        }
    }

    /// <summary>The next instant at which a named time of day is due: each once, at its first occurrence or right after a gap.</summary>
    private Instant? NextNamed(Instant after, DateTimeZone zone)
    {
        for (var from = after.InZone(zone).LocalDateTime; NextLocal(from) is { } local; from = local.PlusMinutes(1))
            if (zone.FirstInstant(local) is var found && found > after) return found;
        return null;
    }

    private LocalDateTime? NextLocal(LocalDateTime from)
    {
        var (date, minute) = (from.Date, from.Hour * 60 + from.Minute);
        if (from.Second > 0 || from.NanosecondOfSecond > 0) minute++;
        var lastYear = Math.Min(date.Year + FarthestYears, 9990);
        while (date.Year <= lastYear)
        {
            if (Matches(date) && NextMinute(minute) is { } found) return date.At(new LocalTime(found / 60, found % 60));
            date = Month.Has(date.Month) ? date.PlusDays(1) : date.With(DateAdjusters.StartOfMonth).PlusMonths(1);
            minute = 0;
        }
        return null;
    }

    private int? NextMinute(int from)
    {
        for (var hour = from / 60; hour < 24; hour++)
            if (Hour.Has(hour) && Minute.FirstFrom(hour == from / 60 ? from % 60 : 0) is { } minute) return hour * 60 + minute;
        return null;
    }

    private bool MatchesDay(LocalDate date) =>
        Day.Has(date.Day) || (Day.LastDay && date.Day == date.Calendar.GetDaysInMonth(date.Year, date.Month));

    private bool MatchesWeekday(LocalDate date)
    {
        var weekday = (int)date.DayOfWeek % 7;
        if (Weekday.Has(weekday)) return true;
        foreach (var (named, number) in Weekday.Nth)
            if (named == weekday && (number > 0 ? (date.Day + 6) / 7 == number : date.PlusDays(7).Month != date.Month)) return true;
        return false;
    }
}
