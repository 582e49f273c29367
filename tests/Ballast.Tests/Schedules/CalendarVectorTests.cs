using System.Text.Json;
using Ballast.Schedules;
using Ballast.Tests.Numerics;
using NodaTime.Text;

namespace Ballast.Tests.Schedules;

[Trait("Category", "Vectors")]
public class CalendarVectorTests
{
    public static TheoryData<string, string> Cases => VectorFiles.Of(["calendar"]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_due_dates_of_a_window_are_those_of_the_reference(string file, string id)
    {
        var found = VectorFiles.Find(file, id);
        var window = new DateInterval(Date(found.Text("start")), Date(found.Text("end")));
        var expected = found.Out.GetProperty("dates").EnumerateArray().Select(x => Date(x.GetString()!)).ToArray();
        Assert.Equal(expected, Texts(found.Text("kind"), window.Start).SelectMany(text => Dates(Read(text, found.In), window)).Distinct().Order());
    }

    /// <summary>What the name of each kind means, in the words of a portfolio file.</summary>
    private static ScheduleText[] Texts(string kind, LocalDate start) => kind switch
    {
        "businessDaily" => [new("day") { Roll = "following" }],
        "monthlyFirstBusinessDay" => [new("month") { On = "first business day" }],
        "monthlyLastBusinessDay" => [new("month") { On = "last business day" }],
        "quarterlyLastBusinessDay" => [new("quarter") { On = "last business day" }],
        "yearlyFirstBusinessDay" => [new("year") { On = "first business day" }],
        "weeklyFriday" => [new("week") { On = "friday" }],
        "weeklyFridayFollowing" => [new("week") { On = "friday", Roll = "following" }],
        "semimonthly1and15Following" => [new("month") { On = "day 1", Roll = "following" }, new("month") { On = "day 15", Roll = "following" }],
        "monthlyDay31Clamp" => [new("month") { On = "day 31" }],
        "every10DaysAnchored" => [new("10 days") { From = LocalDatePattern.Iso.Format(start) }],
        _ => throw new InvalidOperationException($"no meaning for the kind {kind}"),
    };

    private static Schedule Read(ScheduleText text, JsonElement given)
    {
        var holidays = given.GetProperty("holidays").EnumerateArray().Select(x => Date(x.GetString()!));
        var weekend = given.GetProperty("weekend").EnumerateArray().Select(x => Day(x.GetString()!));
        return Parsed.Of(text with { Calendar = "given" }, calendars: new BusinessCalendar("given", weekend, holidays));
    }

    private static IEnumerable<LocalDate> Dates(Schedule schedule, DateInterval window) => schedule is DayOfPeriod days
        ? days.Dates(window.Start, window.End)
        : schedule.DueWithin(window.Start.AtMidnight().InUtc().ToInstant(), window.End.AtMidnight().InUtc().ToInstant()).Select(due => due.InUtc().Date);

    private static LocalDate Date(string text) => LocalDatePattern.Iso.Parse(text).Value;

    private static IsoDayOfWeek Day(string text) => Enum.GetValues<IsoDayOfWeek>().Single(day => day.ToString().StartsWith(text, StringComparison.Ordinal));
}
