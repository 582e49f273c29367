using Ballast.Engine.Hedges;
using Ballast.Numerics.Hedging;

namespace Ballast.App.Commands;

/// <summary>What several rules came to on one path, side by side.</summary>
internal sealed record HedgeTestStudy(HedgeTestPath Along, HedgeSettings Settings, IReadOnlyList<HedgeTestStudy.Line> Lines)
{
    /// <param name="Rule">As it was written.</param>
    /// <param name="Ahead">The cost that was to be expected at the start, by the options' own volatility, in the numeraire.</param>
    /// <param name="AtSameMismatch">What Whalley and Wilmott's rule costs when it is made to leave as much, as a share; null where it cannot be made to.</param>
    public sealed record Line(string Rule, HedgeOutcome Run, double Ahead, double? AtSameMismatch);

    /// <summary>What a reader is shown when no rule is named.</summary>
    public static readonly IReadOnlyList<string> Usual = ["ww", "finite-life", "zak", "0.05", "0.10", "0.10 to edge", "6h", "24h"];

    public static HedgeTestStudy Of(HedgeTestPath along, HedgeSettings settings, IReadOnlyList<string> rules)
    {
        var (path, least) = (along.Path, new HedgeRule.LeastCost(BandModel.WhalleyWilmott));
        var frontier = new HedgeFrontier([.. HedgeFrontier.Factors.Select(f => HedgeBacktest.Run(path, least.Wider(f), settings) is var run ? new FrontierPoint(f, run.Cost, run.Squares) : default)]);
        Line LineOf(string text)
        {
            var rule = HedgeRuleText.Parse(text);
            var run = HedgeBacktest.Run(path, rule, settings);
            return new(text, run, HedgeForecast.Ahead(path, rule, settings, Math.Max(rule.Every, path.Interval)), frontier.CostAt(run.Squares) / run.Cost);
        }
        return new(along, settings, [.. rules.Select(LineOf)]);
    }

    /// <summary>The value that the options are on at the start, in the numeraire: what basis points are of.</summary>
    public double Value => Along.Path.Units * (Settings.InCoin ? 1 : Along.Path.First.Price);

    public string Unit => Settings.InCoin ? Along.Underlying.Code : "USD";

    public double Bps(double amount) => amount / Value * 1e4;
}
