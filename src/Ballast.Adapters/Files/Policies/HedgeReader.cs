using Ballast.Adapters.Files.Yaml;
using Ballast.Derivatives;
using Ballast.Hedging;
using Ballast.Instruments;
using Ballast.Money;

namespace Ballast.Adapters.Files.Policies;

/// <summary>Reads which exposure a book should have, how it is corrected, and how much margin that may use.</summary>
internal sealed class HedgeReader(Draft draft)
{
    public HedgeRules? Hedge(Section section)
    {
        var book = section.Requires("book", "deribit") ? section.Make<string>("book", Kinds.Name) : null;
        if (book is not null) draft.RequireAccount(section.Blame("book"), book);
        var outlook = section.Requires("outlook", $"{{ delta: 0 {draft.Base} }}") && section.Sub("outlook", PolicyKeys.Outlook) is { } aims ? OutlookOf(aims) : null;
        var numeraire = NumeraireOf(section);
        var with = section.Requires("with", "[BTC-PERPETUAL]") ? section.List<NamePattern>("with", Pattern) : [];
        if (section.Has("with") && with.IsEmpty && section["with"] is YamlNode.List { Items.IsEmpty: true }) draft.Faults.Add(section.Blame("with"), "EMPTY", "`with` is empty", "expected a contract such as BTC-PERPETUAL");
        section.Requires("when", "[]");
        var rules = new RuleReader(draft, 3).ReadAll(section["when"], "when");
        var band = section.Make<DeltaBand>("band", Band);
        var aversion = section.Get<double>("riskAversion", Kinds.Factor);
        if (aversion is not null && band is not DeltaBand.LeastCost) draft.Faults.Add(section.KeyPlace("riskAversion"), "NOT_USED", "`riskAversion` is only for `band: least-cost`", "leave it out");
        if (outlook is { Delta: Aim.Free } && band is not null) draft.Faults.Add(section.Blame("band"), "NOT_USED", "the outlook leaves delta free, so that it has no band", "leave `band` out, or say where delta should be");
        return book is null || outlook is null || numeraire is null || with.IsEmpty ? null : new HedgeRules(book, outlook, numeraire.Value, with)
        {
            Band = band, RiskAversion = aversion ?? 3, When = rules, Pauses = Pauses(section),
            To = section.Get("to", Kinds.Choice(("band-edge", HedgeTo.BandEdge), ("target", HedgeTo.Target), ("halfway", HedgeTo.Halfway))) ?? HedgeTo.BandEdge,
            Legs = section.Get("legs", Kinds.Choice(("together", LegMode.Together), ("one-by-one", LegMode.OneByOne))) ?? LegMode.OneByOne,
        };
    }

    public MarginLimits? Margin(Section section)
    {
        var rules = section.Requires("rules", "deribit-pm") ? section.Make<string>("rules", Kinds.Name) : null;
        var use = section.Sub("use", PolicyKeys.MarginUse);
        decimal? aim = use?.Get("aim", Kinds.PositiveShare()), act = use?.Get("act", Kinds.PositiveShare()), stop = use?.Get("stop", Kinds.PositiveShare());
        var (a, b, c) = (aim ?? act ?? stop ?? 0.5m, act ?? stop ?? 0.7m, stop ?? 0.9m);
        if (use is not null && !(a < b && b < c || aim is null && act is null))
            draft.Faults.Add(section.Blame("use"), "MIN_ABOVE_MAX", $"aim {Kinds.Percent(a)}, act {Kinds.Percent(b)} and stop {Kinds.Percent(c)} do not rise", "expected aim < act < stop");
        var relief = section.List("relief", Kinds.Choice(("reduce-hedge", ReliefWay.ReduceHedge), ("move-collateral", ReliefWay.MoveCollateral), ("close-worst", ReliefWay.CloseWorst)));
        var from = section.Make<string>("moveFrom", Kinds.Name);
        if (from is not null) draft.RequireAccount(section.Blame("moveFrom"), from);
        return rules is null ? null : new(rules, (double)a, (double)b, (double)c, relief, from);
    }

    private Numeraire? NumeraireOf(Section section)
    {
        if (section.Has("numeraire")) return section.Get("numeraire", Kinds.Choice(("coin", Numeraire.Coin), ("money", Numeraire.Money)));
        draft.Faults.Add(section.Place, "NUMERAIRE_REQUIRED", "`numeraire` is missing: it decides which delta is neutral", "expected `numeraire: coin` (keeps your coins) or `numeraire: money` (keeps your money)");
        return null;
    }

    private Outlook? OutlookOf(Section aims)
    {
        if (!aims.Requires("delta", $"0 {draft.Base}")) return null;
        Aim? delta = aims.Make<Aim>("delta", AimText), gamma = aims.Make<Aim>("gamma", AimText), vega = aims.Make<Aim>("vega", AimText);
        foreach (var (key, aim) in (ReadOnlySpan<(string, Aim?)>)[("gamma", gamma), ("vega", vega)])
            if (aim is Aim.OfEquity) draft.Faults.Add(aims.Blame(key), "WRONG_UNIT", $"a share of the book's value is no {key}", $"expected amounts such as -500 USD..500 USD, or free");
        return delta is null ? null : new(delta, gamma ?? new Aim.Free(), vega ?? new Aim.Free());
    }

    /// <summary><c>free</c>, an amount, a range of amounts, or a share of the book's own value.</summary>
    private Parsed<Aim> AimText(string text)
    {
        if (text == "free") return Parsed.Of<Aim>(new Aim.Free());
        if (text.EndsWith('%')) return Kinds.Share(-1.5m, 1.5m)(text).To(s => (Aim)new Aim.OfEquity((double)s));
        var ends = text.Split("..");
        if (ends.Length > 2) return Parsed.Bad(text, "not a range", $"expected a range such as -0.5 {draft.Base}..0.5 {draft.Base}");
        Parsed<Amount> low = Signed(ends[0]), high = Signed(ends[^1]);
        if ((low.Complaint ?? high.Complaint) is { } complaint) return complaint;
        if (low.Value.Asset != high.Value.Asset) return new Complaint("WRONG_UNIT", $"the range is from {low.Value.Asset} to {high.Value.Asset}", "expected one unit for both ends");
        return low.Value.Value <= high.Value.Value ? Parsed.Of<Aim>(new Aim.Between(low.Value, high.Value))
            : new Complaint("MIN_ABOVE_MAX", $"the range {Quoted.Short(text)} begins above its end", $"did you mean {ends[1]}..{ends[0]}?");
    }

    private Parsed<Amount> Signed(string text) =>
        text.StartsWith('-') ? Kinds.Money(draft.Base)(text[1..]).To(a => -a) : Kinds.Money(draft.Base)(text);

    private Parsed<DeltaBand> Band(string text) =>
        text == "least-cost" ? Parsed.Of<DeltaBand>(new DeltaBand.LeastCost()) : Kinds.PositiveMoney(draft.Base)(text).To(a => (DeltaBand)new DeltaBand.Fixed(a));

    private static Parsed<NamePattern> Pattern(string text) =>
        text.Length is >= 1 and <= 60 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '*') ? Parsed.Of(new NamePattern(text))
        : Parsed.Bad(text, "not a contract", "expected a name or pattern such as BTC-PERPETUAL or BTC-*-C");

    private ImmutableArray<EventPause> Pauses(Section section) =>
        [.. Shape.List(section["pause"], "pause", draft.Faults).Select(PauseOf).OfType<EventPause>()];

    private EventPause? PauseOf(YamlNode node)
    {
        if (Section.Open(node, PolicyKeys.PauseAround, draft.Faults) is not { } pause) return null;
        var complete = pause.Requires("around", "funding") & pause.Requires("for", "10m");
        var around = pause.Get("around", Kinds.Choice(("funding", VenueEvent.Funding), ("expiry", VenueEvent.Expiry), ("settlement", VenueEvent.Settlement)));
        return complete && around is { } what && pause.Get<Duration>("for", Kinds.Span) is { } span ? new(what, span) : null;
    }
}
