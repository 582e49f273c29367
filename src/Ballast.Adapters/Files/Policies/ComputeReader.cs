using Ballast.Adapters.Files.Yaml;
using Ballast.Money;
using Ballast.Numerics.Optimisation;
using Ballast.Numerics.Statistics;
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
        var fallback = section.List("fallback", text => Methods.TryGetValue(text, out var m) ? Parsed.Of(m) : new Complaint("UNKNOWN_VALUE", $"unknown value `{Quoted.Short(text)}`", Nearest.Advice(text, [.. Methods.Keys])));
        Method[] chain = method is { } first ? [first, .. fallback] : [];
        var wishes = new RecipeReader(draft, section, chain, assets).Read();
        var lookback = section.Get<Duration>("lookback", Kinds.Span) ?? Duration.FromDays(365);
        var renew = ScheduleReader.Renewal(section, draft);
        return method is null || renew is null ? null
            : new([.. chain.Select(m => wishes.Recipe with { Method = m })], wishes.Estimation, assets, lookback, renew, wishes.Budgets, wishes.ScaleTo, wishes.CostsOver);
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
