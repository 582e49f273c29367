using Ballast.Money;
using Ballast.Triggers;

namespace Ballast.Adapters.Files.Policies;

/// <summary>Reads a <c>measure</c> rule: which figure, and between which bounds it may be.</summary>
internal sealed class MeasureReader(Draft draft)
{
    private static readonly Dictionary<string, MeasureKind> Supported = new()
    {
        ["volatility"] = MeasureKind.Volatility,
        ["trackingError"] = MeasureKind.TrackingError,
        ["riskShare"] = MeasureKind.RiskShare,
        ["concentration"] = MeasureKind.Concentration,
        ["drawdown"] = MeasureKind.Drawdown,
        ["grossExposure"] = MeasureKind.GrossExposure,
        ["netExposure"] = MeasureKind.NetExposure,
        ["expectedShortfall"] = MeasureKind.ExpectedShortfall,
        ["valueAtRisk"] = MeasureKind.ValueAtRisk,
        ["marginUse"] = MeasureKind.MarginUse,
        ["hedgeRatio"] = MeasureKind.HedgeRatio,
    };

    private static readonly string[] Later = ["beta"];

    public Measure? Read(Section section)
    {
        if (KindOf(section) is not { } kind) return null;
        if (kind is MeasureKind.MarginUse or MeasureKind.HedgeRatio && !draft.Hedges)
            draft.Faults.Add(section.Blame("measure"), "NO_BOOK", "there is no `hedge` section, so that there is no book to measure", "expected a measure of the portfolio");
        var confirm = section.Get("confirm", Kinds.Count(1, 1000)) ?? 1;
        var bound = RangeKinds.Threshold(kind is MeasureKind.GrossExposure or MeasureKind.NetExposure);
        double? above = section.Get("above", bound), below = section.Get("below", bound);
        if (!section.Has("above") && !section.Has("below"))
            draft.Faults.Add(section.Place, "MISSING_KEY", "the measure has no bound", "expected `above`, `below` or both");
        if (above <= below)
            draft.Faults.Add(section.Blame("above"), "MIN_ABOVE_MAX", "`above` is not above `below`, so the rule would always fire", "expected `below` under `above`");
        return new(kind, Of(section, kind), above, below, Lookback(section, kind), confirm);
    }

    private MeasureKind? KindOf(Section section)
    {
        if (Shape.Text(section["measure"], "measure", draft.Faults) is not { } text) return null;
        if (Supported.TryGetValue(text.Text, out var kind)) return kind;
        if (Later.Contains(text.Text)) draft.Faults.NotYet(text.Place, $"`measure: {text.Text}`", "expected " + Quoted.Or(Supported.Keys));
        else draft.Faults.Add(text.Place, new Complaint("UNKNOWN_VALUE", text.Text.Length == 0 ? "the value is empty" : $"unknown value `{Quoted.Short(text.Text)}`", Nearest.Advice(text.Text, [.. Supported.Keys, .. Later])));
        return null;
    }

    private Asset? Of(Section section, MeasureKind kind)
    {
        if (section.Get<Asset>("of", Kinds.Asset) is not { } asset) return null;
        if (kind is not (MeasureKind.RiskShare or MeasureKind.Concentration))
            draft.Faults.Add(section.KeyPlace("of"), "NOT_USED", "this measure is of the whole portfolio", "leave `of` out, or expected riskShare or concentration");
        else if (asset != draft.Base && !draft.Targets.Assets.Contains(asset))
            draft.Faults.Add(section.Blame("of"), "UNKNOWN_NAME", $"`{asset}` names no target", Nearest.Advice(asset.Code, [.. draft.Targets.Assets.Select(a => a.Code)]));
        return asset;
    }

    private Duration? Lookback(Section section, MeasureKind kind)
    {
        if (section.Has("lookback") && kind is (MeasureKind.Concentration or MeasureKind.Drawdown or MeasureKind.GrossExposure or MeasureKind.NetExposure or MeasureKind.MarginUse or MeasureKind.HedgeRatio))
            draft.Faults.Add(section.KeyPlace("lookback"), "NOT_USED", "this measure looks at no history", "leave `lookback` out");
        return section.Get<Duration>("lookback", Kinds.Span);
    }
}
