using Ballast.Numerics.Random;
using Ballast.Numerics.Statistics;

namespace Ballast.Tests.Numerics.Statistics;

public class BlockBootstrapTests
{
    [Fact]
    public void A_series_never_differs_from_itself()
    {
        var series = Lognormal(new Xoshiro256(1), 100, 0, 0.02);
        var result = BlockBootstrap.Compare(series, series, 365, new(Seed: 9));
        foreach (var interval in (BootstrapInterval[])[result.LogGrowth, result.Volatility, result.Sharpe])
            Assert.Equal(new BootstrapInterval(0, 0, 0, 1, null), interval);
    }

    [Fact]
    public void The_same_seed_gives_the_same_interval_and_another_seed_another()
    {
        var (a, b) = (Lognormal(new Xoshiro256(1), 100, 0, 0.02), Lognormal(new Xoshiro256(2), 100, 0, 0.03));
        var first = BlockBootstrap.Compare(a, b, 365, new(Seed: 9, Resamples: 200));
        Assert.Equal(first, BlockBootstrap.Compare(a, b, 365, new(Seed: 9, Resamples: 200)));
        Assert.NotEqual(first.LogGrowth, BlockBootstrap.Compare(a, b, 365, new(Seed: 10, Resamples: 200)).LogGrowth);
    }

    [Fact]
    public void Exchanging_the_series_mirrors_the_interval()
    {
        var (a, b) = (Lognormal(new Xoshiro256(1), 100, 0.001, 0.02), Lognormal(new Xoshiro256(2), 100, 0, 0.03));
        var (there, back) = (BlockBootstrap.Compare(a, b, 365, new(Seed: 9)), BlockBootstrap.Compare(b, a, 365, new(Seed: 9)));
        Assert.Equal(there.Sharpe.Low!.Value, -back.Sharpe.High!.Value, 1e-12);
        Assert.Equal(there.Volatility.PValue, back.Volatility.PValue);
    }

    [Fact]
    public void Running_sums_give_what_resampling_one_by_one_gives()
    {
        var (a, b) = (Lognormal(new Xoshiro256(1), 37, 0.001, 0.02), Lognormal(new Xoshiro256(2), 37, 0, 0.03));
        var result = BlockBootstrap.Compare(a, b, 52, new(Seed: 5, Resamples: 99, Length: 7, Level: 0.9));
        var chance = new Xoshiro256(5);
        double[] sharpes = [.. Enumerable.Range(0, 99).Select(_ => Indices(chance, 37, 7)).Select(rows => Sharpe(a, rows) - Sharpe(b, rows)).Order()];
        Assert.Equal(Quantile.OfSorted(sharpes, 0.05), result.Sharpe.Low!.Value, 1e-12);
        Assert.Equal(Quantile.OfSorted(sharpes, 0.95), result.Sharpe.High!.Value, 1e-12);

        static double Sharpe(double[] series, int[] rows) =>
            Moments.Of([.. rows.Select(t => series[t])]) is var moments ? moments.Mean / moments.SampleDeviation * Math.Sqrt(52) : 0;
    }

    [Theory]
    [InlineData(Blocks.Circular)]
    [InlineData(Blocks.Stationary)]
    public void Intervals_cover_the_truth_about_as_often_as_they_say(Blocks blocks)
    {
        const int Worlds = 300;
        const double MeanA = 0.0010, MeanB = 0.0004, DeviationA = 0.02, DeviationB = 0.03;
        var (growth, volatility, sharpe) = (0, 0, 0);
        for (var world = 0; world < Worlds; world++)
        {
            var chance = new Xoshiro256((ulong)world);
            var (a, b) = Correlated(chance, 250);
            var result = BlockBootstrap.Compare(a, b, 365, new(Seed: (ulong)world, Resamples: 300, Blocks: blocks));
            if (Covers(result.LogGrowth, (MeanA - MeanB) * 365)) growth++;
            if (Covers(result.Volatility, (Deviation(MeanA, DeviationA) - Deviation(MeanB, DeviationB)) * Math.Sqrt(365))) volatility++;
            if (Covers(result.Sharpe, (Ratio(MeanA, DeviationA) - Ratio(MeanB, DeviationB)) * Math.Sqrt(365))) sharpe++;
        }
        // Three standard errors of a share of 0.95 in 300 worlds are 0.038; percentile intervals fall a little short in samples of 250.
        Assert.All((int[])[growth, volatility, sharpe], covered => Assert.InRange(covered / (double)Worlds, 0.89, 0.985));

        static (double[], double[]) Correlated(Xoshiro256 chance, int count)
        {
            var (a, b) = (new double[count], new double[count]);
            for (var t = 0; t < count; t++)
            {
                var (common, own) = (chance.NextNormal(), chance.NextNormal());
                a[t] = Math.Exp(MeanA + DeviationA * common) - 1;
                b[t] = Math.Exp(MeanB + DeviationB * (0.8 * common + 0.6 * own)) - 1;
            }
            return (a, b);
        }

        static double Deviation(double mean, double deviation) => Math.Sqrt(Math.Exp(deviation * deviation) - 1) * Math.Exp(mean + deviation * deviation / 2);
        static double Ratio(double mean, double deviation) => (Math.Exp(mean + deviation * deviation / 2) - 1) / Deviation(mean, deviation);
        static bool Covers(BootstrapInterval interval, double truth) => interval.Low <= truth && truth <= interval.High;
    }

    [Fact]
    public void Pairing_makes_the_interval_narrow_for_series_that_move_together()
    {
        var a = Lognormal(new Xoshiro256(1), 200, 0, 0.03);
        double[] together = [.. a.Select(r => r * 0.98)];
        var other = Lognormal(new Xoshiro256(2), 200, 0, 0.03);
        Assert.True(Width(together) < 0.1 * Width(other));

        double Width(double[] b) => BlockBootstrap.Compare(a, b, 365, new(Seed: 1, Length: 5)).LogGrowth is var x ? x.High!.Value - x.Low!.Value : 0;
    }

    [Fact]
    public void A_ruined_series_has_no_log_growth_and_says_so()
    {
        var result = BlockBootstrap.Compare([0.1, -1, 0.2, 0.1], [0.1, 0.2, -0.1, 0.3], 365, new(Seed: 1, Length: 2));
        Assert.Null(result.LogGrowth.Low);
        Assert.Equal("a return of -1 has no logarithm", result.LogGrowth.Reason);
        Assert.NotNull(result.Volatility.Low);
    }

    [Fact]
    public void Blocks_grow_with_dependence_as_theory_says()
    {
        // AR(1) with ρ = ½: G = 2ρ/(1−ρ)² = 4 and spectrum (1+ρ)/(1−ρ) = 3, so b = (2·16/12)^(1/3) T^(1/3).
        var (chance, dependent, independent) = (new Xoshiro256(4), new double[20_000], new double[20_000]);
        for (var t = 0; t < dependent.Length; t++)
        {
            independent[t] = chance.NextNormal();
            dependent[t] = (t == 0 ? 0 : 0.5 * dependent[t - 1]) + independent[t];
        }
        Assert.Equal(Math.Cbrt(32 / 12.0 * 20_000), BlockLength.Automatic(dependent, Blocks.Circular), 8.0);
        Assert.InRange(BlockLength.Automatic(independent, Blocks.Circular), 1, 6);
    }

    [Fact]
    public void Blocks_that_do_not_fit_are_refused() =>
        Assert.Throws<ArgumentException>(() => BlockBootstrap.Compare([0.1, 0.2], [0.1, 0.3], 365, new(Seed: 1, Length: 3)));

    private static double[] Lognormal(Xoshiro256 chance, int count, double mean, double deviation) =>
        [.. Enumerable.Range(0, count).Select(_ => Math.Exp(mean + deviation * chance.NextNormal()) - 1)];

    private static int[] Indices(Xoshiro256 chance, int count, int length)
    {
        List<int> rows = [];
        while (rows.Count < count)
        {
            var start = chance.NextInt(count);
            rows.AddRange(Enumerable.Range(start, Math.Min(length, count - rows.Count)).Select(t => t % count));
        }
        return [.. rows];
    }
}
