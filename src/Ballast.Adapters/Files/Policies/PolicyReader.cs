using Ballast.Adapters.Files.Yaml;
using Ballast.Hedging;
using Ballast.Money;
using Ballast.Planning;
using Ballast.Targets;

namespace Ballast.Adapters.Files.Policies;

/// <summary>Reads the sections of a portfolio file in the order in which they refer to each other.</summary>
internal sealed class PolicyReader(PlacedFaults faults)
{
    private readonly Draft _draft = new(faults);

    /// <summary>The policy; null where something is missing from it. It counts only when no fault was found.</summary>
    public Policy? Read(YamlNode root)
    {
        if (Section.Open(root, PolicyKeys.File, faults, new Place(1, 1, 1)) is not { } file) return null;
        var name = Head(file);
        _draft.Hedges = file.Has("hedge");
        var places = new PlacesReader(_draft);
        var accounts = places.Accounts(file["accounts"]);
        var targets = Targets(file);
        var holdings = places.Holdings(file.Sub("holdings", PolicyKeys.Holdings));
        var flows = places.Flows(file["flows"]);
        var rebalance = Rebalance(file, flows.Any(f => f.Amount.Value > 0));
        var hedge = file.Sub("hedge", PolicyKeys.Hedge) is { } hedging ? new HedgeReader(_draft).Hedge(hedging) : null;
        var margin = file.Sub("margin", PolicyKeys.Margin) is { } margins ? new HedgeReader(_draft).Margin(margins) : null;
        if (file.Has("margin") && !file.Has("hedge")) _draft.Faults.Add(file.KeyPlace("margin"), "NO_BOOK", "there is no `hedge` section, so that there is no book with a margin", "expected `hedge: { book: .. }` beside it");
        var costs = new CostsReader(_draft);
        var limits = new LimitsReader(_draft).Read(file.Sub("limits", PolicyKeys.Limits), holdings.SameAs.Keys);
        var schedule = costs.Costs(file.Sub("costs", PolicyKeys.Costs));
        var taxes = costs.Taxes(file.Sub("taxes", PolicyKeys.Taxes));
        var interest = CostsReader.CashInterest(file.Sub("cash", PolicyKeys.Cash));
        var safety = new SafetyReader(_draft).Read(file.Sub("safety", PolicyKeys.Safety), holdings.SameAs.Keys);
        var running = new RunReader(_draft);
        var run = running.Run(file.Sub("run", PolicyKeys.Run));
        var notify = running.Notify(file["notify"]);
        return name is null || targets is null || rebalance is null ? null : new Policy(name, _draft.Base, _draft.Zone)
        {
            Accounts = accounts, Holdings = holdings, Flows = flows, Targets = targets, Rebalance = rebalance,
            Costs = schedule, Taxes = taxes, Limits = limits, Safety = safety, CashInterest = interest, NotActive = [.. NotActive(margin), .. NotActive(notify)], Run = run, Notify = notify,
            Hedge = hedge, Margin = margin,
        };
    }

    private string? Head(Section file)
    {
        if (file.Requires("version", "1"))
            file.Get<int>("version", text => text == "1" ? Parsed.Of(1) : new Complaint("VERSION", $"`{Quoted.Short(text)}` is no version that this program reads", "expected 1"));
        if (file.Requires("base", "USDT")) _draft.Base = file.Get<Asset>("base", Kinds.Asset) ?? _draft.Base;
        if (file.Has("timeZone")) _draft.Zone = file.Make<DateTimeZone>("timeZone", Zone) ?? DateTimeZone.Utc;
        return file.Requires("name", "core") ? file.Make<string>("name", Title) : null;
    }

    private static Parsed<string> Title(string text) =>
        text.Trim().Length is >= 1 and <= 80 && !text.Any(char.IsControl) ? Parsed.Of(text.Trim()) : Parsed.Bad(text, "not a name", "expected one line of at most 80 characters");

    private static Parsed<DateTimeZone> Zone(string text) =>
        DateTimeZoneProviders.Tzdb.GetZoneOrNull(text) is { } zone ? Parsed.Of(zone)
        : new Complaint("UNKNOWN_TIME_ZONE", $"no time zone is named `{Quoted.Short(text)}`",
            Nearest.Of(text, DateTimeZoneProviders.Tzdb.Ids) is { } near ? $"did you mean {near}?" : "expected a name such as UTC or Europe/Berlin");

    private TargetNode? Targets(Section file) =>
        file.Requires("targets", "{ weights: { BTC: 100% } }") && file.Sub("targets", PolicyKeys.Targets) is { } section ? new TargetsReader(_draft).Read(section) : null;

    private RebalanceRules? Rebalance(Section file, bool hasFlows) =>
        file.Requires("rebalance", "{ when: [] }") && file.Sub("rebalance", PolicyKeys.Rebalance) is { } section ? new RebalanceReader(_draft).Read(section, hasFlows) : null;

    private static ImmutableArray<string> NotActive(MarginLimits? margin) => margin is { Relief.IsEmpty: false } or { MoveFrom: not null }
        ? ["relief and moveFrom of margin are not active yet: margin is relieved by closing what frees most for its cost"] : [];

    private static ImmutableArray<string> NotActive(ImmutableArray<Notice> notify) => notify.Any(n => n.By == "email")
        ? ["notify by email is not active yet: nobody is told by it; telegram, webhook and ntfy are"] : [];
}
