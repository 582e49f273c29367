using System.Numerics;

namespace Ballast.Schedules;

/// <summary>Says the usual cron expressions in words, and repeats the others.</summary>
internal static class CronWords
{
    private const ulong MondayToFriday = 0b0111110;

    public static string Of(CronExpression cron) => Clock(cron) ?? TimeOfDay(cron) ?? $"when the clock matches the cron expression {cron.Text}";

    /// <summary>Every minute, every so many minutes or hours: only where the step fills the hour or the day evenly.</summary>
    private static string? Clock(CronExpression cron)
    {
        if (cron is not { Day.Text: "*", Month.Text: "*", Weekday.Text: "*" }) return null;
        if (cron.Hour.Text == "*" && Step(cron.Minute, 60) is { } minutes) return minutes == 1 ? "every minute" : $"every {minutes} minutes on the clock";
        if (cron.Minute.Text != "0" || Step(cron.Hour, 24) is not { } hours) return null;
        return hours == 1 ? "at the start of each hour" : $"every {hours} hours on the clock";
    }

    private static int? Step(CronField field, int whole)
    {
        if (field.Text == "*") return 1;
        return field.Text.StartsWith("*/", StringComparison.Ordinal) && whole % int.Parse(field.Text[2..]) == 0 ? int.Parse(field.Text[2..]) : null;
    }

    private static string? TimeOfDay(CronExpression cron)
    {
        if (cron.RunsInEveryRealHour || cron.Month.Text != "*" || cron.Minute.Single is not { } minute || cron.Hour.Single is not { } hour) return null;
        return DayOf(cron) is { } day ? $"{day} at {SpokenTime.Time(new LocalTime(hour, minute))}" : null;
    }

    private static string? DayOf(CronExpression cron) => (cron.Day.Text, cron.Weekday.Text) switch
    {
        ("*", "*") => "every day",
        ("l", "*") => "on the last day of the month",
        (_, "*") when cron.Day.Single is { } day => $"on day {day} of the month" + (day > 28 ? " that has one" : ""),
        ("*", _) => Weekdays(cron.Weekday),
        _ => null,
    };

    private static string? Weekdays(CronField field) => field switch
    {
        { Nth: [var (weekday, number)], Mask: 0 } => $"on the {SpokenTime.Ordinal(number)} {SpokenTime.Weekday(weekday)} of the month",
        { Nth.IsEmpty: true, Mask: MondayToFriday } => "every Monday to Friday",
        { Nth.IsEmpty: true, Starred: false } => "every " + List(field.Mask),
        _ => null,
    };

    private static string List(ulong mask)
    {
        var days = new List<string>();
        for (var day = 1; day <= 7; day++)
            if ((mask >> day % 7 & 1) != 0) days.Add(SpokenTime.Weekday(day % 7));
        return BitOperations.PopCount(mask) == 1 ? days[0] : $"{string.Join(", ", days[..^1])} and {days[^1]}";
    }
}
