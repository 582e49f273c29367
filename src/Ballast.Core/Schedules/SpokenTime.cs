using NodaTime.Text;

namespace Ballast.Schedules;

/// <summary>How times, dates and spans are said within a sentence.</summary>
internal static class SpokenTime
{
    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");
    private static readonly LocalDatePattern Day = LocalDatePattern.CreateWithInvariantCulture("d MMM uuuu");

    public static string Time(LocalTime time) => Clock.Format(time);

    public static string Date(LocalDate date) => Day.Format(date);

    /// <summary>UTC goes without saying.</summary>
    public static string ZoneSuffix(DateTimeZone zone) => zone.Id == "UTC" ? "" : $" ({zone.Id})";

    public static string Count(long count, string unit) => count == 1 ? unit : $"{count} {unit}s";

    public static string Ordinal(int number) => number switch
    {
        -1 => "last",
        1 => "first",
        2 => "second",
        3 => "third",
        4 => "fourth",
        5 => "fifth",
        < 0 => $"{-number}th last",
        _ => $"{number}th",
    };

    /// <summary>Sunday is 0.</summary>
    public static string Weekday(int number) => (number == 0 ? IsoDayOfWeek.Sunday : (IsoDayOfWeek)number).ToString();

    public static string DayWords(PeriodUnit unit, DayChoice on) => (unit, on) switch
    {
        (PeriodUnit.Day, _) => "every day",
        (PeriodUnit.Week, DayChoice.Weekday day) => $"every {day.Name}",
        (_, DayChoice.Day { Number: 1 or -1 } day) => $"on the {Ordinal(day.Number)} day of the {unit.Name()}",
        (_, DayChoice.Day { Number: > 0 } day) => $"on day {day.Number} of the {unit.Name()}",
        (_, DayChoice.Day day) => $"on the {Ordinal(day.Number)} day of the {unit.Name()}",
        (_, DayChoice.BusinessDay day) => $"on the {Ordinal(day.Number)} business day of the {unit.Name()}",
        (_, DayChoice.Weekday day) => $"on the {Ordinal(day.Number)} {day.Name} of the {unit.Name()}",
        _ => throw new ArgumentOutOfRangeException(nameof(on), on, "no words for this choice"),
    };

    /// <summary>In the largest unit that divides it: "36 hours", "14 days".</summary>
    public static string Span(Duration span)
    {
        var nanoseconds = (decimal)span.ToInt128Nanoseconds();
        var (seconds, unit) = SpanUnits.First(candidate => nanoseconds % (candidate.Seconds * 1e9m) == 0 || candidate.Seconds == 1);
        var count = nanoseconds / (seconds * 1e9m);
        return count == 1 ? (unit == "day" ? "day of 24 hours" : unit) : $"{count:0.#########} {unit}s";
    }

    private static readonly ImmutableArray<(long Seconds, string Unit)> SpanUnits = [(86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second")];
}
