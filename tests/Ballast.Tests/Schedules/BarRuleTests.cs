using Ballast.Schedules;

namespace Ballast.Tests.Schedules;

public class BarRuleTests
{
    private static readonly Duration Day = Duration.FromDays(1);
    private static readonly Duration Hour = Duration.FromHours(1);

    [Fact]
    public void A_month_fires_at_its_last_bar() =>
        Assert.Equal(["2024-01-31T00:00", "2024-02-29T00:00"], Parsed.Of("month").Firing(Parsed.Bars("2024-01-10T00:00", Day, 60), Day));

    [Fact]
    public void A_month_fires_at_its_last_hour() =>
        Assert.Equal(["2024-01-31T23:00"], Parsed.Of("month").Firing(Parsed.Bars("2024-01-31T00:00", Hour, 48), Hour));

    [Fact]
    public void The_month_of_another_zone_ends_at_its_own_midnight() =>
        Assert.Equal(["2024-01-31T22:00"], Parsed.Of("month", zone: "Europe/Berlin").Firing(Parsed.Bars("2024-01-31T00:00", Hour, 48), Hour));

    [Fact]
    public void On_first_fires_at_the_first_bar_of_each_month_and_at_bar_0() =>
        Assert.Equal(["2024-01-10T00:00", "2024-02-01T00:00", "2024-03-01T00:00"], Parsed.Of("month", on: "first").Firing(Parsed.Bars("2024-01-10T00:00", Day, 60), Day));

    [Fact]
    public void A_weekly_bar_that_holds_the_end_of_the_month_is_its_last() =>
        Assert.Equal(["2024-01-29T00:00", "2024-02-26T00:00"], Parsed.Of("month").Firing(Parsed.Bars("2024-01-01T00:00", Day * 7, 10), Day * 7));

    [Fact]
    public void A_missing_last_bar_fires_at_the_next_that_is_there_once() =>
        Assert.Equal(["2024-02-02T00:00", "2024-02-29T00:00"],
            Parsed.Of("month").Firing(Parsed.Bars("2024-01-10T00:00", Day, 55, "2024-01-31", "2024-02-01"), Day));

    [Fact]
    public void Three_missing_months_fire_once()
    {
        var bars = Parsed.Bars("2024-01-01T00:00", Day, 40).AddRange(Parsed.Bars("2024-06-10T00:00", Day, 5));
        Assert.Equal(["2024-01-31T00:00", "2024-06-10T00:00"], Parsed.Of("month").Firing(bars, Day));
    }

    [Fact]
    public void On_an_exchange_Fridays_bar_reaches_Monday()
    {
        // March 2024 ends on a Sunday, May on a Friday, June on a Sunday.
        var bars = Parsed.Weekdays("2024-03-18T00:00", 110);
        Assert.Equal(["2024-03-29T00:00", "2024-04-30T00:00", "2024-05-31T00:00", "2024-06-28T00:00"], Parsed.Of("month", calendar: "weekdays").Firing(bars, Day));
        Assert.Equal(["2024-04-01T00:00", "2024-04-30T00:00", "2024-05-31T00:00", "2024-07-01T00:00"], Parsed.Of("month").Firing(bars, Day));
    }

    [Fact]
    public void A_week_ends_on_Friday_where_weekends_are_closed() =>
        Assert.Equal(["2024-03-22T00:00", "2024-03-29T00:00"], Parsed.Of("week", calendar: "weekdays").Firing(Parsed.Weekdays("2024-03-18T00:00", 14), Day));

    [Fact]
    public void The_bar_that_holds_the_due_time_fires()
    {
        Assert.Equal(["2024-01-15T00:00"], Parsed.Of("month", on: "day 15", at: "09:30").Firing(Parsed.Bars("2024-01-10T00:00", Day, 20), Day));
        Assert.Equal(["2024-01-15T09:00"], Parsed.Of("month", on: "day 15", at: "09:30").Firing(Parsed.Bars("2024-01-14T00:00", Hour, 72), Hour));
        Assert.Equal(["2024-01-15T10:00"], Parsed.Of("month", on: "day 15", at: "10:00").Firing(Parsed.Bars("2024-01-14T00:00", Hour, 72), Hour));
        Assert.Equal(["2024-01-16T00:00"], Parsed.Of("month", on: "day 15", at: "09:30").Firing(Parsed.Bars("2024-01-10T00:00", Day, 20, "2024-01-15"), Day));
    }

    [Fact]
    public void A_due_time_at_the_open_of_bar_0_fires_there_and_one_before_is_gone()
    {
        Assert.Equal(["2024-01-15T00:00"], Parsed.Of("0 0 15 * *").Firing(Parsed.Bars("2024-01-15T00:00", Day, 5), Day));
        Assert.Empty(Parsed.Of("0 0 15 * *").Firing(Parsed.Bars("2024-01-15T06:00", Day, 5), Day));
    }

    [Fact]
    public void A_count_of_days_starts_at_bar_0_which_is_the_purchase_and_no_firing()
    {
        var schedule = Parsed.Of("10 days");
        Assert.True(schedule.CountsFromStart);
        Assert.Equal(["2024-01-13T00:00", "2024-01-23T00:00"], schedule.Firing(Parsed.Bars("2024-01-03T00:00", Day, 25), Day));
    }

    [Fact]
    public void A_late_bar_does_not_move_the_count() =>
        Assert.Equal(["2024-01-15T00:00", "2024-01-23T00:00"], Parsed.Of("10 days").Firing(Parsed.Bars("2024-01-03T00:00", Day, 25, "2024-01-13", "2024-01-14"), Day));

    [Fact]
    public void Daily_bars_of_UTC_keep_their_count_over_a_change_of_clocks_elsewhere()
    {
        var bars = Parsed.Bars("2024-07-01T00:00", Day, 366);
        foreach (var zone in new[] { "Europe/Berlin", "America/New_York", "UTC" })
            Assert.Equal(Enumerable.Range(1, 36).Select(k => k * 10), Parsed.Of("10 days", zone: zone).FiringBars(bars.AsSpan(), Day));
    }

    [Fact]
    public void A_count_of_hours_fires_at_each_bar_that_completes_it() =>
        Assert.Equal(["2024-01-01T12:30", "2024-01-01T16:30"], Parsed.Of("4h").Firing(Parsed.Bars("2024-01-01T08:30", Hour, 10), Hour));

    [Fact]
    public void A_start_that_is_given_is_itself_due()
    {
        var schedule = Parsed.Of("10 days", from: "2024-01-05");
        Assert.False(schedule.CountsFromStart);
        Assert.Equal(["2024-01-05T00:00", "2024-01-15T00:00"], schedule.Firing(Parsed.Bars("2024-01-03T00:00", Day, 20), Day));
    }

    [Fact]
    public void A_month_that_ends_as_the_schedule_begins_does_not_fire() =>
        Assert.Equal(["2024-02-29T00:00"], Parsed.Of("month", from: "2024-02-01").Firing(Parsed.Bars("2024-01-10T00:00", Day, 60), Day));

    [Fact]
    public void Bars_that_do_not_go_forward_are_a_mistake_of_the_program() =>
        Assert.Throws<ArgumentException>(() => Parsed.Of("day").FiringBars([Parsed.Utc("2024-01-02T00:00"), Parsed.Utc("2024-01-01T00:00")], Day));

    [Fact]
    public void A_period_shorter_than_the_bars_fires_at_every_bar() =>
        Assert.Equal(5, Parsed.Of("hour").FiringBars(Parsed.Bars("2024-01-03T00:00", Day, 5).AsSpan(), Day).Length);

    [Fact]
    public void Without_bars_nothing_fires() => Assert.Empty(Parsed.Of("day").FiringBars([], Day));

    [Fact]
    public void Business_days_fire_at_the_bar_of_that_day() =>
        Assert.Equal(["2024-03-29T00:00", "2024-04-30T00:00"], Parsed.Of("month", on: "last business day", at: "16:00").Firing(Parsed.Bars("2024-03-18T00:00", Day, 45), Day));
}
