namespace Ballast.Numerics.Statistics;

/// <summary>Linear association of two series.</summary>
public static class Correlation
{
    /// <summary>Pearson's correlation; null where a series does not vary.</summary>
    public static double? Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var (xx, yy) = (Moments.Of(x).SumSquares, Moments.Of(y).SumSquares);
        return xx > 0 && yy > 0 ? CrossProduct(x, y) / Math.Sqrt(xx) / Math.Sqrt(yy) : null;
    }

    /// <summary>Σ (x − x̄)(y − ȳ).</summary>
    internal static double CrossProduct(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length) throw new ArgumentException($"{x.Length} observations against {y.Length}");
        var (meanX, meanY, sum) = (Moments.MeanOf(x), Moments.MeanOf(y), 0.0);
        for (var t = 0; t < x.Length; t++) sum += (x[t] - meanX) * (y[t] - meanY);
        return sum;
    }
}
