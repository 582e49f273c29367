using System.Globalization;
using Ballast.Engine.Hedges;
using Ballast.Numerics.Hedging;

namespace Ballast.Benchmarks.Hedges;

/// <summary>How well the cost of hedging was forecast, look by look and ahead of time; whatever is fitted, is fitted on the early part.</summary>
internal static class Forecasts
{
    private static readonly (string Name, HedgeRule Rule)[] Rules =
    [
        ("every look", new HedgeRule.FixedTime()),
        ("WW", new HedgeRule.LeastCost(BandModel.WhalleyWilmott)),
        ("finite life", new HedgeRule.LeastCost(BandModel.FiniteLife)),
        ("0.05 to edge", new HedgeRule.FixedBand(HedgeBand.Around(0.05))),
        ("0.05 to target", new HedgeRule.FixedBand(HedgeBand.Around(0.05, HedgeGoal.Target))),
    ];

    private readonly record struct Ratios(double Running, double Usual, double Ahead);

    /// <param name="early">What constants may be fitted on; nothing is fitted where it is empty.</param>
    public static void Print(Episode[] early, Episode[] late, Func<Episode, HedgeSettings> settings, double premium)
    {
        Console.WriteLine($"\n{"rule",-16}{"group",-24}{"running: median",17}{"within 20 %",13}{"one constant",14}{"median",9}{"within 20 %",13}{"usual: median",15}{"within 20 %",13}{"ahead: median",15}{"sd of log",11}{"80 % interval",18}{"covers",8}");
        foreach (var (name, rule) in Rules)
        {
            Ratios[] Of(Episode[] those) => [.. those.AsParallel().AsOrdered().Select(e => Ratio(e, rule, settings(e), premium))];
            var (past, next) = (Of(early), Of(late));
            foreach (var group in late.Index().GroupBy(e => e.Item.Group).OrderBy(g => g.Key))
                Line(name, group.Key, [.. early.Index().Where(e => e.Item.Group == group.Key).Select(e => past[e.Index])], [.. group.Select(e => next[e.Index])]);
            Line(name, "all", past, next);
        }
    }

    private static void Line(string rule, string group, Ratios[] past, Ratios[] next)
    {
        double[] running = [.. next.Select(r => r.Running)], usual = [.. next.Select(r => r.Usual)], ahead = [.. next.Select(r => r.Ahead)];
        var constant = past.Length > 0 ? Median(past.Select(r => r.Running)) : 1;
        double[] fitted = [.. running.Select(r => r / constant)];
        var line = string.Create(CultureInfo.InvariantCulture, $"{rule,-16}{group,-24}{Median(running),17:F3}{Within(running),13:P0}{constant,14:F3}{Median(fitted),9:F3}{Within(fitted),13:P0}{Median(usual),15:F3}{Within(usual),13:P0}{Median(ahead),15:F3}{Spread(ahead),11:F2}");
        if (past.Length > 0 && CostInterval.Of(past.Select(r => r.Ahead)).OrThrow() is var interval)
            line += string.Create(CultureInfo.InvariantCulture, $"{interval.Low,10:F2} to {interval.High:F2}{ahead.Count(a => interval.Low <= a && a <= interval.High) / (double)ahead.Length,9:P0}");
        Console.WriteLine(line);
    }

    /// <summary>Realised over forecast; ahead of time it is known how the price has moved, which is what the modelled implied volatility was made of.</summary>
    private static Ratios Ratio(Episode episode, HedgeRule rule, HedgeSettings settings, double premium)
    {
        var run = HedgeBacktest.Run(episode.Path, rule, settings);
        var ahead = HedgeForecast.Ahead(episode.Path, rule, settings, episode.Path.Interval, episode.Path.First.Volatility / premium);
        return new(run.Cost / run.Running, run.Cost / run.Usual, run.Cost / ahead);
    }

    private static double Within(double[] ratios) => ratios.Count(r => Math.Abs(r - 1) <= 0.2) / (double)ratios.Length;

    /// <summary>The standard deviation of the logarithm; positions that were never traded have none.</summary>
    private static double Spread(double[] all)
    {
        double[] ratios = [.. all.Where(r => r > 0)];
        var mean = ratios.Average(Math.Log);
        return Math.Sqrt(ratios.Average(r => Math.Pow(Math.Log(r) - mean, 2)));
    }

    private static double Median(IEnumerable<double> values) => values.Order().ToArray() is var s ? (s[(s.Length - 1) / 2] + s[s.Length / 2]) / 2 : 0;
}
