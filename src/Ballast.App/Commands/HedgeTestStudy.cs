using Ballast.App.Output;
using Ballast.Engine.Hedges;
using Ballast.Numerics.Hedging;

namespace Ballast.App.Commands;

/// <summary>What several rules came to on one path, side by side.</summary>
/// <param name="Lines">A line a rule that was asked for.</param>
/// <param name="Family">Narrower and wider bands of Whalley and Wilmott's rule, for the picture: what a rule has to be better than.</param>
internal sealed record HedgeTestStudy(HedgeTestPath Along, HedgeSettings Settings, IReadOnlyList<HedgeTestStudy.Line> Lines, IReadOnlyList<HedgeTestStudy.Line> Family)
{
    /// <param name="Rule">As it was written.</param>
    /// <param name="Ahead">The cost that was to be expected at the start, by the options' own volatility, in the numeraire.</param>
    /// <param name="AtSameMismatch">What Whalley and Wilmott's rule costs when it is made to leave as much, as a share; null where it cannot be made to.</param>
    public sealed record Line(string Rule, HedgeOutcome Run, double Ahead, double? AtSameMismatch);

    /// <summary>What a reader is shown when no rule is named.</summary>
    public static readonly IReadOnlyList<string> Usual = ["ww", "finite-life", "zak", "0.05", "0.10", "0.10 to edge", "6h", "24h"];

    private static readonly double[] Shown = [0.125, 0.25, 0.5, 0.75, 1.5];

    public static HedgeTestStudy Of(HedgeTestPath along, HedgeSettings settings, IReadOnlyList<string> rules)
    {
        var (path, least) = (along.Path, new HedgeRule.LeastCost(BandModel.WhalleyWilmott));
        var frontier = new HedgeFrontier([.. HedgeFrontier.Factors.Select(f => Point(f, HedgeBacktest.Run(path, least.Wider(f), settings)))]);
        Line LineOf(string text, HedgeRule rule)
        {
            var run = HedgeBacktest.Run(path, rule, settings);
            return new(text, run, HedgeForecast.Ahead(path, rule, settings, Math.Max(rule.Every, path.Interval)), frontier.CostAt(run.Squares) / run.Cost);
        }
        return new(along, settings, [.. rules.Select(text => LineOf(text, HedgeRuleText.Parse(text)))], [.. Shown.Select(f => LineOf(FormattableString.Invariant($"ww × {f}"), least.Wider(f)))]);
    }

    private static FrontierPoint Point(double factor, HedgeOutcome run) => new(factor, run.Cost, run.Squares);

    /// <summary>The value that the options are on at the start, in the numeraire: what basis points are of.</summary>
    public double Value => Along.Path.Units * (Settings.InCoin ? 1 : Along.Path.First.Price);

    /// <summary>What a reader should know of the path, and of rules for which another stands in.</summary>
    public IReadOnlyList<string> Notes =>
    [
        .. Along.Notes,
        .. from line in Lines from note in HedgeRuleText.Parse(line.Rule).NotesOn(Along.Path, Settings) select $"{line.Rule}: {note.Reason} ({Words.Code(note.Code)})",
    ];

    public string Unit => Settings.InCoin ? Along.Underlying.Code : "USD";

    public double Bps(double amount) => amount / Value * 1e4;
}
