namespace Ballast.Tests.Schedules;

public class ClockChangeTests
{
    [Fact]
    public void In_spring_a_time_that_does_not_exist_is_due_right_after_the_gap() =>
        Assert.Equal(
            ["2024-03-30T02:30 +01", "2024-03-31T03:00 +02", "2024-04-01T02:30 +02"],
            Parsed.Of("day", at: "02:30", zone: "Europe/Berlin").Next("2024-03-30T00:00", 3));

    [Fact]
    public void In_autumn_a_time_that_occurs_twice_is_due_once_at_the_first() =>
        Assert.Equal(
            ["2024-10-26T02:30 +02", "2024-10-27T02:30 +02", "2024-10-28T02:30 +01"],
            Parsed.Of("day", at: "02:30", zone: "Europe/Berlin").Next("2024-10-26T00:00", 3));

    [Fact]
    public void Between_the_two_occurrences_the_next_due_time_is_tomorrows() =>
        Assert.Equal(["2024-10-28T02:30 +01"], Parsed.Of("30 2 * * *", zone: "Europe/Berlin").Next("2024-10-27T01:15", 1));

    [Fact]
    public void Two_times_within_the_gap_are_due_once() =>
        Assert.Equal(
            ["2024-03-30T02:30 +01", "2024-03-31T03:00 +02", "2024-04-01T02:15 +02"],
            Parsed.Of("15,30 2 * * *", zone: "Europe/Berlin").Next("2024-03-30T01:20", 3));

    [Fact]
    public void Every_quarter_of_an_hour_is_due_in_each_real_hour() =>
        Assert.Equal(100, Parsed.Of("*/15 * * * *", zone: "Europe/Berlin").DueWithin(Parsed.Utc("2024-10-26T22:00"), Parsed.Utc("2024-10-27T22:45")).Count());

    [Fact]
    public void Every_hour_is_due_in_both_hours_of_the_same_name() =>
        Assert.Equal(
            ["2024-10-27T02:00 +02", "2024-10-27T02:00 +01", "2024-10-27T03:00 +01"],
            Parsed.Of("hour", zone: "Europe/Berlin").Next("2024-10-26T23:30", 3));

    /// <summary>Clocks go back half an hour from 02:00 to 01:30 on 7 April 2024, and on from 02:00 to 02:30 on 6 October.</summary>
    [Fact]
    public void At_Lord_Howe_clocks_change_by_half_an_hour()
    {
        Assert.Equal(
            ["2024-04-06T01:45 +11", "2024-04-07T01:45 +11", "2024-04-08T01:45 +10:30"],
            Parsed.Of("day", at: "01:45", zone: "Australia/Lord_Howe").Next("2024-04-05T12:00", 3));
        Assert.Equal(
            ["2024-10-05T02:15 +10:30", "2024-10-06T02:30 +11", "2024-10-07T02:15 +11"],
            Parsed.Of("day", at: "02:15", zone: "Australia/Lord_Howe").Next("2024-10-04T12:00", 3));
        Assert.Equal(
            ["2024-04-07T01:00 +11", "2024-04-07T02:00 +10:30", "2024-04-07T03:00 +10:30"],
            Parsed.Of("hour", zone: "Australia/Lord_Howe").Next("2024-04-06T13:30", 3));
    }

    [Fact]
    public void Apia_had_no_30_December_2011_so_its_time_is_due_when_the_31st_begins() =>
        Assert.Equal(
            ["2011-12-29T09:00 -10", "2011-12-31T00:00 +14", "2011-12-31T09:00 +14"],
            Parsed.Of("day", at: "09:00", zone: "Pacific/Apia").Next("2011-12-29T12:00", 3));

    [Fact]
    public void The_end_of_the_29th_and_of_the_missing_30th_are_one() =>
        Assert.Equal(["2011-12-31T00:00 +14", "2012-01-01T00:00 +14"], Parsed.Of("day", zone: "Pacific/Apia").Next("2011-12-30T05:00", 2));

    [Fact]
    public void A_duration_takes_real_hours_and_a_day_takes_the_clocks()
    {
        Assert.Equal(["2024-04-01T01:00 +02"], Parsed.Of("1d", from: "2024-03-30", zone: "Europe/Paris").Next("2024-03-31T12:00", 1));
        Assert.Equal(["2024-04-01T00:00 +02"], Parsed.Of("1 day", from: "2024-03-30", zone: "Europe/Paris").Next("2024-03-31T12:00", 1));
    }
}
