using Ballast.Adapters.Files.Yaml;
using Ballast.Planning;
using Ballast.Triggers;

namespace Ballast.Adapters.Files.Policies;

/// <summary>Reads when to act, how far to go and with which trades.</summary>
internal sealed class RebalanceReader(Draft draft)
{
    private const double UsualRiskAversion = 3;

    public static Kind<Mode> ModeKind { get; } = Kinds.Choice(
        ("full", Mode.Full), ("buy-only", Mode.BuyOnly), ("sell-only", Mode.SellOnly), ("cash-flow", Mode.CashFlow), ("reduce-only", Mode.ReduceOnly));

    /// <param name="hasFlows">Whether the file expects money to come: without it, buying only can never restore the weights.</param>
    public RebalanceRules Read(Section section, bool hasFlows)
    {
        section.Requires("when", "[]");
        var aversion = section.Get<double>("riskAversion", Kinds.Factor) ?? UsualRiskAversion;
        var rules = new RebalanceRules
        {
            When = new RuleReader(draft, aversion).ReadAll(section["when"], "when"),
            Interval = section.Make<LookInterval>("interval", IntervalText) ?? new LookInterval.Bars(1),
            To = To(section, aversion),
            Mode = section.Get("mode", ModeKind) ?? Mode.Full,
            Otherwise = Otherwise(section),
            InitialRebalance = section.Get<bool>("initialRebalance", Kinds.YesNo) ?? false,
            Cooldown = section.Get<Duration>("cooldown", Kinds.Span),
            AtLeastEvery = section.Get<Duration>("atLeastEvery", Kinds.Span),
            Pauses = Pauses(section),
        };
        Check(section, rules, hasFlows);
        return rules;
    }

    private void Check(Section section, RebalanceRules rules, bool hasFlows)
    {
        if (rules.Cooldown >= rules.AtLeastEvery)
            draft.Faults.Add(section.Blame("cooldown"), "COOLDOWN_TOO_LONG", "the cooldown is not shorter than `atLeastEvery`", "expected a cooldown that lets that rule act");
        if (rules.Mode == Mode.BuyOnly && !hasFlows && rules.Otherwise is null)
            draft.Faults.Warn(section.Blame("mode"), "CANNOT_RESTORE", "buying only, without `flows` and without `otherwise`, can never restore the weights", "`otherwise: { mode: full, after: 90d }` would");
        if (rules.To is Destination.BandEdge && !rules.When.IsEmpty && !rules.When.SelectMany(r => r.WithParts()).Any(r => r is Drift or LeavesRegion))
            draft.Faults.Warn(section.Blame("to"), "NO_BAND", "no rule has a band, so there is no edge", "each goes to the target");
        if (section.Has("otherwise") && rules.Otherwise?.Mode == rules.Mode)
            draft.Faults.Warn(section.Blame("otherwise"), "SAME_MODE", "`otherwise` has the mode that holds already", "it changes nothing");
        CheckRegion(section, rules);
    }

    internal static Parsed<LookInterval> IntervalText(string text) =>
        text.Length > 0 && text.All(char.IsAsciiDigit) ? Kinds.Count(1, 1_000_000)(text).To(n => (LookInterval)new LookInterval.Bars(n))
        : Kinds.Span(text).To(span => (LookInterval)new LookInterval.Every(span));

    private static Destination To(Section section, double aversion) =>
        section.Make<Destination>("to", ToText) switch
        {
            null => new Destination.Target(),
            Destination.LeastCost => new Destination.LeastCost(aversion),
            var to => to,
        };

    /// <summary>The risk aversion of the no-trade region: needed where a rule or the destination is of it, and stated once.</summary>
    private void CheckRegion(Section section, RebalanceRules rules)
    {
        var (goes, asks) = (rules.To is Destination.LeastCost, rules.When.SelectMany(r => r.WithParts()).Any(r => r is LeavesRegion));
        if (!goes && !asks && section.Has("riskAversion"))
            draft.Faults.Add(section.KeyPlace("riskAversion"), "NOT_USED", "`riskAversion` is only for `to: least-cost` and `gain: least-cost`", "leave it out");
        if ((goes || asks) && !section.Has("riskAversion"))
            draft.Faults.Warn(section.Blame(goes ? "to" : "when"), "RISK_AVERSION", $"least-cost takes a risk aversion of {UsualRiskAversion}", "`riskAversion: N` beside it changes that");
        if (asks && rules.To is Destination.Target)
            draft.Faults.Warn(section.Blame(section.Has("to") ? "to" : "when"), "BEYOND_THE_EDGE", "`gain: least-cost` fires at the edge of the no-trade region, and going on to the target costs more than it brings", "`to: least-cost` stops at the edge");
    }

    internal static Parsed<Destination> ToText(string text)
    {
        const string way = " of the way";
        if (text.EndsWith(way, StringComparison.Ordinal)) return Kinds.PositiveShare()(text[..^way.Length]).To(s => (Destination)new Destination.PartWay((double)s));
        if (Kinds.Share()(text).Ok) return new Complaint("BAD_VALUE", $"`{text}` is not a destination", $"did you mean {text} of the way?");
        return Kinds.Choice<Destination>(
            ("target", new Destination.Target()), ("band-edge", new Destination.BandEdge(Inner: false)), ("halfway", new Destination.PartWay(0.5)),
            ("inner-edge", new Destination.BandEdge(Inner: true)), ("least-cost", new Destination.LeastCost(UsualRiskAversion)))(text);
    }

    private static (Mode, Duration)? Otherwise(Section section)
    {
        if (section.Sub("otherwise", PolicyKeys.Otherwise) is not { } other) return null;
        var complete = other.Requires("mode", "full") & other.Requires("after", "90d");
        return other.Get("mode", ModeKind) is { } mode && other.Get<Duration>("after", Kinds.Span) is { } after && complete ? (mode, after) : null;
    }

    private ImmutableArray<Pause> Pauses(Section section) =>
        [.. Shape.List(section["pause"], "pause", draft.Faults).Select(PauseOf).OfType<Pause>()];

    private Pause? PauseOf(YamlNode node)
    {
        if (Shape.Map(node, "a pause", draft.Faults) is not { } map) return null;
        if (map.Find("around") is { } around)
        {
            draft.Faults.NotYet(around.Key.Place, "`around`", "expected `from` and `until`");
            Section.Open(map, PolicyKeys.PauseAround, draft.Faults);
            return null;
        }
        var span = Section.Open(map, PolicyKeys.PauseSpan, draft.Faults)!;
        var complete = span.Requires("from", "2026-12-24") & span.Requires("until", "2026-12-27");
        var moment = RangeKinds.Moment(draft.Zone);
        if (span.Get("from", moment) is not { } from || span.Get("until", moment) is not { } until || !complete) return null;
        if (from >= until) draft.Faults.Add(span.Blame("until"), "MIN_ABOVE_MAX", "the pause ends before it begins", "expected `until` after `from`");
        return new(from, until);
    }
}
