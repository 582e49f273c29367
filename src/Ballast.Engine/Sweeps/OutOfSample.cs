using Ballast.Engine.Backtests;
using Ballast.Market;
using Ballast.Numerics.Evaluation;
using Ballast.Numerics.Statistics;

namespace Ballast.Engine.Sweeps;

/// <summary>What the best of several policies, chosen on some of history, brought on the rest of it.</summary>
/// <remarks>
/// Every policy runs through all of history once, and its stretches are judged: a choice inherits the holdings that its policy had by then,
/// and changing from one choice to the next is not charged.
/// </remarks>
/// <param name="Choices">One a split.</param>
/// <param name="Histories">The tests put together: all of them in their order where they follow each other, each path of a cross-validation else.</param>
/// <param name="Deflated">The probability that the Sharpe ratio of the policy that is best by it over all of history is above what the best of so many would show by chance; null where it is undefined.</param>
public sealed record OutOfSample(Criterion By, IReadOnlyList<Choice> Choices, IReadOnlyList<TestedHistory> Histories, double? Deflated)
{
    /// <param name="paths">Of the policies that are chosen from.</param>
    /// <param name="holding">Of holding; null where there was no first purchase to hold.</param>
    /// <param name="splits">Of the paths' returns.</param>
    /// <param name="histories">For each history, its stretches in order, each with the split whose choice is tested there.</param>
    /// <param name="by">By what is chosen.</param>
    /// <param name="barsAYear">By which figures are made annual.</param>
    /// <param name="riskFree">A year.</param>
    public static OutOfSample Of(
        IReadOnlyList<PolicyPath> paths, PolicyPath? holding, IReadOnlyList<Split> splits, IReadOnlyList<IReadOnlyList<(int Split, Stretch Test)>> histories,
        Criterion by, double barsAYear, double riskFree)
    {
        double? Figure(PolicyPath? path, IReadOnlyList<Stretch> over) => path is null ? null : by.Figure(path.Over(over), barsAYear, riskFree);
        double?[] All(IReadOnlyList<Stretch> over) => [.. paths.Select(p => Figure(p, over))];
        Choice Chosen(Split split)
        {
            var (train, test) = (All(split.Train), All(split.Test));
            var chosen = by.Best(train);
            return new Choice(split, chosen, train[chosen], test[chosen], Median(test), Figure(holding, split.Test), by.Best(test), test[by.Best(test)], by.Rank(test, chosen));
        }
        Choice[] choices = [.. splits.Select(Chosen)];
        TestedHistory Tested(IReadOnlyList<(int Split, Stretch Test)> parts)
        {
            Stretch[] whole = [.. parts.Select(p => p.Test)];
            PolicyPath[] cut = [.. parts.Select(p => paths[choices[p.Split].Chosen].Over([p.Test]))];
            var chosen = new PolicyPath([.. cut.SelectMany(c => c.Returns)], [.. cut.SelectMany(c => c.Costs)]);
            var each = All(whole);
            return new TestedHistory(chosen, holding?.Over(whole), by.Figure(chosen, barsAYear, riskFree), Median(each), Figure(holding, whole), by.Best(each), each[by.Best(each)]);
        }
        return new OutOfSample(by, choices, [.. histories.Select(Tested)], DeflatedBest(paths, barsAYear, riskFree));
    }

    /// <summary>Every policy's path, over all cores, and that of holding the first purchase of the first policy.</summary>
    public static (PolicyPath[] Paths, PolicyPath? Holding) PathsOf(PriceHistory history, BacktestSettings settings, IReadOnlyList<SweepPolicy> policies, int threads, CancellationToken cancel = default)
    {
        var prices = new FastPrices(history, settings);
        var paths = new PolicyPath[policies.Count];
        Parallel.For(0, paths.Length, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel },
            k => paths[k] = PolicyPath.Of(policies[k], history, settings, prices, cancel));
        var run = ExactBacktest.Run(policies[0].Policy, history, settings, cancel);
        var held = HoldBenchmark.Equity(policies[0].Policy, history, settings, run);
        return (paths, held is null ? null : PolicyPath.Of(run with { Equity = held, Rebalances = [] }));
    }

    private static double? DeflatedBest(IReadOnlyList<PolicyPath> paths, double barsAYear, double riskFree)
    {
        if (paths[0].Returns.Length < 4) return null;
        SeriesMetrics[] metrics = [.. paths.Select(p => SeriesMetrics.Of(p.Returns, barsAYear, riskFree / barsAYear))];
        return SharpeEvidence.Of(metrics, barsAYear)[Criterion.Sharpe.Best([.. metrics.Select(m => m.SharpeAnn)])].Deflated;
    }

    private static double? Median(double?[] figures)
    {
        double[] known = [.. figures.OfType<double>().Order()];
        return known.Length == 0 ? null : Quantile.OfSorted(known, 0.5);
    }
}

/// <summary>One choice and its trial, all in the criterion's own figure.</summary>
/// <param name="Chosen">The place of the policy that was best in training.</param>
/// <param name="InSample">Its figure there.</param>
/// <param name="Tested">Its figure in the test.</param>
/// <param name="Median">Of all policies in the test.</param>
/// <param name="Holding">Of holding in the test.</param>
/// <param name="Hindsight">The place of the policy that was best in the test.</param>
/// <param name="Best">Its figure there.</param>
/// <param name="Rank">The share of the other policies that the chosen one beat in the test.</param>
public sealed record Choice(Split Split, int Chosen, double? InSample, double? Tested, double? Median, double? Holding, int Hindsight, double? Best, double Rank);

/// <summary>A history made of tests alone, each under the policy chosen for it.</summary>
/// <param name="Path">Of the choices.</param>
/// <param name="Held">Of holding over the same bars.</param>
/// <param name="Figure">The criterion's figure over all of it; the others are as in <see cref="Choice"/>, for one policy throughout.</param>
public sealed record TestedHistory(PolicyPath Path, PolicyPath? Held, double? Figure, double? Median, double? Holding, int Hindsight, double? Best);
