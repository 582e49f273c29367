using Ballast.Numerics.Random;

namespace Ballast.Numerics.Statistics;

/// <summary>How a bootstrap is run; with the series these fix its result to the last bit.</summary>
/// <param name="Seed">Seed of the generator.</param>
/// <param name="Resamples">B, the number of resampled pairs of series.</param>
/// <param name="Blocks">How blocks are cut.</param>
/// <param name="Length">Block length, the mean one for stationary blocks; null for the automatic length.</param>
/// <param name="Level">Probability that the interval is meant to cover.</param>
public sealed record BootstrapPlan(ulong Seed, int Resamples = 2000, Blocks Blocks = Blocks.Circular, double? Length = null, double Level = 0.95);

/// <summary>Whether one return series beats another by more than chance: both are resampled in blocks with the same indices, so that their dependence is kept.</summary>
/// <param name="LogGrowth">Difference in log growth a year.</param>
/// <param name="Volatility">Difference in volatility a year.</param>
/// <param name="Sharpe">Difference in Sharpe ratio a year.</param>
/// <param name="BlockLength">The block length used.</param>
/// <param name="Plan">What was asked for, seed included.</param>
public sealed record BlockBootstrap(BootstrapInterval LogGrowth, BootstrapInterval Volatility, BootstrapInterval Sharpe, double BlockLength, BootstrapPlan Plan)
{
    /// <summary>Percentile intervals for the differences, first series minus second.</summary>
    /// <remarks>
    /// The default block length is the largest of the automatic lengths (Politis and White 2004) of the two series, of their difference and
    /// of the squared deviations of both: the last because volatility clusters where returns themselves hardly correlate.
    /// </remarks>
    public static BlockBootstrap Compare(ReadOnlySpan<double> first, ReadOnlySpan<double> second, double periodsPerYear, BootstrapPlan plan, double riskFree = 0)
    {
        ReturnSeries.Require(first, nameof(first));
        ReturnSeries.Require(second, nameof(second));
        ReturnSeries.RequirePeriods(periodsPerYear);
        if (first.Length != second.Length) throw new ArgumentException($"{first.Length} returns against {second.Length}: align them first");
        var length = plan.Length ?? DefaultLength(first, second, plan.Blocks);
        Require(plan, length, first.Length);
        var (a, b, count) = (new BlockSums(first), new BlockSums(second), first.Length);
        return Of(plan, length, Difference(a.All, b.All, count, periodsPerYear, riskFree), chance =>
        {
            var (sumsA, sumsB) = Resample(a, b, chance, plan.Blocks, length);
            return Difference(sumsA, sumsB, count, periodsPerYear, riskFree);
        });
    }

    /// <summary>Percentile intervals for the figures of one series by itself, as if the second were nothing.</summary>
    public static BlockBootstrap Alone(ReadOnlySpan<double> series, double periodsPerYear, BootstrapPlan plan, double riskFree = 0)
    {
        ReturnSeries.Require(series, nameof(series));
        ReturnSeries.RequirePeriods(periodsPerYear);
        var length = plan.Length ?? DefaultLength(plan.Blocks, series.ToArray(), SquaredDeviations(series));
        Require(plan, length, series.Length);
        var (sums, count) = (new BlockSums(series), series.Length);
        return Of(plan, length, Figures(sums.All, count, periodsPerYear, riskFree), chance =>
            Figures(Resample(sums, sums, chance, plan.Blocks, length).First, count, periodsPerYear, riskFree));
    }

    private static BlockBootstrap Of(BootstrapPlan plan, double length, (double Growth, double Volatility, double Sharpe) whole, Func<Xoshiro256, (double, double, double)> draw)
    {
        var (growth, volatility, sharpe) = (new double[plan.Resamples], new double[plan.Resamples], new double[plan.Resamples]);
        var chance = new Xoshiro256(plan.Seed);
        for (var k = 0; k < plan.Resamples; k++) (growth[k], volatility[k], sharpe[k]) = draw(chance);
        return new(
            BootstrapInterval.Of(whole.Growth, growth, plan.Level, "a return of -1 has no logarithm"),
            BootstrapInterval.Of(whole.Volatility, volatility, plan.Level, "the volatility exceeds the range of a double"),
            BootstrapInterval.Of(whole.Sharpe, sharpe, plan.Level, "a series, or a resample of it, does not vary"),
            length, plan);
    }

    private static (BlockSums.Sums First, BlockSums.Sums Second) Resample(BlockSums a, BlockSums b, Xoshiro256 chance, Blocks blocks, double length)
    {
        var (sumsA, sumsB, left) = (default(BlockSums.Sums), default(BlockSums.Sums), a.Length);
        while (left > 0)
        {
            var start = chance.NextInt(a.Length);
            var take = Take(blocks, chance, length, left);
            sumsA += a.Block(start, take);
            sumsB += b.Block(start, take);
            left -= take;
        }
        return (sumsA, sumsB);
    }

    private static int Take(Blocks blocks, Xoshiro256 chance, double length, int left) => Math.Min(left, blocks == Blocks.Circular ? (int)length : Geometric(chance, length, left));

    /// <summary>A geometric number with the given mean, 1 + ⌊ln(1−u)/ln(1−1/mean)⌋, cut at a limit.</summary>
    private static int Geometric(Xoshiro256 chance, double mean, int limit)
    {
        var draw = Math.Log(1 - chance.NextDouble()) / Math.Log(1 - 1 / mean);
        return draw < limit ? 1 + (int)draw : limit;
    }

    private static (double Growth, double Volatility, double Sharpe) Difference(BlockSums.Sums a, BlockSums.Sums b, int count, double periodsPerYear, double riskFree)
    {
        var (volatilityA, volatilityB) = (a.Deviation(count), b.Deviation(count));
        var sharpe = (a.Mean(count) - riskFree) / volatilityA - (b.Mean(count) - riskFree) / volatilityB;
        var year = Math.Sqrt(periodsPerYear);
        return ((a.Growth - b.Growth) / count * periodsPerYear, (volatilityA - volatilityB) * year, sharpe * year);
    }

    private static (double Growth, double Volatility, double Sharpe) Figures(BlockSums.Sums a, int count, double periodsPerYear, double riskFree)
    {
        var (volatility, year) = (a.Deviation(count), Math.Sqrt(periodsPerYear));
        return (a.Growth / count * periodsPerYear, volatility * year, (a.Mean(count) - riskFree) / volatility * year);
    }

    /// <summary>The rows of each resample, in order: what a test needs that looks at many series together. Drawn as the intervals are.</summary>
    public static IReadOnlyList<int[]> Rows(int observations, double length, BootstrapPlan plan)
    {
        Require(plan, length, observations);
        var chance = new Xoshiro256(plan.Seed);
        var rows = new int[plan.Resamples][];
        for (var k = 0; k < rows.Length; k++)
        {
            rows[k] = new int[observations];
            for (var filled = 0; filled < observations;)
            {
                var start = chance.NextInt(observations);
                var take = Take(plan.Blocks, chance, length, observations - filled);
                for (var i = 0; i < take; i++) rows[k][filled++] = (start + i) % observations;
            }
        }
        return rows;
    }

    private static double DefaultLength(ReadOnlySpan<double> first, ReadOnlySpan<double> second, Blocks blocks)
    {
        var difference = new double[first.Length];
        for (var t = 0; t < difference.Length; t++) difference[t] = first[t] - second[t];
        return DefaultLength(blocks, first.ToArray(), second.ToArray(), difference, SquaredDeviations(first), SquaredDeviations(second));
    }

    /// <summary>The largest of the automatic lengths of several series.</summary>
    private static double DefaultLength(Blocks blocks, params double[][] looked) => looked.Max(series => Statistics.BlockLength.Automatic(series, blocks));

    private static double[] SquaredDeviations(ReadOnlySpan<double> series)
    {
        var mean = Moments.MeanOf(series);
        var squares = new double[series.Length];
        for (var t = 0; t < squares.Length; t++) squares[t] = (series[t] - mean) * (series[t] - mean);
        return squares;
    }

    private static void Require(BootstrapPlan plan, double length, int observations)
    {
        if (plan.Resamples < 1) throw new ArgumentException($"{plan.Resamples} resamples give no interval", nameof(plan));
        if (!(plan.Level > 0 && plan.Level < 1)) throw new ArgumentException($"a level of {plan.Level} is not in (0, 1)", nameof(plan));
        if (!(length >= 1 && length <= observations)) throw new ArgumentException($"blocks of {length} do not fit into {observations} observations", nameof(plan));
        if (plan.Blocks == Blocks.Circular && length != Math.Floor(length)) throw new ArgumentException($"circular blocks have a whole length, not {length}", nameof(plan));
    }
}
