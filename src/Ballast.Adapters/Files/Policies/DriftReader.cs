using Ballast.Adapters.Files.Yaml;
using Ballast.Derivatives;
using Ballast.Money;
using Ballast.Triggers;

namespace Ballast.Adapters.Files.Policies;

/// <summary>Reads a <c>drift</c> rule: how far, of what, and how often in a row.</summary>
internal sealed class DriftReader(Draft draft)
{
    private static readonly string[] Greeks = ["delta", "gamma", "vega"];

    public ITrigger? Read(Section section)
    {
        var confirm = section.Get("confirm", Kinds.Count(1, 1000)) ?? 1;
        if (section["of"] is YamlNode.Scalar { Text: var greek } && Greeks.Contains(greek)) return OfGreek(section, Enum.Parse<Greek>(greek, ignoreCase: true), confirm);
        var of = Of(section);
        var (over, under) = Sides(section);
        if (over is null || under is null || of.IsDefault) return null;
        FaultZeroTargets(section, of, over, under);
        return new Drift(over, under, of, confirm);
    }

    /// <summary>A distance of a book's delta, gamma or vega from its outlook: in coins or money, for a share would be of nothing.</summary>
    private GreekDrift? OfGreek(Section section, Greek greek, int confirm)
    {
        if (!draft.Hedges) draft.Faults.Add(section.Blame("of"), "NO_BOOK", $"there is no `hedge` section, so that there is no {greek.ToString().ToLowerInvariant()}", "expected assets or sleeves");
        if (section["drift"] is not YamlNode.Map) return section.Get("drift", Kinds.PositiveMoney(draft.Base)) is { } both ? new(greek, both, both, confirm) : null;
        var sides = section.Sub("drift", PolicyKeys.DriftSides)!;
        var complete = sides.Requires("over", $"0.25 {draft.Base}") & sides.Requires("under", $"0.25 {draft.Base}");
        return sides.Get("over", Kinds.PositiveMoney(draft.Base)) is { } over && sides.Get("under", Kinds.PositiveMoney(draft.Base)) is { } under && complete ? new(greek, over, under, confirm) : null;
    }

    private (DriftDistance? Over, DriftDistance? Under) Sides(Section section)
    {
        if (section["drift"] is not YamlNode.Map) return section.Make<DriftDistance>("drift", Distance) is { } both ? (both, both) : default;
        var sides = section.Sub("drift", PolicyKeys.DriftSides)!;
        var complete = sides.Requires("over", "5%") & sides.Requires("under", "5%");
        DriftDistance? over = sides.Make<DriftDistance>("over", Distance), under = sides.Make<DriftDistance>("under", Distance);
        return complete ? (over, under) : default;
    }

    private Parsed<DriftDistance> Distance(string text) => Distance(text, draft.Base);

    /// <summary>How far: points, a part of the target, sigmas, or an amount of money.</summary>
    internal static Parsed<DriftDistance> Distance(string text, Asset baseAsset)
    {
        if (text.EndsWith(" of target", StringComparison.Ordinal))
            return Kinds.PositiveShare(10m)(text[..^10]).To(s => (DriftDistance)new DriftDistance.OfTarget(s));
        if (text.Split(" sigma of ") is [var count, var span]) return Sigma(count, span);
        if (text.Split(' ') is [var number, "point" or "points"]) return Parsed.Bad(text, "not a distance", $"a point is a percent: expected {number}%");
        var share = Kinds.PositiveShare()(text);
        if (share.Ok || share.Complaint!.Code is "NO_UNIT" or "OUT_OF_RANGE") return share.To(s => (DriftDistance)new DriftDistance.Points(s));
        if (Kinds.Split(text) is (not null, [' ', _, ..])) return Kinds.PositiveMoney(baseAsset)(text).To(a => (DriftDistance)new DriftDistance.Money(a));
        return Parsed.Bad(text, "not a distance", "expected 5%, 25% of target, 2 sigma of 30d or an amount");
    }

    private static Parsed<DriftDistance> Sigma(string count, string span)
    {
        var (times, lookback) = (Kinds.Factor(count), Kinds.Span(span));
        return (times.Complaint ?? lookback.Complaint) is { } c ? c : Parsed.Of<DriftDistance>(new DriftDistance.Sigma(times.Value, lookback.Value));
    }

    /// <summary>The names to look at; empty for all targets, default where one is faulty.</summary>
    private ImmutableArray<string> Of(Section section)
    {
        if (!section.Has("of")) return [];
        YamlNode[] names = section["of"] is YamlNode.List list ? [.. list.Items] : [section["of"]!];
        var texts = names.Select(n => Shape.Text(n, "of", draft.Faults)).OfType<YamlNode.Scalar>().ToArray();
        if (texts is [{ Text: "assets" }] && !draft.Targets.Sleeves.Contains("assets")) return [];
        if (names.Length == 0) draft.Faults.Add(section.Blame("of"), "EMPTY", "`of` is empty", "leave it out to look at every target");
        var good = texts.Length == names.Length && names.Length > 0;
        foreach (var text in texts) good &= Named(text);
        return good ? [.. texts.Select(t => t.Text)] : default;
    }

    private bool Named(YamlNode.Scalar name)
    {
        if (!Greeks.Contains(name.Text)) return draft.RequireTarget(name.Place, name.Text);
        draft.Faults.Add(name.Place, "SEVERAL_HEADS", $"{name.Text} stands beside other names", $"expected a rule of its own, `of: {name.Text}`");
        return false;
    }

    /// <summary>A band that is a fraction of nothing never fires: a fault where the zero is named, a warning where it is one of all.</summary>
    private void FaultZeroTargets(Section section, ImmutableArray<string> of, DriftDistance over, DriftDistance under)
    {
        if (over is DriftDistance.Sigma or DriftDistance.OfTarget && of.FirstOrDefault(n => over is DriftDistance.Sigma && draft.Targets.Sleeves.Contains(n)) is { } sleeve)
            draft.Faults.NotYet(section.Blame("drift"), $"sigma of the sleeve {sleeve}", "expected points or a share of the target");
        if (over is not DriftDistance.OfTarget && under is not DriftDistance.OfTarget || !draft.Targets.SizesKnown) return;
        foreach (var (asset, weight) in draft.Targets.Fixed)
        {
            if (weight != 0 || draft.Targets.Computed.Exists(c => c.Assets.Contains(asset))) continue;
            if (of.Contains(asset.Code)) draft.Faults.Add(section.Blame("drift"), "RELATIVE_BAND_ON_ZERO", $"a share of {asset}'s target is nothing, for its target is 0 %", "expected points of weight, such as 5%");
            else if (of.IsEmpty) draft.Faults.Warn(section.Blame("drift"), "RELATIVE_BAND_ON_ZERO", $"{asset}'s target is 0 %, so this rule never looks at it", "a second rule with points of weight would");
        }
    }
}
