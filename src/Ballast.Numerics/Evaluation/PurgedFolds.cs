using Ballast.Numerics.Allocation;

namespace Ballast.Numerics.Evaluation;

/// <summary>Combinatorial purged cross-validation: every choice of k of N groups is a test once, and the tests are put together to whole histories.</summary>
/// <param name="Groups">The observations in N groups in a row, as equal as can be.</param>
/// <param name="Tests">For each split, which groups it tests: all C(N, k) choices, in lexical order.</param>
/// <param name="Splits">The same as observations, with what is left to choose on.</param>
/// <param name="Paths">φ = k·C(N, k)/N histories; for each group, the split that tests it there.</param>
/// <remarks>López de Prado (2018), Advances in Financial Machine Learning, chapters 7 and 12. With k = 1 it is purged k-fold, of one path.</remarks>
public sealed record PurgedFolds(IReadOnlyList<Stretch> Groups, IReadOnlyList<int[]> Tests, IReadOnlyList<Split> Splits, IReadOnlyList<int[]> Paths)
{
    /// <summary>More splits than these are a mistake in the numbers.</summary>
    private const int Most = 100_000;

    /// <param name="count">How many observations there are.</param>
    /// <param name="groups">N, at least 2.</param>
    /// <param name="tested">k, from 1 to N − 1.</param>
    /// <param name="reach">h: what happens at observation t is known only after t + h, so that those within h of a test, on either side, are not chosen on.</param>
    /// <param name="embargo">How many more after each test are not chosen on either.</param>
    /// <returns><c>TooFewObservations</c> where a group would be empty or a split has nothing left to choose on; <c>TooManySplits</c>.</returns>
    public static Answer<PurgedFolds> Of(int count, int groups, int tested, int reach, int embargo)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(tested, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(tested, groups);
        ArgumentOutOfRangeException.ThrowIfNegative(reach);
        ArgumentOutOfRangeException.ThrowIfNegative(embargo);
        if (count < groups) return Refused("TooFewObservations", $"{count} observations do not make {groups} groups");
        if (Binomial(groups, tested) > Most) return Refused("TooManySplits", $"{tested} of {groups} groups can be chosen in more than {Most} ways");
        Stretch[] stretches = [.. Enumerable.Range(0, groups).Select(g => new Stretch((int)((long)g * count / groups), (int)((long)(g + 1) * count / groups)))];
        int[][] tests = [.. Choices(groups, tested)];
        Split[] splits = [.. tests.Select(t => new Split(Left(count, [.. t.Select(g => stretches[g])], reach, embargo), [.. t.Select(g => stretches[g])]))];
        return splits.Any(s => s.Train.Count == 0)
            ? Refused("TooFewObservations", "beside some test nothing is left to choose on: fewer groups, or a shorter embargo")
            : new PurgedFolds(stretches, tests, splits, PathsOf(tests, groups));
    }

    private static Answer<PurgedFolds> Refused(string code, string reason) => new Answer<PurgedFolds>.Refused(code, reason);

    private static double Binomial(int n, int k) => Enumerable.Range(1, k).Aggregate(1.0, (product, i) => product * (n - k + i) / i);

    private static IEnumerable<int[]> Choices(int n, int k)
    {
        int[] chosen = [.. Enumerable.Range(0, k)];
        while (true)
        {
            yield return [.. chosen];
            var at = k - 1;
            while (at >= 0 && chosen[at] == n - k + at) at--;
            if (at < 0) yield break;
            chosen[at]++;
            for (var i = at + 1; i < k; i++) chosen[i] = chosen[i - 1] + 1;
        }
    }

    /// <summary>All observations but the tests and those that are too near to one.</summary>
    private static List<Stretch> Left(int count, Stretch[] tests, int reach, int embargo)
    {
        var left = new List<Stretch>();
        var free = 0;
        foreach (var test in tests)
        {
            if (test.First - reach > free) left.Add(new Stretch(free, test.First - reach));
            free = (int)Math.Min(count, (long)test.End + reach + embargo);
        }
        if (free < count) left.Add(new Stretch(free, count));
        return left;
    }

    /// <summary>Path j takes, for each group, the j-th split that tests it.</summary>
    private static int[][] PathsOf(int[][] tests, int groups)
    {
        int[][] splitsOf = [.. Enumerable.Range(0, groups).Select(g => Enumerable.Range(0, tests.Length).Where(s => tests[s].Contains(g)).ToArray())];
        return [.. Enumerable.Range(0, splitsOf[0].Length).Select(j => splitsOf.Select(s => s[j]).ToArray())];
    }
}
