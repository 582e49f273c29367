using Ballast.Schedules;

namespace Ballast.Tests.Schedules;

public class DueTimeTests
{
    [Fact]
    public void The_last_of_a_month_is_due_at_the_start_of_the_next() =>
        Assert.Equal(["2026-12-01T00:00 +01", "2027-01-01T00:00 +01"], Parsed.Of("month", zone: "Europe/Berlin").Next("2026-11-22T14:02", 2));

    [Theory]
    [InlineData("week", "2024-01-08T00:00 +00", "2024-01-15T00:00 +00")]
    [InlineData("quarter", "2024-04-01T00:00 +00", "2024-07-01T00:00 +00")]
    [InlineData("half-year", "2024-07-01T00:00 +00", "2025-01-01T00:00 +00")]
    [InlineData("year", "2025-01-01T00:00 +00", "2026-01-01T00:00 +00")]
    [InlineData("day", "2024-01-04T00:00 +00", "2024-01-05T00:00 +00")]
    [InlineData("hour", "2024-01-03T11:00 +00", "2024-01-03T12:00 +00")]
    [InlineData("minute", "2024-01-03T10:31 +00", "2024-01-03T10:32 +00")]
    public void Named_periods_end_where_the_calendar_says(string every, string first, string second) =>
        Assert.Equal([first, second], Parsed.Of(every).Next("2024-01-03T10:30", 2));

    [Fact]
    public void A_month_end_is_clamped_and_does_not_stick() =>
        Assert.Equal(
            ["2024-01-31T00:00 +00", "2024-02-29T00:00 +00", "2024-03-31T00:00 +00", "2024-04-30T00:00 +00"],
            Parsed.Of("1 month", from: "2024-01-31").Next("2024-01-01T00:00", 4));

    [Fact]
    public void A_year_after_29_February_is_28_February_and_four_years_after_is_29() =>
        Assert.Equal(
            ["2025-02-28T00:00 +00", "2026-02-28T00:00 +00", "2027-02-28T00:00 +00", "2028-02-29T00:00 +00"],
            Parsed.Of("1 year", from: "2024-02-29").Next("2024-02-29T00:00", 4));

    [Theory]
    [InlineData("month", "second friday", "2024-01-12T00:00 +00")]
    [InlineData("month", "last friday", "2024-01-26T00:00 +00")]
    [InlineData("month", "last day", "2024-01-31T00:00 +00")]
    [InlineData("quarter", "last friday", "2024-03-29T00:00 +00")]
    [InlineData("year", "last business day", "2024-12-31T00:00 +00")]
    [InlineData("week", "sunday", "2024-01-07T00:00 +00")]
    [InlineData("week", "day 3", "2024-01-10T00:00 +00")]
    [InlineData("half-year", "day 100", "2024-04-09T00:00 +00")]
    public void A_day_of_a_period_is_the_one_that_is_named(string every, string on, string due) =>
        Assert.Equal([due], Parsed.Of(every, on: on).Next("2024-01-03T10:30", 1));

    /// <summary>30 March 2024 is the Saturday after Good Friday and before Easter Monday; the month ends on Sunday.</summary>
    [Theory]
    [InlineData("following", "2024-04-02")]
    [InlineData("modified-following", "2024-03-28")]
    [InlineData("preceding", "2024-03-28")]
    [InlineData("modified-preceding", "2024-03-28")]
    [InlineData("nearest", "2024-03-28")]
    public void A_date_without_business_rolls(string roll, string due)
    {
        var easter = new BusinessCalendar("easter", [IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday], [new(2024, 3, 29), new(2024, 4, 1)]);
        var schedule = Parsed.Of(new ScheduleText("month") { On = "day 30", Roll = roll, Calendar = "easter" }, calendars: easter);
        Assert.Equal([due + "T00:00 +00"], schedule.Next("2024-03-01T00:00", 1));
    }

    [Fact]
    public void Of_two_equally_near_business_days_the_later_is_taken()
    {
        var sunday = new BusinessCalendar("sundays", [IsoDayOfWeek.Sunday], []);
        Assert.Equal(new LocalDate(2024, 3, 4), Roll.Nearest.Apply(new(2024, 3, 3), sunday));
    }

    [Fact]
    public void Nothing_is_due_before_the_start_and_the_start_itself_is_due() =>
        Assert.Equal(["2024-05-10T09:00 +00", "2024-05-20T09:00 +00"], Parsed.Of("10 days", at: "09:00", from: "2024-05-10").Next("2020-01-01T00:00", 2));

    [Fact]
    public void A_duration_without_a_start_stands_on_the_clock() =>
        Assert.Equal(["2024-01-03T16:00 +00", "2024-01-04T00:00 +00"], Parsed.Of("8h").Next("2024-01-03T10:30", 2));

    [Fact]
    public void A_window_holds_both_of_its_ends() =>
        Assert.Equal(3, Parsed.Of("day").DueWithin(Parsed.Utc("2024-01-01T00:00"), Parsed.Utc("2024-01-03T00:00")).Count());

    [Fact]
    public void A_window_that_cuts_off_a_month_has_its_first_and_last_business_day_inside()
    {
        var (from, to) = (new LocalDate(2024, 6, 8), new LocalDate(2024, 6, 16));
        Assert.Equal([new(2024, 6, 10)], ((DayOfPeriod)Parsed.Of("month", on: "first business day")).Dates(from, to));
        Assert.Equal([new(2024, 6, 14)], ((DayOfPeriod)Parsed.Of("month", on: "last business day")).Dates(from, to));
    }

    [Fact]
    public void A_week_of_holidays_has_no_business_day_and_nothing_is_due_in_it()
    {
        var closed = new BusinessCalendar("closed", [IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday], Enumerable.Range(8, 5).Select(day => new LocalDate(2024, 1, day)));
        var schedule = Parsed.Of(new ScheduleText("week") { On = "last business day", Calendar = "closed" }, calendars: closed);
        Assert.Equal(["2024-01-05T00:00 +00", "2024-01-19T00:00 +00"], schedule.Next("2024-01-01T00:00", 2));
    }

    [Fact]
    public void A_calendar_without_any_business_day_is_refused() =>
        Assert.Throws<ArgumentException>(() => new BusinessCalendar("never", Enum.GetValues<IsoDayOfWeek>().Where(day => day != IsoDayOfWeek.None), []));
}
