using Ballast.Numerics.Allocation;

namespace Ballast.Numerics.Evaluation;

/// <summary>Choices as they would have been made in time: on the past, judged on what came next.</summary>
public static class WalkForward
{
    /// <summary>Chosen on the first part, judged on the rest.</summary>
    /// <param name="count">How many observations there are.</param>
    /// <param name="share">How much of them the first part is, in (0, 1).</param>
    /// <returns><c>TooFewObservations</c> where a part would be empty.</returns>
    public static Answer<IReadOnlyList<Split>> Once(int count, double share)
    {
        if (!(share > 0 && share < 1)) throw new ArgumentOutOfRangeException(nameof(share), share, "a part is between nothing and all");
        var cut = (int)Math.Round(share * count);
        return cut < 1 || cut >= count
            ? new Answer<IReadOnlyList<Split>>.Refused("TooFewObservations", $"{count} observations cannot be cut at {share:R}")
            : (Split[])[new Split([new Stretch(0, cut)], [new Stretch(cut, count)])];
    }

    /// <summary>Tests that follow each other without overlap, the last of which may be shorter; each is chosen for on what ended just before it.</summary>
    /// <param name="count">How many observations there are.</param>
    /// <param name="train">How many are chosen on; the first choice only, where the past is kept.</param>
    /// <param name="test">How many a choice is kept for.</param>
    /// <param name="expanding">Whether all of the past is chosen on rather than the most recent part.</param>
    /// <returns><c>TooFewObservations</c> where nothing is left to test on.</returns>
    public static Answer<IReadOnlyList<Split>> Steps(int count, int train, int test, bool expanding)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(train, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(test, 1);
        if (count <= train) return new Answer<IReadOnlyList<Split>>.Refused("TooFewObservations", $"{count} observations leave nothing to test on after the first {train}");
        var splits = new List<Split>();
        for (var first = train; first < count; first += test)
            splits.Add(new Split([new Stretch(expanding ? 0 : first - train, first)], [new Stretch(first, Math.Min(count, first + test))]));
        return splits;
    }
}
