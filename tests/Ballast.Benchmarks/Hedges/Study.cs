using System.Globalization;
using Ballast.Engine.Hedges;
using Ballast.Numerics.Hedging;

namespace Ballast.Benchmarks.Hedges;

/// <summary>What hedging rules cost at the same mismatch, and how well that cost can be forecast, on real prices; run by <c>./do bench hedging</c>.</summary>
internal static class Study
{
    private const double Hour = 1.0 / 8760, Cost = 0.0006, Aversion = 3;

    /// <summary>All that ended before is what anything may be fitted on; what began after is what is reported.</summary>
    private static readonly DateTime Split = new(2022, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private static readonly (string Name, HedgeRule Rule)[] Rules =
    [
        ("WW hourly", new HedgeRule.LeastCost(BandModel.WhalleyWilmott)),
        ("Zakamouline hourly", new HedgeRule.LeastCost(BandModel.Zakamouline)),
        ("fixed to edge hourly", new HedgeRule.FixedBand(HedgeBand.Around(0.05))),
    ];

    private static readonly (string Name, HedgeRule Rule, double Goal)[] Others =
    [
        ("0.05 hourly", new HedgeRule.FixedBand(HedgeBand.Around(0.05, HedgeGoal.Target)), 0.65),
        ("0.10 hourly", new HedgeRule.FixedBand(HedgeBand.Around(0.10, HedgeGoal.Target)), 0.65),
        ("0.05 every 6 h", new HedgeRule.FixedBand(HedgeBand.Around(0.05, HedgeGoal.Target)) { Every = 6 * Hour }, 0.45),
        ("every 6 h", new HedgeRule.FixedTime { Every = 6 * Hour }, double.NaN),
        ("every 24 h", new HedgeRule.FixedTime { Every = 24 * Hour }, double.NaN),
    ];

    public static int Run(string folder)
    {
        string[] Files(string sub) => Directory.Exists(Path.Combine(folder, sub)) ? [.. Directory.GetFiles(Path.Combine(folder, sub), "*.csv*").Order()] : [];
        var hourly = Files("crypto_hourly_perp_2020").Concat(Files("crypto_hourly_spot")).SelectMany(f => HourlyPrices.Read(f).Episodes()).ToArray();
        var test = hourly.Where(e => e.Start >= Split).ToArray();
        Console.WriteLine($"{hourly.Length / 8} starts; {test.Length / 8} from {Split:yyyy-MM-dd} on, on {test.Select(e => e.Start.Date).Distinct().Count()} dates");
        Compare(test);
        var paths = Files("deribit_option_paths").SelectMany(f => OptionPaths.Read(f).Episodes()).ToArray();
        Console.WriteLine($"{paths.Length} on option paths");
        Compare(paths);
        return 0;
    }

    private static HedgeSettings Settings(Episode e) => new(Cost, Aversion) { InCoin = e.InCoin, Inverse = e.InCoin };

    private static void Compare(Episode[] episodes)
    {
        foreach (var group in episodes.GroupBy(e => e.Group).OrderBy(g => g.Key).Append(episodes.GroupBy(_ => "all").Single()))
        {
            Episode[] those = [.. group];
            var families = Rules.Select(r => (r.Name, Frontier: new HedgeFrontier([.. HedgeFrontier.Factors.Select(f => Point(those, r.Rule.Wider(f), f))]),
                Integral: new HedgeFrontier([.. HedgeFrontier.Factors.Select(f => PointI(those, r.Rule.Wider(f), f))]))).ToArray();
            Console.WriteLine($"\n{group.Key} ({those.Length})");
            foreach (var (name, rule, goal) in Others)
            {
                var (p, pi) = (Point(those, rule, 1), PointI(those, rule, 1));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-16} cost {p.Cost * 1e4,7:F2} bp sd {Math.Sqrt(p.Variance) * 1e4,7:F1} / {Math.Sqrt(pi.Variance) * 1e4,7:F1} ")
                    + string.Join("", families.Select(f => string.Create(CultureInfo.InvariantCulture, $"  {f.Name} {f.Frontier.CostAt(p.Variance) / p.Cost:F3} ({f.Integral.CostAt(pi.Variance) / p.Cost:F3})"))));
            }
        }
    }

    private static FrontierPoint Point(Episode[] episodes, HedgeRule rule, double factor)
    {
        var runs = episodes.Select(e => HedgeBacktest.Run(e.Path, rule, Settings(e))).ToArray();
        return new(factor, runs.Average(r => r.Cost), runs.Average(r => r.Squares));
    }

    private static FrontierPoint PointI(Episode[] episodes, HedgeRule rule, double factor)
    {
        var runs = episodes.Select(e => HedgeBacktest.Run(e.Path, rule, Settings(e))).ToArray();
        return new(factor, runs.Average(r => r.Cost), runs.Average(r => r.Mismatch * r.Mismatch));
    }
}
