using System.Globalization;
using System.Text.RegularExpressions;
using Ballast.Engine.Hedges;
using Ballast.Numerics.Hedging;

namespace Ballast.App.Commands;

/// <summary>A rule of hedging as a trader writes it: <c>ww</c>, <c>0.05</c>, <c>0.05/0.10 to edge</c>, <c>0.05 every 6h</c>, <c>6h</c>.</summary>
internal static partial class HedgeRuleText
{
    public const string Rules = "ww, finite-life or zak, a band such as 0.05 or 0.05/0.10 (below/above, in coins) with `to edge`, `to target` or `to midpoint`, or a time such as 6h; and `every 6h` to look so often";

    private const double HoursAYear = 8760;

    public static HedgeRule Parse(string text)
    {
        var m = Form().Match(text.Trim().ToLowerInvariant());
        if (!m.Success) throw new InvalidInputException($"--rule: `{text}` is no rule; expected {Rules}");
        var every = m.Groups["every"].Success ? Years(m.Groups["every"].Value) : 0;
        if (m.Groups["time"].Success) return new HedgeRule.FixedTime { Every = Years(m.Groups["time"].Value) };
        if (m.Groups["model"].Success) return new HedgeRule.LeastCost(Model(m.Groups["model"].Value)) { Every = every };
        var below = double.Parse(m.Groups["below"].Value, CultureInfo.InvariantCulture);
        var above = m.Groups["above"].Success ? double.Parse(m.Groups["above"].Value, CultureInfo.InvariantCulture) : below;
        return new HedgeRule.FixedBand(new(below, above, Goal(m.Groups["goal"].Value))) { Every = every };
    }

    private static BandModel Model(string word) => word switch { "ww" => BandModel.WhalleyWilmott, "zak" => BandModel.Zakamouline, _ => BandModel.FiniteLife };

    /// <summary>To the target where nothing is said: what traders mean by a threshold.</summary>
    private static HedgeGoal Goal(string word) => word switch { "edge" => HedgeGoal.Edge, "midpoint" => HedgeGoal.Midpoint, _ => HedgeGoal.Target };

    private static double Years(string span) => double.Parse(span[..^1], CultureInfo.InvariantCulture) * (span[^1] switch { 'm' => 1 / 60.0, 'h' => 1, _ => 24 }) / HoursAYear;

    [GeneratedRegex(@"^((fixed-time\s+|every\s+)?(?<time>\d{1,4}[mhd])|((?<model>ww|zak|finite-life)|(?<below>\d{1,6}(\.\d{1,8})?)(/(?<above>\d{1,6}(\.\d{1,8})?))?(\s+to\s+(?<goal>edge|target|midpoint))?)(\s+every\s+(?<every>\d{1,4}[mhd]))?)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
