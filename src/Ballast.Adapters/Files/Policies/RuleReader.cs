using Ballast.Adapters.Files.Yaml;
using Ballast.Triggers;

namespace Ballast.Adapters.Files.Policies;

/// <summary>Reads a rule of <c>when</c>: its one head word decides what else may stand in it, and only that shape is faulted.</summary>
/// <param name="riskAversion">Of <c>gain: least-cost</c>, which has none of its own.</param>
internal sealed class RuleReader(Draft draft, double riskAversion)
{
    private static readonly string[] Heads = ["every", "drift", "measure", "flow", "cash", "gain", "all", "any"];

    /// <summary>The rules of a list; what could not be read is left out, with its faults.</summary>
    public ImmutableArray<ITrigger> ReadAll(YamlNode? list, string what) =>
        [.. Shape.List(list, what, draft.Faults).Select(Read).OfType<ITrigger>()];

    private ITrigger? Read(YamlNode node)
    {
        if (Map(node) is not { } map || HeadOf(map) is not { } head) return null;
        return head switch
        {
            "every" => Open(map, PolicyKeys.Every) is { } s && ScheduleReader.Read(s, draft) is { } schedule ? new Every(schedule) : null,
            "drift" => new DriftReader(draft).Read(Open(map, PolicyKeys.Drift)!),
            "measure" => new MeasureReader(draft).Read(Open(map, PolicyKeys.Measure)!),
            "flow" => Open(map, PolicyKeys.FlowRule)!.Get("flow", Kinds.PositiveMoney(draft.Base)) is { } least ? new Flow(least) : null,
            "cash" => IdleCash(Open(map, PolicyKeys.CashRule)!),
            "gain" => Gain(Open(map, PolicyKeys.Gain)!),
            "all" => All(Open(map, PolicyKeys.All)!),
            _ => Any(Open(map, PolicyKeys.Any)!),
        };
    }

    private YamlNode.Map? Map(YamlNode node)
    {
        if (node is not YamlNode.Scalar text) return Shape.Map(node, "a rule", draft.Faults);
        var like = text.Text is "month" or "day" or "week" or "quarter" or "year" ? $"did you mean `every: {text.Text}`?" : "expected a head word and its value, such as `drift: 5%`";
        draft.Faults.Add(text.Place, "WRONG_SHAPE", text.Text.Length == 0 ? "the rule is empty" : $"`{Quoted.Short(text.Text)}` is not a rule", like);
        return null;
    }

    private string? HeadOf(YamlNode.Map map)
    {
        var heads = map.Entries.Where(e => Heads.Contains(e.Key.Text)).Select(e => e.Key).ToArray();
        foreach (var second in heads.Skip(1))
            draft.Faults.Add(second.Place, "SEVERAL_HEADS", $"`{second.Text}` stands beside `{heads[0].Text}` in one rule", "expected two rules, or both under `all:`");
        if (heads.Length > 0) return heads.Length == 1 ? heads[0].Text : null;
        if (map.Find("not") is { } not)
            draft.Faults.Add(not.Key.Place, "NOT_OUTSIDE_ALL", "`not` stands alone", "expected it inside `all:`, beside a rule that can fire");
        else if (map.Entries.IsEmpty) draft.Faults.Add(map.Place, "NO_HEAD", "the rule is empty", "expected " + Quoted.Or(Heads));
        else draft.Faults.Add(map.Entries[0].Key.Place, "NO_HEAD", $"`{Quoted.Short(map.Entries[0].Key.Text)}` begins no rule", Nearest.Advice(map.Entries[0].Key.Text, Heads));
        return null;
    }

    private Section? Open(YamlNode.Map map, KeySet keys) => Section.Open(map, keys, draft.Faults);

    private IdleCash? IdleCash(Section section)
    {
        if (Shape.Text(section["cash"], "cash", draft.Faults) is not { } text) return null;
        if (Kinds.PositiveShare()(text.Text) is { Ok: true } share) return new(null, share.Value);
        return section.Get("cash", Kinds.PositiveMoney(draft.Base)) is { } amount ? new(amount, null) : null;
    }

    /// <summary>A multiple of the cost over a time; or leaving the no-trade region, whose risk aversion is that of <c>rebalance</c>.</summary>
    private ITrigger? Gain(Section section)
    {
        if (Shape.Text(section["gain"], "gain", draft.Faults) is { Text: "least-cost" })
        {
            foreach (var key in (string[])["over", "riskAversion"])
                if (section.Has(key)) draft.Faults.Add(section.KeyPlace(key), "NOT_USED", $"`{key}` is not for `gain: least-cost`", key == "over" ? "leave it out" : "state it in `rebalance`, beside `when`");
            return new LeavesRegion(riskAversion);
        }
        var over = section.Get<Duration>("over", Kinds.Span) ?? Duration.FromDays(365);
        var aversion = section.Get<double>("riskAversion", Kinds.Factor) ?? 3;
        return section.Get<double>("gain", GainTimes) is { } times ? new Gain(times, over, aversion) : null;
    }

    private static Parsed<double> GainTimes(string text) =>
        text.EndsWith("x cost", StringComparison.Ordinal) ? Kinds.Factor(text[..^6])
        : Kinds.Factor(text.TrimEnd('x')).Ok ? Parsed.NoUnit(text, text.TrimEnd('x') + "x cost")
        : Parsed.Bad(text, "not a multiple of the cost", "expected a multiple such as 2x cost, or least-cost");

    private AllOf? All(Section section)
    {
        var items = Several(section, "all");
        var nots = items.Select(NotOf).ToArray();
        var rules = items.Where((_, i) => nots[i] is null).Select(Read).OfType<ITrigger>().ToImmutableArray();
        var silent = nots.OfType<Section>().Select(n => Read(n["not"]!)).OfType<ITrigger>().ToImmutableArray();
        if (items.Length > 0 && nots.All(n => n is not null))
            draft.Faults.Add(section.Blame("all"), "ONLY_NOT", "`all` holds only `not` rules", "expected at least one rule that can fire");
        return items.IsEmpty || rules.IsEmpty ? null : new(rules, silent);
    }

    private AnyOf? Any(Section section)
    {
        var rules = Several(section, "any").Select(Read).OfType<ITrigger>().ToImmutableArray();
        return rules.IsEmpty ? null : new(rules);
    }

    private Section? NotOf(YamlNode item) =>
        item is YamlNode.Map map && map.Find("not") is not null ? Section.Open(map, PolicyKeys.Not, draft.Faults) : null;

    private ImmutableArray<YamlNode> Several(Section section, string head)
    {
        var items = Shape.List(section[head], head, draft.Faults);
        if (section[head] is YamlNode.List && items.Length < 2)
            draft.Faults.Add(section.Blame(head), "TOO_FEW_RULES", $"`{head}` holds {(items.IsEmpty ? "no rule" : "one rule")}", "expected two or more");
        return items;
    }
}
