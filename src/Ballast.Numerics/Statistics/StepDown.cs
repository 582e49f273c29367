namespace Ballast.Numerics.Statistics;

/// <summary>What p-values are worth once it is counted how many questions were asked.</summary>
public static class StepDown
{
    /// <summary>Holm (1979), Scand. J. Statistics 6: the i-th smallest of m p-values times m − i + 1, never below a smaller one's, at most 1. In the given order.</summary>
    public static double[] Holm(ReadOnlySpan<double> pValues)
    {
        foreach (var p in pValues)
            if (!(p is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(pValues), p, "a p-value lies between 0 and 1");
        var given = pValues.ToArray();
        int[] order = [.. Enumerable.Range(0, given.Length).OrderBy(i => given[i])];
        var (adjusted, least) = (new double[given.Length], 0.0);
        for (var rank = 0; rank < order.Length; rank++)
            adjusted[order[rank]] = least = Math.Max(least, Math.Min(1, given[order[rank]] * (order.Length - rank)));
        return adjusted;
    }
}
