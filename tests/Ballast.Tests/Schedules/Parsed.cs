using Ballast.Schedules;

namespace Ballast.Tests.Schedules;

/// <summary>Schedules and instants from short texts.</summary>
internal static class Parsed
{
    public static Schedule Of(string every, string? on = null, string? at = null, string? roll = null, string zone = "UTC", string? from = null, string? calendar = null) =>
        Of(new ScheduleText(every) { On = on, At = at, Roll = roll, From = from, Calendar = calendar }, zone);

    public static Schedule Of(ScheduleText text, string zone = "UTC", params BusinessCalendar[] calendars) => Reading(text, zone, calendars) switch
    {
        ScheduleReading.Read read => read.Schedule,
        ScheduleReading.Faulty faulty => throw new InvalidOperationException(string.Join(" | ", faulty.Faults.Select(f => f.Sentence))),
        var other => throw new InvalidOperationException($"{other}"),
    };

    public static ScheduleReading Reading(ScheduleText text, string zone = "UTC", params BusinessCalendar[] calendars) =>
        text.Parse(DateTimeZoneProviders.Tzdb[zone], calendars.ToDictionary(calendar => calendar.Name));

    /// <summary>"2024-03-31T01:00", in UTC.</summary>
    public static Instant Utc(string text) => NodaTime.Text.InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(text).Value;

    /// <summary>The next due times, each as it stands on the clock of the schedule's zone, with its offset.</summary>
    public static string[] Next(this Schedule schedule, string after, int count)
    {
        var shown = new List<string>();
        for (var due = schedule.NextDue(Utc(after)); shown.Count < count; due = schedule.NextDue(due!.Value))
            shown.Add(due!.Value.InZone(schedule.Zone).ToString("uuuu-MM-dd'T'HH:mm o<g>", null));
        return [.. shown];
    }

    /// <summary>Bars at a fixed spacing, without those of the dates that are missing.</summary>
    public static ImmutableArray<Instant> Bars(string first, Duration spacing, int count, params string[] missingDates) =>
        [.. Enumerable.Range(0, count).Select(i => Utc(first) + spacing * i).Where(open => !missingDates.Contains(open.InUtc().Date.ToString("uuuu-MM-dd", null)))];

    /// <summary>Bars of Monday to Friday.</summary>
    public static ImmutableArray<Instant> Weekdays(string first, int days) =>
        [.. Bars(first, Duration.FromDays(1), days).Where(open => BusinessCalendar.Weekdays.IsBusinessDay(open.InUtc().Date))];

    /// <summary>The opens of the bars that fire.</summary>
    public static string[] Firing(this Schedule schedule, ImmutableArray<Instant> opens, Duration spacing) =>
        [.. schedule.FiringBars(opens.AsSpan(), spacing).Select(bar => opens[bar].InUtc().ToString("uuuu-MM-dd'T'HH:mm", null))];
}
