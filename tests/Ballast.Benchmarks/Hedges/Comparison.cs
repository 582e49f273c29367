using System.Globalization;
using Ballast.Engine.Hedges;
using Ballast.Numerics.Hedging;

namespace Ballast.Benchmarks.Hedges;

/// <summary>What rules cost at the mismatch of other rules: each family is made wider or narrower until it leaves the same variance.</summary>
internal sealed class Comparison
{
    private const double Hour = 1.0 / 8760;

    private static readonly (string Name, HedgeRule Rule)[] Families =
    [
        ("WW", new HedgeRule.LeastCost(BandModel.WhalleyWilmott)),
        ("finite life", new HedgeRule.LeastCost(BandModel.FiniteLife)),
        ("Zakamouline", new HedgeRule.LeastCost(BandModel.Zakamouline)),
        ("fixed to edge", new HedgeRule.FixedBand(HedgeBand.Around(0.1))),
        ("fixed to target", new HedgeRule.FixedBand(HedgeBand.Around(0.1, HedgeGoal.Target))),
    ];

    private static readonly (string Name, HedgeRule Rule, double? Goal)[] Yardsticks =
    [
        ("0.05 every look", new HedgeRule.FixedBand(HedgeBand.Around(0.05, HedgeGoal.Target)), 0.65),
        ("0.10 every look", new HedgeRule.FixedBand(HedgeBand.Around(0.10, HedgeGoal.Target)), 0.65),
        ("0.05 every 6 h", new HedgeRule.FixedBand(HedgeBand.Around(0.05, HedgeGoal.Target)) { Every = 6 * Hour }, 0.45),
        ("time 6 h", new HedgeRule.FixedTime { Every = 6 * Hour }, null),
        ("time 24 h", new HedgeRule.FixedTime { Every = 24 * Hour }, null),
    ];

    private readonly Episode[] episodes;
    private readonly HedgeOutcome[][] runs;

    /// <summary>Every rule on every episode, once.</summary>
    public Comparison(Episode[] episodes, Func<Episode, HedgeSettings> settings)
    {
        HedgeRule[] rules = [.. Families.SelectMany(f => HedgeFrontier.Factors.Select(f.Rule.Wider)), .. Yardsticks.Select(y => y.Rule)];
        (this.episodes, runs) = (episodes, new HedgeOutcome[episodes.Length][]);
        Parallel.For(0, episodes.Length, e => runs[e] = [.. rules.Select(r => HedgeBacktest.Run(episodes[e].Path, r, settings(episodes[e])))]);
    }

    public void Print()
    {
        Console.WriteLine($"\n{"group",-22}{"yardstick",-17}{"cost bp",8}{"sd bp",7}{string.Concat(Families.Select(f => $"{f.Name,17}"))}");
        foreach (var group in Enumerable.Range(0, runs.Length).GroupBy(e => episodes[e].Group).OrderBy(g => g.Key)) Print(group.Key, [.. group]);
        Print("all", [.. Enumerable.Range(0, runs.Length)]);
        foreach (var (k, (yardstick, _, goal)) in Yardsticks.Index().Where(y => y.Item.Goal is not null))
            Console.WriteLine($"{"90 % of resampled dates",-24}{yardstick,-17}{string.Join("   ", Families.Take(4).Select((f, i) => $"{f.Name} {Ninety(i, Families.Length * HedgeFrontier.Factors.Count + k)}"))}  goal {goal:F2}");
    }

    /// <summary>Of the ratio over all positions when dates are drawn again, three in a row because positions of 30 days overlap those of the next two.</summary>
    private string Ninety(int family, int yardstick)
    {
        int[][] dates = [.. Enumerable.Range(0, runs.Length).GroupBy(e => episodes[e].Start.Date).OrderBy(g => g.Key).Select(g => g.ToArray())];
        int[] rules = [.. Enumerable.Range(family * HedgeFrontier.Factors.Count, HedgeFrontier.Factors.Count), yardstick];
        FrontierPoint[][] sums = [.. dates.Select(d => rules.Select(r => new FrontierPoint(1, d.Sum(e => runs[e][r].Cost), d.Sum(e => Integral(runs[e][r])))).ToArray())];
        var (random, ratios) = (new Random(1), new List<double>());
        for (var draw = 0; draw < 1000; draw++)
        {
            var sum = new FrontierPoint[rules.Length];
            for (var k = 0; k < dates.Length; k += 3)
                for (var (start, j) = (random.Next(dates.Length), 0); j < 3; j++)
                    for (var r = 0; r < rules.Length; r++)
                        sum[r] = new(1, sum[r].Cost + sums[(start + j) % dates.Length][r].Cost, sum[r].Variance + sums[(start + j) % dates.Length][r].Variance);
            if (new HedgeFrontier(sum[..^1]).CostAt(sum[^1].Variance) is { } cost) ratios.Add(cost / sum[^1].Cost);
        }
        ratios.Sort();
        return ratios.Count == 0 ? "–" : string.Create(CultureInfo.InvariantCulture, $"{ratios[ratios.Count / 20]:F3} to {ratios[^(ratios.Count / 20 + 1)]:F3}");
    }

    /// <summary>For each yardstick: cost as a share of its own at the variance of the mismatch over episodes and, in brackets, at the sum of squares within them.</summary>
    private void Print(string name, int[] group)
    {
        foreach (var (k, (yardstick, _, goal)) in Yardsticks.Index())
        {
            var at = Families.Length * HedgeFrontier.Factors.Count + k;
            var (over, within) = (Point(group, at, Integral), Point(group, at, Within));
            var line = string.Create(CultureInfo.InvariantCulture, $"{name,-22}{yardstick,-17}{over.Cost * 1e4,8:F1}{Math.Sqrt(over.Variance) * 1e4,7:F0}");
            for (var f = 0; f < Families.Length; f++)
                line += string.Create(CultureInfo.InvariantCulture, $"{Family(group, f, Integral).CostAt(over.Variance) / over.Cost,9:F3} ({Family(group, f, Within).CostAt(within.Variance) / within.Cost:F3})");
            Console.WriteLine(line + (goal is { } g ? string.Create(CultureInfo.InvariantCulture, $"  goal {g:F2}") : ""));
        }
    }

    private HedgeFrontier Family(int[] group, int family, Func<HedgeOutcome, double> risk) =>
        new([.. HedgeFrontier.Factors.Select((factor, k) => Point(group, family * HedgeFrontier.Factors.Count + k, risk) with { Factor = factor })]);

    private FrontierPoint Point(int[] group, int rule, Func<HedgeOutcome, double> risk) => new(1, group.Average(e => runs[e][rule].Cost), group.Average(e => risk(runs[e][rule])));

    private static double Integral(HedgeOutcome run) => run.Mismatch * run.Mismatch;

    private static double Within(HedgeOutcome run) => run.Squares;
}
