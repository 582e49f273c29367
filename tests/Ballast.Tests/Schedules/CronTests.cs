using Ballast.Schedules;
using FsCheck;
using FsCheck.Fluent;

namespace Ballast.Tests.Schedules;

public class CronTests
{
    [Theory]
    [InlineData("0 9 * * mon-fri", "2024-01-08T09:00 +00", "2024-01-09T09:00 +00")]
    [InlineData("30 8 1 * *", "2024-02-01T08:30 +00", "2024-03-01T08:30 +00")]
    [InlineData("0 8 * * 5L", "2024-01-26T08:00 +00", "2024-02-23T08:00 +00")]
    [InlineData("0 8 * * fri#2", "2024-01-12T08:00 +00", "2024-02-09T08:00 +00")]
    [InlineData("0 0 L * *", "2024-01-31T00:00 +00", "2024-02-29T00:00 +00")]
    [InlineData("0 0 29 FEB *", "2024-02-29T00:00 +00", "2028-02-29T00:00 +00")]
    [InlineData("0 0 * * 7", "2024-01-07T00:00 +00", "2024-01-14T00:00 +00")]
    [InlineData("0 0 13 * 5", "2024-01-12T00:00 +00", "2024-01-13T00:00 +00")]
    [InlineData("0 0 */2 * 1", "2024-01-15T00:00 +00", "2024-01-29T00:00 +00")]
    [InlineData("10-40/15,50 6 * * *", "2024-01-06T06:10 +00", "2024-01-06T06:25 +00")]
    public void An_expression_is_due_when_Vixie_cron_runs_it(string cron, string first, string second) =>
        Assert.Equal([first, second], Parsed.Of(cron).Next("2024-01-05T10:30", 2));

    [Theory]
    [InlineData("0 0 30 2 *", "can never fire")]
    [InlineData("0 0 31 4,6,9,11 *", "can never fire")]
    [InlineData("60 0 * * *", "`60` is not valid as the minute")]
    [InlineData("0 24 * * *", "`24` is not valid as the hour")]
    [InlineData("0 0 0 * *", "`0` is not valid as the day of month")]
    [InlineData("0 0 * 13 *", "`13` is not valid as the month")]
    [InlineData("0 0 * * 8", "`8` is not valid as the day of week")]
    [InlineData("0 0 * * fri-mon", "`fri-mon` is not valid as the day of week")]
    [InlineData("0 0 * * 5#6", "`5#6` is not valid as the day of week")]
    [InlineData("*/0 * * * *", "`*/0` is not valid as the minute")]
    [InlineData("5/15 * * * *", "`5/15` is not valid as the minute")]
    [InlineData("1,,2 * * * *", "`` is not valid as the minute")]
    [InlineData("0 0 ? * *", "`?` is not valid as the day of month")]
    [InlineData("0 9 * *", "has five fields, this one has 4")]
    [InlineData("0 0 9 * * *", "has five fields, this one has 6")]
    public void A_wrong_expression_says_which_part_is_wrong(string cron, string fault)
    {
        var (expression, said) = CronExpression.Parse(cron);
        Assert.Null(expression);
        Assert.Contains(fault, said, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_expression_is_due_at_the_minutes_that_a_walk_over_all_minutes_finds() =>
        Prop.ForAll<int>(seed =>
        {
            var random = new Random(seed);
            var zone = DateTimeZoneProviders.Tzdb[PlainCron.Zones[random.Next(PlainCron.Zones.Length)]];
            var text = PlainCron.AnyText(random);
            if (CronExpression.Parse(text).Expression is not { } expression) return;
            var from = PlainCron.Starts[random.Next(PlainCron.Starts.Length)] + Duration.FromMinutes(random.Next(2000));
            var to = from + Duration.FromDays(3);
            Assert.Equal(PlainCron.Due(text, zone, from, to), new Cron(expression) { Zone = zone }.DueWithin(from, to).ToArray());
        }).Check(Chance.Cases(400));
}
