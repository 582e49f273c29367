using Ballast.Numerics.Allocation;
using Ballast.Numerics.Evaluation;
using FsCheck;
using FsCheck.Fluent;

namespace Ballast.Tests.Numerics.Evaluation;

public class SplitTests
{
    [Fact]
    public void Two_of_six_groups_are_fifteen_splits_and_five_paths()
    {
        var folds = PurgedFolds.Of(600, 6, 2, 1, 10).OrThrow();

        Assert.Equal(15, folds.Splits.Count);
        Assert.Equal(5, folds.Paths.Count);
        Assert.Equal([0, 1], folds.Tests[0]);
        Assert.Equal([4, 5], folds.Tests[^1]);
    }

    [Fact]
    public void What_is_near_a_test_is_not_chosen_on()
    {
        // Ten a group; the middle one is the test: 2 before it, and 2 + 3 after it, are left out.
        var split = PurgedFolds.Of(30, 3, 1, 2, 3).OrThrow().Splits[1];

        Assert.Equal([new Stretch(10, 20)], split.Test);
        Assert.Equal([new Stretch(0, 8), new Stretch(25, 30)], split.Train);
    }

    [Fact]
    public void Folds_hold_what_the_method_promises() => Check.One(Chance.Cases(300), Prop.ForAll(Folds.ToArbitrary(), x =>
    {
        var (count, groups, tested, reach, embargo) = x;
        if (PurgedFolds.Of(count, groups, tested, reach, embargo) is not Answer<PurgedFolds>.Found(var folds)) return;
        Assert.Equal(Choose(groups, tested), folds.Splits.Count);
        Assert.Equal(tested * Choose(groups, tested) / groups, folds.Paths.Count);
        foreach (var split in folds.Splits)
            for (var t = 0; t < count; t++)
            {
                var (tests, trains) = (split.Test.Count(s => s.Holds(t)), split.Train.Count(s => s.Holds(t)));
                // Observation t is known from t to t + reach: it may be chosen on if that touches no test's own such interval nor its embargo.
                var near = split.Test.Any(s => t + reach >= s.First && t < s.End + reach + embargo);
                Assert.Equal(near ? 0 : 1, trains);
                Assert.True(tests == 0 || trains == 0);
            }
        foreach (var path in folds.Paths)
            for (var g = 0; g < groups; g++) Assert.Contains(g, folds.Tests[path[g]]);
        // Every test of every split is used in just one path.
        Assert.Equal(folds.Splits.Count * tested, folds.Paths.SelectMany(p => p.Select((split, g) => (split, g))).Distinct().Count());
    }));

    [Fact]
    public void Groups_are_as_equal_as_can_be_and_hold_every_observation_once() => Check.One(Chance.Cases(300), Prop.ForAll(Folds.ToArbitrary(), x =>
    {
        if (PurgedFolds.Of(x.Count, x.Groups, 1, 0, 0) is not Answer<PurgedFolds>.Found(var folds)) return;
        Assert.Equal(x.Count, folds.Groups.Sum(g => g.Length));
        Assert.InRange(folds.Groups.Max(g => g.Length) - folds.Groups.Min(g => g.Length), 0, 1);
    }));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Steps_test_everything_after_the_first_choice_once_and_choose_on_the_past_alone(bool expanding)
    {
        for (var count = 11; count < 60; count++)
        {
            var splits = WalkForward.Steps(count, 10, 7, expanding).OrThrow();

            Assert.Equal(Enumerable.Range(10, count - 10), splits.SelectMany(s => Enumerable.Range(s.Test[0].First, s.Test[0].Length)));
            Assert.All(splits, s => Assert.Equal(s.Test[0].First, s.Train[0].End));
            Assert.All(splits, s => Assert.Equal(expanding ? s.Test[0].First : 10, s.Train[0].Length));
        }
    }

    [Fact]
    public void Too_little_history_is_refused()
    {
        Assert.Equal("TooFewObservations", Assert.IsType<Answer<IReadOnlyList<Split>>.Refused>(WalkForward.Steps(10, 10, 5, false)).Code);
        Assert.Equal("TooFewObservations", Assert.IsType<Answer<IReadOnlyList<Split>>.Refused>(WalkForward.Once(1, 0.5)).Code);
        Assert.Equal("TooFewObservations", Assert.IsType<Answer<PurgedFolds>.Refused>(PurgedFolds.Of(10, 2, 1, 0, 100)).Code);
        Assert.Equal("TooManySplits", Assert.IsType<Answer<PurgedFolds>.Refused>(PurgedFolds.Of(1_000, 40, 20, 0, 0)).Code);
    }

    private static Gen<(int Count, int Groups, int Tested, int Reach, int Embargo)> Folds =>
        from groups in Gen.Choose(2, 8)
        from tested in Gen.Choose(1, groups - 1)
        from count in Gen.Choose(groups, 120)
        from reach in Gen.Choose(0, 4)
        from embargo in Gen.Choose(0, 10)
        select (count, groups, tested, reach, embargo);

    private static int Choose(int n, int k) => k == 0 ? 1 : Choose(n - 1, k - 1) * n / k;
}
