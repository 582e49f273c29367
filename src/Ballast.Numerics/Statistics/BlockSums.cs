namespace Ballast.Numerics.Statistics;

/// <summary>Running sums of a series on a circle, which give the sums over any block in a few operations instead of one for each observation.</summary>
internal sealed class BlockSums
{
    private readonly Sums[] upTo;
    private readonly double mean;

    public BlockSums(ReadOnlySpan<double> returns)
    {
        mean = Moments.MeanOf(returns);
        // A series of equal returns deviates by nothing, even where its mean is off by an ulp.
        if (!returns.ContainsAnyExcept(returns[0])) mean = returns[0];
        upTo = new Sums[returns.Length + 1];
        for (var t = 0; t < returns.Length; t++) upTo[t + 1] = upTo[t] + Sums.OfOne(returns[t], mean);
    }

    public int Length => upTo.Length - 1;

    public Sums All => upTo[^1] with { Centre = mean };

    /// <summary>The sums over a block that goes on at the beginning where it reaches the end.</summary>
    public Sums Block(int start, int count)
    {
        var end = start + count;
        var sums = end <= Length ? upTo[end] - upTo[start] : upTo[^1] - upTo[start] + upTo[end - Length];
        return sums with { Centre = mean };
    }

    /// <summary>Sums of log growth, and of deviations from the mean of the whole series and their squares.</summary>
    public readonly record struct Sums(double Growth, double Deviations, double Squares, double Centre)
    {
        public static Sums OfOne(double value, double mean) => new(Math.Log(1 + value), value - mean, (value - mean) * (value - mean), mean);

        public static Sums operator +(Sums a, Sums b) => new(a.Growth + b.Growth, a.Deviations + b.Deviations, a.Squares + b.Squares, b.Centre);

        public static Sums operator -(Sums a, Sums b) => new(a.Growth - b.Growth, a.Deviations - b.Deviations, a.Squares - b.Squares, a.Centre);

        public double Mean(int count) => Centre + Deviations / count;

        /// <summary>Sample standard deviation; what rounding alone leaves of the squares counts as none.</summary>
        public double Deviation(int count)
        {
            var left = Squares - Deviations * Deviations / count;
            return left > 1e-13 * Squares ? Math.Sqrt(left / (count - 1)) : 0;
        }
    }
}
