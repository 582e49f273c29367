using Ballast.Adapters.Files.Yaml;
using Ballast.Money;
using Ballast.Planning;

namespace Ballast.Adapters.Files.Policies;

/// <summary>Reads what may not happen, and checks that the targets can be reached within it.</summary>
internal sealed class LimitsReader(Draft draft)
{
    private const decimal Tolerance = 1e-9m;

    private readonly Dictionary<string, Place> _ranges = [];

    public Limits Read(Section? section, IEnumerable<Asset> otherForms)
    {
        if (section is null) return Limits.None;
        var ranges = Ranges(section);
        var (buffer, bufferShare) = Buffer(section);
        var never = section.Sub("never", PolicyKeys.Never);
        var limits = new Limits
        {
            MinTrade = section.Get("minTrade", Kinds.Money(draft.Base)) ?? default,
            MaxTrade = section.Get("maxTrade", Kinds.PositiveMoney(draft.Base)),
            MaxTrades = section.Get("maxTrades", Kinds.Count(1, 100_000)),
            CashBuffer = buffer,
            CashBufferShare = bufferShare,
            Turnover = section.Make<TurnoverLimit>("turnover", RangeKinds.Turnover),
            Slippage = section.Get<decimal>("slippage", Kinds.Bps),
            PriceAge = section.Get<Duration>("priceAge", Kinds.Span),
            GrossExposure = section.Get<ShareRange>("grossExposure", RangeKinds.Multiples),
            Weights = ranges.Where(r => r.Key != "each").ToImmutableSortedDictionary(r => new Asset(r.Key), r => r.Value),
            EachWeight = ranges.TryGetValue("each", out var each) ? each : null,
            Groups = Groups(section),
            NeverBuy = [.. never?.List("buy", Kinds.Asset) ?? []],
            NeverSell = [.. never?.List("sell", Kinds.Asset) ?? []],
        };
        if (never is not null) WarnUnknown(never, limits, otherForms);
        Check(section, limits);
        return limits;
    }

    private Dictionary<string, ShareRange> Ranges(Section section)
    {
        var ranges = new Dictionary<string, ShareRange>();
        if (!section.Has("weights")) return ranges;
        foreach (var (name, entry) in Shape.Named(section["weights"], "weights", draft.Faults))
        {
            if (name.Text != "each" && name.Text != draft.Base.Code && !draft.Targets.Assets.Contains(new(name.Text)))
                draft.Faults.Add(name.Place, "UNKNOWN_NAME", $"`{name.Text}` names no target asset", Nearest.Advice(name.Text, [.. draft.Targets.Assets.Select(a => a.Code), "each"]));
            if (Shape.Text(entry.Value, name.Text, draft.Faults) is not { } text) continue;
            var range = RangeKinds.Shares(text.Text);
            if (range.Complaint is { } c) draft.Faults.Add(text.Place, c);
            else (ranges[name.Text], _ranges[name.Text]) = (range.Value, text.Place);
        }
        return ranges;
    }

    private (Amount, decimal) Buffer(Section section)
    {
        if (Shape.Text(section["cashBuffer"], "cashBuffer", draft.Faults) is not { } text) return default;
        if (Kinds.Share(0m, 0.99m)(text.Text) is { Ok: true } share) return (default, share.Value);
        return (section.Get("cashBuffer", Kinds.Money(draft.Base)) ?? default, 0m);
    }

    private ImmutableArray<GroupLimit> Groups(Section section)
    {
        var groups = ImmutableArray.CreateBuilder<GroupLimit>();
        foreach (var node in Shape.List(section["groups"], "groups", draft.Faults))
        {
            if (Section.Open(node, PolicyKeys.Group, draft.Faults) is not { } group) continue;
            var complete = group.Requires("of", "[BTC, ETH]") & group.Requires("share", "0%..30%");
            var of = group.List("of", Kinds.Asset);
            foreach (var asset in of)
                if (!draft.Targets.Assets.Contains(asset))
                    draft.Faults.Add(group.Blame("of"), "UNKNOWN_NAME", $"`{asset}` names no target asset", Nearest.Advice(asset.Code, [.. draft.Targets.Assets.Select(a => a.Code)]));
            if (group.Get<ShareRange>("share", RangeKinds.Shares) is not { } share || !complete) continue;
            groups.Add(new(of, share));
            CheckGroup(group, of, share);
        }
        return groups.ToImmutable();
    }

    private void WarnUnknown(Section never, Limits limits, IEnumerable<Asset> otherForms)
    {
        var known = draft.Targets.Assets.Concat(otherForms).Append(draft.Base).ToHashSet();
        foreach (var (key, assets) in new[] { ("buy", limits.NeverBuy), ("sell", limits.NeverSell) })
            foreach (var asset in assets.Where(a => !known.Contains(a)).Order())
                draft.Faults.Warn(never.Blame(key), "UNKNOWN_NAME", $"{asset} is in no target", Nearest.Of(asset.Code, known.Select(k => k.Code)) is { } near ? $"did you mean {near}?" : "it would not be traded anyway");
    }

    private void Check(Section section, Limits limits)
    {
        if (limits.MaxTrade is { } most && most.Asset == limits.MinTrade.Asset && most.Value < limits.MinTrade.Value)
            draft.Faults.Add(section.Blame("maxTrade"), "MIN_ABOVE_MAX", $"`maxTrade` is below `minTrade` of {limits.MinTrade}", "expected more");
        if (limits.GrossExposure is { Low: > 1 })
            draft.Faults.Add(section.Blame("grossExposure"), "BANDS_INFEASIBLE", "the gross exposure is to be above 1x", "expected 1x or less at its lower end: portfolios do not borrow");
        if (!draft.Targets.SizesKnown) return;
        foreach (var (asset, weight) in draft.Targets.Fixed) CheckFixed(section, limits, asset, weight);
        foreach (var (share, assets) in draft.Targets.Computed) CheckComputed(section, limits, share, assets);
    }

    private void CheckFixed(Section section, Limits limits, Asset asset, decimal weight)
    {
        var range = limits.RangeOf(asset);
        var computedToo = draft.Targets.Computed.Exists(c => c.Assets.Contains(asset));
        if (weight <= range.High + Tolerance && (weight >= range.Low - Tolerance || computedToo)) return;
        draft.Faults.Add(PlaceOf(section, asset.Code), "BANDS_INFEASIBLE", $"{asset}'s target of {Figures.Percent(weight)} is {(weight > range.High ? "above" : "below")} its limit {Text(range)}", "expected a limit that holds the target");
    }

    private void CheckComputed(Section section, Limits limits, decimal share, ImmutableArray<Asset> assets)
    {
        if (assets.IsEmpty || limits.Weights.IsEmpty && limits.EachWeight is null) return;
        decimal low = assets.Sum(a => limits.RangeOf(a).Low), high = assets.Sum(a => limits.RangeOf(a).High);
        if (share < low - Tolerance || share > high + Tolerance)
            draft.Faults.Add(section.Blame("weights"), "BANDS_INFEASIBLE", $"the limits let {Quoted.And(assets.Select(a => a.Code))} have {Text(new(low, high))}, and {Figures.Percent(share)} is to be shared among them", "expected limits that leave room for it");
    }

    private void CheckGroup(Section group, ImmutableArray<Asset> of, ShareRange share)
    {
        if (!draft.Targets.SizesKnown) return;
        var least = of.Sum(a => draft.Targets.Fixed.GetValueOrDefault(a)) + draft.Targets.Computed.Where(c => c.Assets.All(of.Contains)).Sum(c => c.Share);
        var most = of.Sum(a => draft.Targets.Fixed.GetValueOrDefault(a)) + draft.Targets.Computed.Where(c => c.Assets.Any(of.Contains)).Sum(c => c.Share);
        if (least > share.High + Tolerance || most < share.Low - Tolerance)
            draft.Faults.Add(group.Blame("share"), "BANDS_INFEASIBLE", $"the targets of {Quoted.And(of.Select(a => a.Code))} are {Figures.Percent(least > share.High ? least : most)} together, outside {Text(share)}", "expected a limit that holds them");
    }

    private Place PlaceOf(Section section, string name) => _ranges.TryGetValue(name, out var own) ? own : _ranges.TryGetValue("each", out var each) ? each : section.Blame("weights");

    private static string Text(ShareRange range) => $"{Figures.Exact(range.Low * 100)}%..{Figures.Exact(range.High * 100)}%";
}
