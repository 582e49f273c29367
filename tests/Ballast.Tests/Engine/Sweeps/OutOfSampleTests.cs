using Ballast.Engine.Backtests;
using Ballast.Engine.Sweeps;
using Ballast.Numerics.Allocation;
using Ballast.Numerics.Evaluation;
using Ballast.Numerics.Random;
using Ballast.Tests.Engine.Backtests;

namespace Ballast.Tests.Engine.Sweeps;

public class OutOfSampleTests
{
    private const double Year = 365;

    [Fact]
    public void What_was_best_at_first_is_chosen_and_judged_on_what_came_next()
    {
        // The first policy gains early, the second late, the third never: early gains choose the first, and it is the second best later.
        PolicyPath[] paths = [Flat(0.01, 0.001), Flat(0.0, 0.02), Flat(0.0, 0.0)];

        var result = OutOfSample.Of(paths, paths[2], [new Split([new(0, 10)], [new(10, 20)])], [[(0, new Stretch(10, 20))]], Criterion.Growth, Year, 0);

        var choice = result.Choices[0];
        Assert.Equal((0, 1, 0.5), (choice.Chosen, choice.Hindsight, choice.Rank));
        Assert.Equal(Math.Log(1.01) * Year, choice.InSample!.Value, 1e-9);
        Assert.Equal(Math.Log(1.001) * Year, choice.Tested!.Value, 1e-9);
        Assert.Equal(Math.Log(1.001) * Year, choice.Median!.Value, 1e-9);
        Assert.Equal(0, choice.Holding!.Value);
        Assert.Equal(Math.Log(1.02) * Year, choice.Best!.Value, 1e-9);
        Assert.Equal(choice.Tested, result.Histories[0].Figure);
    }

    [Fact]
    public void No_choice_sees_its_test()
    {
        var (paths, folds) = (Random(12, 120), PurgedFolds.Of(120, 6, 2, 1, 5).OrThrow());
        foreach (var (split, k) in folds.Splits.Select((s, k) => (s, k)))
        {
            // Whatever happens in the test, and near it, the choice is the same.
            PolicyPath[] spoilt = [.. paths.Select((p, i) => p with { Returns = [.. p.Returns.Select((r, t) => split.Train.Any(s => s.Holds(t)) ? r : 0.05 * ((i * 7 + t) % 11 - 5))] })];
            Assert.Equal(Judged(paths, folds, Criterion.Sharpe).Choices[k].Chosen, Judged(spoilt, folds, Criterion.Sharpe).Choices[k].Chosen);
        }
    }

    [Fact]
    public void A_path_is_the_tests_of_its_splits_in_order()
    {
        var (paths, folds) = (Random(8, 90), PurgedFolds.Of(90, 5, 2, 1, 3).OrThrow());

        var result = Judged(paths, folds, Criterion.Sharpe);

        Assert.Equal(4, result.Histories.Count);
        foreach (var (path, history) in folds.Paths.Zip(result.Histories))
            for (var g = 0; g < 5; g++)
                foreach (var t in Enumerable.Range(folds.Groups[g].First, folds.Groups[g].Length))
                    Assert.Equal(paths[result.Choices[path[g]].Chosen].Returns[t], history.Path.Returns[t]);
    }

    [Fact]
    public void Luck_ranks_in_the_middle()
    {
        var ranks = Enumerable.Range(0, 60).SelectMany(world => Judged(Random(20, 200, (ulong)world), PurgedFolds.Of(200, 4, 1, 1, 0).OrThrow(), Criterion.Sharpe).Choices.Select(c => c.Rank)).ToArray();

        // The mean of 240 nearly independent uniform ranks has a deviation of 0.02.
        Assert.InRange(ranks.Average(), 0.42, 0.58);
    }

    [Theory]
    [InlineData(Criterion.Volatility)]
    [InlineData(Criterion.MaxDrawdown)]
    [InlineData(Criterion.Cost)]
    public void Of_losses_the_smallest_is_best_and_of_equals_the_first(Criterion by)
    {
        Assert.Equal(1, by.Best([0.3, 0.1, null, 0.1]));
        Assert.Equal(2.5 / 3, by.Rank([0.3, 0.1, null, 0.1], 1), 1e-15);
    }

    [Fact]
    public void What_is_undefined_is_worse_than_all_else() => Assert.Equal(2, Criterion.Sharpe.Best([null, null, -5]));

    [Fact]
    public void A_policys_path_is_its_back_test()
    {
        var any = new AnyHistory(7);
        var history = any.Prices();
        var (policy, settings) = (any.Policy(history), any.Settings());

        var (paths, holding) = OutOfSample.PathsOf(history, settings, [new SweepPolicy([], policy)], 1);

        var run = ExactBacktest.Run(policy, history, settings);
        Assert.Equal(run.Returns(), paths[0].Returns, (a, b) => Math.Abs(a - b) <= 1e-9);
        Assert.Equal(run.Rebalances.Where(r => r.Bar > 0).Sum(r => r.Cost / run.Equity[r.Bar]), paths[0].Costs.Sum(), 1e-9);
        Assert.Equal(run.Returns().Length, holding!.Returns.Length);
    }

    private static OutOfSample Judged(PolicyPath[] paths, PurgedFolds folds, Criterion by) => OutOfSample.Of(
        paths, null, folds.Splits, [.. folds.Paths.Select(p => p.Select((split, g) => (split, folds.Groups[g])).ToArray())], by, Year, 0);

    private static PolicyPath Flat(double early, double late) => new([.. Enumerable.Range(0, 20).Select(t => t < 10 ? early : late)], new double[20]);

    private static PolicyPath[] Random(int policies, int bars, ulong seed = 3)
    {
        var chance = new Xoshiro256(seed);
        return [.. Enumerable.Range(0, policies).Select(_ => new PolicyPath([.. Enumerable.Range(0, bars).Select(_ => 0.02 * chance.NextNormal())], new double[bars]))];
    }
}
