using Ballast.Schedules;
using FsCheck;
using FsCheck.Fluent;

namespace Ballast.Tests.Schedules;

public class FiringPropertyTests
{
    private static readonly Config Often = Chance.Cases(600);

    [Fact]
    public void All_bars_at_once_and_one_by_one_give_the_same() =>
        Prop.ForAll<int>(seed =>
        {
            var any = new AnyBars(seed);
            Assert.Equal(any.OneByOne(), any.Schedule.FiringBars(any.Opens.AsSpan(), any.Spacing));
        }).Check(Often);

    [Fact]
    public void A_bar_does_not_depend_on_the_rows_after_it() =>
        Prop.ForAll<int>(seed =>
        {
            var any = new AnyBars(seed);
            var half = any.Opens[..(any.Opens.Length / 2)];
            Assert.Equal(any.Schedule.FiringBars(any.Opens.AsSpan(), any.Spacing).Where(bar => bar < half.Length), any.Schedule.FiringBars(half.AsSpan(), any.Spacing));
        }).Check(Often);

    /// <summary>Takes each due time by itself and looks for its bar among those that are there.</summary>
    [Fact]
    public void Each_due_time_fires_the_first_bar_that_answers_for_it_and_no_other_bar_fires() =>
        Prop.ForAll<int>(seed =>
        {
            var any = new AnyBars(seed);
            if (any.Opens.IsEmpty || !any.Schedule.Calendar.HasOnlyBusinessDays) return;
            var expected = any.DueTimes().Select(any.BarOf).OfType<int>().ToHashSet();
            if (any.Schedule is PeriodEdge { Edge: Edge.First }) expected.Add(0);
            Assert.Equal(expected.Order(), any.Schedule.FiringBars(any.Opens.AsSpan(), any.Spacing));
        }).Check(Chance.Cases(200));

    [Fact]
    public void Due_times_increase_and_each_is_the_next_of_what_lies_just_before_it() =>
        Prop.ForAll<int>(seed =>
        {
            var any = new AnyBars(seed);
            if (any.Opens.IsEmpty) return;
            var at = any.Opens[0];
            for (var i = 0; i < 20 && any.Schedule.NextDue(at) is { } due; at = due, i++)
            {
                Assert.True(due > at);
                Assert.Equal(due, any.Schedule.NextDue(due - Duration.Epsilon));
                Assert.Equal(due, any.Schedule.NextDue(at + (due - at) / 2));
            }
        }).Check(Often);
}
