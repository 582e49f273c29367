using Ballast.Numerics.Random;
using Ballast.Numerics.Statistics;

namespace Ballast.Tests.Numerics.Statistics;

public class ContestTests
{
    [Fact]
    public void Holm_multiplies_the_smallest_by_all_and_never_goes_down() =>
        // p.adjust(c(.03, .01, .04, .005), "holm") of R.
        Assert.Equal([0.06, 0.03, 0.06, 0.02], StepDown.Holm([0.03, 0.01, 0.04, 0.005]), (a, b) => Math.Abs(a - b) < 1e-15);

    [Fact]
    public void A_p_value_outside_its_range_is_our_mistake() => Assert.Throws<ArgumentOutOfRangeException>(() => StepDown.Holm([0.5, 1.5]));

    [Fact]
    public void The_rows_of_a_resample_run_in_blocks_around_the_circle()
    {
        foreach (var rows in BlockBootstrap.Rows(10, 4, new(Seed: 3, Resamples: 50)))
        {
            Assert.Equal(10, rows.Length);
            for (var i = 0; i < 10; i++)
                if (i % 4 != 0) Assert.Equal((rows[i - 1] + 1) % 10, rows[i]);
        }
    }

    [Fact]
    public void One_series_alone_has_the_intervals_of_its_resampled_rows()
    {
        var series = Normals(4, 50, 0.001, 0.02);
        var plan = new BootstrapPlan(Seed: 8, Resamples: 199, Length: 5);

        var alone = BlockBootstrap.Alone(series, 365, plan);

        double[] growths = [.. BlockBootstrap.Rows(50, 5, plan).Select(rows => rows.Average(t => Math.Log(1 + series[t])) * 365).Order()];
        Assert.Equal(Quantile.OfSorted(growths, 0.025), alone.LogGrowth.Low!.Value, 1e-12);
        Assert.Equal(Quantile.OfSorted(growths, 0.975), alone.LogGrowth.High!.Value, 1e-12);
        Assert.Equal(SeriesMetrics.Of(series, 365).SharpeAnn!.Value, alone.Sharpe.Point!.Value, 1e-12);
    }

    [Fact]
    public void A_rival_itself_is_beaten_by_nobody_and_has_no_test()
    {
        var rival = Normals(1, 200, 0, 0.02);

        var contest = Contest.Of([rival], rival, 365, new(Seed: 1, Resamples: 199));

        Assert.Equal(1, contest.Bouts[0].GrowthHolm);
        Assert.Null(contest.Bouts[0].Sharpe);
        Assert.Null(contest.Check);
    }

    [Fact]
    public void Skill_is_found_among_many()
    {
        var rival = Normals(1, 500, 0, 0.02);
        double[] skilled = [.. rival.Select((r, t) => r + 0.002 + 0.001 * Math.Sin(t))];

        var bout = Contest.Of([skilled, .. Lucky(0, 8, 500)], rival, 365, new(Seed: 1, Resamples: 999)).Bouts[0];

        Assert.InRange(bout.GrowthHolm!.Value, 0, 0.02);
        Assert.InRange(bout.SharpeHolm!.Value, 0, 0.001);
    }

    [Fact]
    public void Counting_the_comparisons_calls_luck_skill_less_often()
    {
        var (called, counted) = (0, 0);
        for (var world = 0UL; world < 60; world++)
        {
            var bouts = Contest.Of(Lucky(world, 8, 150), Normals(1_000 * world, 150, 0, 0.02), 365, new(Seed: world, Resamples: 399)).Bouts;
            if (bouts.Any(b => b.Difference.LogGrowth.PValue < 0.05)) called++;
            if (bouts.Any(b => b.GrowthHolm < 0.05)) counted++;
        }
        // Three of sixty are meant to be called after counting; a binomial exceeds 9 once in a thousand.
        Assert.InRange(counted, 0, 9);
        Assert.InRange(called, counted + 3, 60);
    }

    [Fact]
    public void Where_nobody_has_skill_the_reality_check_calls_few_of_them_skilled()
    {
        var called = 0;
        for (var world = 0UL; world < 100; world++)
        {
            var rival = Normals(1_000 * world, 120, 0, 0.02);
            if (Contest.Of(Lucky(world, 5, 120), rival, 365, new(Seed: world, Resamples: 199)).Check!.Value.PWhite < 0.05) called++;
        }
        // Five in a hundred are meant to be; a binomial of 100 exceeds 12 once in a thousand.
        Assert.InRange(called, 0, 12);
    }

    [Fact]
    public void Evidence_is_weaker_the_more_was_tried()
    {
        SeriesMetrics[] tried = [.. Enumerable.Range(0, 10).Select(k => SeriesMetrics.Of(Normals((ulong)k, 300, 0.001, 0.02), 365))];

        var (alone, among) = (SharpeEvidence.Of([tried[0]], 365)[0], SharpeEvidence.Of(tried, 365)[0]);

        Assert.Equal(alone.Probabilistic, among.Probabilistic);
        Assert.Equal(alone.Probabilistic, alone.Deflated);
        Assert.True(among.Deflated < among.Probabilistic);
    }

    private static double[][] Lucky(ulong world, int count, int length) => [.. Enumerable.Range(1, count).Select(k => Normals(1_000 * world + (ulong)k, length, 0, 0.02))];

    private static double[] Normals(ulong seed, int count, double mean, double deviation)
    {
        var chance = new Xoshiro256(seed + 77);
        return [.. Enumerable.Range(0, count).Select(_ => mean + deviation * chance.NextNormal())];
    }
}
