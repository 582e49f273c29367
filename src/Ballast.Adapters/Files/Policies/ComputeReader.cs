using Ballast.Adapters.Files.Yaml;
using Ballast.Money;
using Ballast.Numerics.Optimisation;
using Ballast.Risk;
using Ballast.Targets;

namespace Ballast.Adapters.Files.Policies;

/// <summary>Reads a computed target set: a method with what it has to be told, its assets, and when it is renewed.</summary>
internal sealed class ComputeReader(Draft draft)
{
    /// <summary>Methods by the names of the file.</summary>
    public static readonly ImmutableSortedDictionary<string, Method> Methods = Enum.GetValues<Method>().ToImmutableSortedDictionary(m => m.Name(), m => m, StringComparer.Ordinal);

    private const string CapWeight = "capWeight";

    public TargetNode.Compute? Read(Section level, decimal whole)
    {
        if (Section.Open(level["compute"], PolicyKeys.Compute, draft.Faults, level.Blame("compute")) is not { } section) return null;
        var method = section.Requires("method", "minVariance") ? MethodOf(section) : null;
        var assets = section.Requires("assets", "[BTC, ETH]") ? Assets(section) : [];
        draft.Targets.Computed.Add((whole, assets));
        var fallback = section.List("fallback", MethodText);
        if (method is { } main && fallback.Contains(main))
            draft.Faults.Add(section.Blame("fallback"), "DUPLICATE_NAME", $"`{main.Name()}` falls back on itself", "expected other methods");
        Method[] chain = method is { } first ? [first, .. fallback] : [];
        var wishes = new RecipeReader(draft, section, chain, assets).Read();
        var lookback = Lookback(section, chain, scaled: wishes.ScaleTo is not null);
        var renew = ScheduleReader.Renewal(section, draft);
        return method is null || renew is null ? null
            : new([.. chain.Select(m => wishes.Recipe with { Method = m })], wishes.Estimation, assets, lookback, renew, wishes.Budgets, wishes.ScaleTo, wishes.CostsOver, wishes.Market);
    }

    public static Parsed<Method> MethodText(string text) => Methods.TryGetValue(text, out var method) ? Parsed.Of(method)
        : new Complaint("UNKNOWN_VALUE", text.Length == 0 ? "the value is empty" : $"unknown value `{Quoted.Short(text)}`", Nearest.Advice(text, [.. Methods.Keys]));

    /// <summary>Past prices are looked at once a day at most, so that a short look-back could never hold enough returns.</summary>
    public static Parsed<Duration> LookbackText(string text) =>
        Kinds.Span(text) is var span && span.Ok && span.Value < Duration.FromDays(PastReturns.Fewest)
            ? Parsed.OutOfRange(text, $"expected at least {PastReturns.Fewest}d: {PastReturns.Fewest} daily returns are the fewest that say anything") : span;

    private static Duration Lookback(Section section, Method[] chain, bool scaled)
    {
        var blind = chain is [Method.EqualWeight, ..] && !scaled;
        return section.Get<Duration>("lookback", blind ? Kinds.Span : LookbackText) ?? Duration.FromDays(365);
    }

    private Method? MethodOf(Section section)
    {
        if (Shape.Text(section["method"], "method", draft.Faults) is not { } text) return null;
        if (Methods.TryGetValue(text.Text, out var method)) return method;
        if (text.Text == CapWeight) draft.Faults.NotYet(text.Place, "`method: capWeight`", "expected " + Quoted.Or(Methods.Keys));
        else draft.Faults.Add(text.Place, new Complaint("UNKNOWN_VALUE", $"unknown value `{Quoted.Short(text.Text)}`", Nearest.Advice(text.Text, [.. Methods.Keys, CapWeight])));
        return null;
    }

    private ImmutableArray<Asset> Assets(Section section)
    {
        var assets = section.List("assets", Kinds.Asset);
        foreach (var asset in assets) draft.Targets.Name(asset, section.Blame("assets"));
        if (section["assets"] is YamlNode.List { Items.IsEmpty: true })
            draft.Faults.Add(section.Blame("assets"), "EMPTY", "`assets` is empty", "expected at least one asset");
        return assets;
    }
}
