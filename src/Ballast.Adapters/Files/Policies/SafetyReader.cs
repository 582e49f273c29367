using Ballast.Gates;
using Ballast.Money;
using Ballast.Planning;
using static Ballast.Adapters.Files.Policies.Parsed;

namespace Ballast.Adapters.Files.Policies;

/// <summary>Reads what no order passes. Each limit has a ceiling that no file exceeds.</summary>
internal sealed class SafetyReader(Draft draft)
{
    public SafetyRules Read(Section? section, IEnumerable<Asset> otherForms)
    {
        if (section is null) return SafetyRules.Usual;
        var limits = ImmutableSortedDictionary.CreateBuilder<string, decimal>(StringComparer.Ordinal);
        foreach (var limit in GateLimit.All)
            if (section.Get<decimal>(limit.Key, text => Below(limit, text, KindOf(limit)(text))) is { } value) limits[limit.Key] = value;
        Check(section, limits);
        return new SafetyRules { Limits = limits.ToImmutable(), Allow = section.Has("allow") ? Allow(section, otherForms) : null };
    }

    private Kind<decimal> KindOf(GateLimit limit) => limit.Unit switch
    {
        LimitUnit.Share => Kinds.PositiveShare(1000m),
        LimitUnit.Multiple => text => Kinds.Multiple(text) is { Ok: true, Value: <= 0 } ? OutOfRange(text, "expected more than 0x") : Kinds.Multiple(text),
        LimitUnit.Count => text => Kinds.Count(1, 1_000_000)(text).To(n => (decimal)n),
        LimitUnit.Money => Money,
        _ => text => Kinds.Span(text).To(span => (decimal)span.TotalSeconds),
    };

    /// <summary>Limits of money are held against values in the base asset, and no price stands between.</summary>
    private Parsed<decimal> Money(string text) =>
        Kinds.PositiveMoney(draft.Base)(text) is { Ok: true, Value: var amount } && amount.Asset != draft.Base
            ? WrongUnit(text, $"an amount of {amount.Asset}", $"expected an amount of the base asset, such as {Figures.Exact(amount.Value)} {draft.Base}")
            : Kinds.PositiveMoney(draft.Base)(text).To(a => a.Value);

    private Parsed<decimal> Below(GateLimit limit, string text, Parsed<decimal> value) =>
        value.Ok && limit.IsLooser(value.Value, limit.Ceiling)
            ? new Complaint("ABOVE_CEILING", $"`{Quoted.Short(text)}` is {(limit.Unit == LimitUnit.Wait ? "less" : "more")} than any file may set", $"expected {(limit.Unit == LimitUnit.Wait ? "at least" : "at most")} {Words.SafetyWords.Value(limit, limit.Ceiling, draft.Base)}")
            : value;

    private static void Check(Section section, ImmutableSortedDictionary<string, decimal>.Builder limits)
    {
        if (limits.TryGetValue("turnoverHour", out var hour) && limits.TryGetValue("turnoverDay", out var day) && hour > day)
            section.Faults.Add(section.Blame("turnoverHour"), "MIN_ABOVE_MAX", "`turnoverHour` is above `turnoverDay`", "expected no more in an hour than in a day");
    }

    private ImmutableSortedSet<Asset> Allow(Section section, IEnumerable<Asset> otherForms)
    {
        var allow = section.List("allow", Kinds.Asset);
        if (section["allow"] is Yaml.YamlNode.List { Items.IsEmpty: true }) section.Faults.Add(section.Blame("allow"), "EMPTY", "`allow` is empty", "expected the assets that may be traded; without the key they are those of the targets");
        var known = draft.Targets.Assets.Concat(otherForms).Append(draft.Base).ToHashSet();
        foreach (var asset in allow.Where(a => !draft.Hedges && !known.Contains(a)))
            section.Faults.Add(section.Blame("allow"), "UNKNOWN_NAME", $"`{asset}` names no target asset", Nearest.Advice(asset.Code, [.. known.Select(a => a.Code).Order(StringComparer.Ordinal)]));
        return [.. allow];
    }
}
