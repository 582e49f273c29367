using Ballast.Schedules;

namespace Ballast.Tests.Schedules;

public class ScheduleTextTests
{
    [Theory]
    [InlineData("month", null, null, null, "at the end of each month")]
    [InlineData("month", "first", null, null, "at the start of each month")]
    [InlineData("half-years", "last", null, null, "at the end of each half-year")]
    [InlineData("year", "last business day", "16:00", "preceding", "on the last business day of the year, else the business day before at 16:00")]
    [InlineData("month", "day 1", "09:00", null, "on the first day of the month at 09:00")]
    [InlineData("month", "day 15", "09:00", null, "on day 15 of the month at 09:00")]
    [InlineData("month", "second friday", "08:00", null, "on the second Friday of the month at 08:00")]
    [InlineData("quarter", "last day", "08:00", null, "on the last day of the quarter at 08:00")]
    [InlineData("week", "Friday", "08:00", "following", "every Friday, else the next business day at 08:00")]
    [InlineData("day", null, "09:00", null, "every day at 09:00")]
    [InlineData("month", null, "09:00", null, "on the last day of the month at 09:00")]
    [InlineData("month", "first", "09:00", null, "on the first day of the month at 09:00")]
    [InlineData("10 days", null, null, null, "every 10 days")]
    [InlineData("1 month", null, "09:00", null, "every month at 09:00")]
    [InlineData("4 hours", null, null, null, "every 4 hours")]
    [InlineData("30s", null, null, null, "every 30 seconds")]
    [InlineData("5m", null, null, null, "every 5 minutes")]
    [InlineData("1.5h", null, null, null, "every 90 minutes")]
    [InlineData("2w", null, null, null, "every 14 days")]
    [InlineData("1d", null, null, null, "every day of 24 hours")]
    [InlineData("0 9 * * *", null, null, null, "every day at 09:00")]
    [InlineData("*/15 * * * *", null, null, null, "every 15 minutes on the clock")]
    [InlineData("0 * * * *", null, null, null, "at the start of each hour")]
    [InlineData("0 */4 * * *", null, null, null, "every 4 hours on the clock")]
    [InlineData("0 9 * * 1-5", null, null, null, "every Monday to Friday at 09:00")]
    [InlineData("0 9 * * mon,sun", null, null, null, "every Monday and Sunday at 09:00")]
    [InlineData("30 8 * * fri#2", null, null, null, "on the second Friday of the month at 08:30")]
    [InlineData("0 8 * * 5L", null, null, null, "on the last Friday of the month at 08:00")]
    [InlineData("0 0 L * *", null, null, null, "on the last day of the month at 00:00")]
    [InlineData("0 0 31 * *", null, null, null, "on day 31 of the month that has one at 00:00")]
    [InlineData("0 9,17 1-7 * 5", null, null, null, "when the clock matches the cron expression 0 9,17 1-7 * 5")]
    public void The_words_of_a_file_are_said_back_plainly(string every, string? on, string? at, string? roll, string words) =>
        Assert.Equal(words, Parsed.Of(every, on, at, roll).Words);

    [Fact]
    public void A_zone_and_a_start_are_said_too()
    {
        Assert.Equal("on the last business day of the year at 16:00 (Europe/Berlin)", Parsed.Of("year", "last business day", "16:00", zone: "Europe/Berlin").Words);
        Assert.Equal("every 10 days, from 31 Jan 2026 (Europe/Berlin)", Parsed.Of("10 days", from: "2026-01-31", zone: "Europe/Berlin").Words);
    }

    [Theory]
    [InlineData("fortnight", "every", "`fortnight` does not say how often; expected minute, hour, day")]
    [InlineData("monthly", "every", "did you mean month?")]
    [InlineData("10", "every", "did you mean 10 days?")]
    [InlineData("", "every", "`` does not say how often")]
    [InlineData("0 days", "every", "`0 days` does not count whole units; expected 1 to 10000 days")]
    [InlineData("1.5 months", "every", "`1.5 months` does not count whole units")]
    [InlineData("-3 days", "every", "`-3 days` does not count whole units")]
    [InlineData("99999 years", "every", "`99999 years` does not count whole units")]
    [InlineData("0s", "every", "`0s` is no time to wait")]
    [InlineData("200000d", "every", "`200000d` is no time to wait")]
    [InlineData("99999999999999999999w", "every", "`99999999999999999999w` is no time to wait")]
    [InlineData("0 0 30 2 *", "every", "can never fire")]
    [InlineData("0 9 * *", "every", "has five fields, this one has 4")]
    [InlineData("month|on=middle", "on", "`middle` is not a day of a period; expected first, last")]
    [InlineData("month|on=day 32", "on", "`day 32` does not go with every month; expected day 1 to day 31")]
    [InlineData("month|on=day 0", "on", "expected day 1 to day 31")]
    [InlineData("week|on=day 8", "on", "expected day 1 to day 7")]
    [InlineData("month|on=friday", "on", "expected which one, such as first friday or last friday")]
    [InlineData("week|on=second friday", "on", "`second friday` does not go with every week; expected friday")]
    [InlineData("day|on=friday", "on", "`friday` does not go with every day; expected first or last")]
    [InlineData("hour|on=first day", "on", "`first day` does not go with every hour; expected first or last")]
    [InlineData("hour|at=09:00", "at", "`at` does not go with every hour")]
    [InlineData("minute|roll=nearest", "roll", "`roll` does not go with every minute")]
    [InlineData("month|at=9am", "at", "`9am` is not a time of day; expected hours and minutes")]
    [InlineData("month|at=24:00", "at", "`24:00` is not a time of day")]
    [InlineData("month|roll=backwards", "roll", "`backwards` is not a way to roll; expected following")]
    [InlineData("month|calendar=mars", "calendar", "there is no calendar `mars`; known are 24/7, weekdays")]
    [InlineData("month|from=yesterday", "from", "`yesterday` is not a date; expected year, month and day")]
    [InlineData("month|from=2024-02-30", "from", "`2024-02-30` is not a date")]
    [InlineData("10 days|on=first", "on", "`on` does not go with a count of units")]
    [InlineData("4h|on=first", "on", "`on` does not go with a duration")]
    [InlineData("4h|at=09:00", "at", "`at` does not go with a duration")]
    [InlineData("4h|roll=nearest", "roll", "`roll` does not go with a duration")]
    [InlineData("0 9 * * *|at=09:00", "at", "`at` does not go with a cron expression")]
    public void A_fault_names_its_key_and_says_what_was_expected(string text, string key, string sentence)
    {
        var fault = Assert.Single(Faults(Written(text)));
        Assert.Equal(key, fault.Key);
        Assert.Contains(sentence, fault.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_is_found() =>
        Assert.Equal(["every", "on", "at", "roll", "calendar", "from"],
            Faults(new("often") { On = "top", At = "noon", Roll = "up", Calendar = "none", From = "now" }).Select(fault => fault.Key));

    [Fact]
    public void Business_days_are_Monday_to_Friday_unless_a_calendar_is_named()
    {
        Assert.Equal(BusinessCalendar.Weekdays, Parsed.Of("month", "last business day").Calendar);
        Assert.Equal(BusinessCalendar.Weekdays, Parsed.Of("month", "day 1", roll: "following").Calendar);
        Assert.Equal(BusinessCalendar.AllDays, Parsed.Of("month").Calendar);
        Assert.Equal(BusinessCalendar.AllDays, Parsed.Of("month", "last business day", calendar: "24/7").Calendar);
    }

    [Fact]
    public void Equal_words_give_equal_schedules() => Assert.Equal(Parsed.Of("year", "second friday", "08:00"), Parsed.Of("years", " Second  Friday ", "08:00"));

    private static ImmutableArray<ScheduleFault> Faults(ScheduleText text) =>
        Assert.IsType<ScheduleReading.Faulty>(Parsed.Reading(text)).Faults;

    /// <summary>"month|at=9am".</summary>
    private static ScheduleText Written(string text) => text.Split('|') switch
    {
        [var every] => new(every),
        [var every, var rest] when rest.Split('=') is [var key, var value] => key switch
        {
            "on" => new(every) { On = value },
            "at" => new(every) { At = value },
            "roll" => new(every) { Roll = value },
            "calendar" => new(every) { Calendar = value },
            _ => new(every) { From = value },
        },
        _ => throw new FormatException(text),
    };
}
