using Ballast.Money;

namespace Ballast.Margin;

/// <summary>The presets that are known, found by name or by family.</summary>
public sealed record MarginPresets(ImmutableArray<MarginPreset> All)
{
    /// <summary>Every name that finds one: of families and of presets.</summary>
    public ImmutableArray<string> Names => [.. All.Select(p => p.Family).Concat(All.Select(p => p.Name)).Distinct()];

    /// <summary>The preset of that name; of a family the newest for the underlying, else the newest for any; null where there is none.</summary>
    public MarginPreset? Find(string name, Asset? underlying) =>
        All.FirstOrDefault(p => Same(p.Name, name))
        ?? All.Where(p => Same(p.Family, name) && (p.Underlying is null || p.Underlying == underlying)).OrderBy(p => p.Underlying is null).ThenByDescending(p => p.AsOf ?? LocalDate.MinIsoValue).FirstOrDefault();

    /// <summary>The underlyings that a family has presets for; empty where there is no such family.</summary>
    public ImmutableArray<Asset> Underlyings(string family) => [.. All.Where(p => Same(p.Family, family) && p.Underlying is not null).Select(p => p.Underlying!.Value).Distinct().Order()];

    private static bool Same(string a, string b) => string.Equals(a.Replace('_', '-'), b.Replace('_', '-'), StringComparison.OrdinalIgnoreCase);
}
