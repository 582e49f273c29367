using Ballast.Money;

namespace Ballast.Targets;

/// <summary>Where the portfolio should be: a weight for each asset, and the rest in cash.</summary>
/// <param name="Weights">By asset code; exact, and together with <paramref name="CashRest"/> exactly one.</param>
/// <param name="CashRest">What stays in the base asset because of <c>cash: rest</c>; it has no band and is never a reason to trade.</param>
/// <param name="Sleeves">The named parts of the tree, for rules that look at a sleeve.</param>
public sealed record TargetSet(ImmutableArray<TargetWeight> Weights, decimal CashRest, ImmutableArray<SleeveTarget> Sleeves)
{
    /// <summary>The parts of the tree that were computed.</summary>
    public ImmutableArray<ComputedLevel> Levels { get; init; } = [];

    /// <summary>Where computed weights come from, a sentence without a full stop for each computed part.</summary>
    public IEnumerable<string> From => Levels.Select(l => l.From).OfType<string>();

    public decimal Of(Asset asset)
    {
        foreach (var w in Weights)
            if (w.Asset == asset) return w.Weight;
        return 0m;
    }

    /// <summary>Whether an asset is named; the base asset can be, and is then a target like any other.</summary>
    public bool Names(Asset asset)
    {
        foreach (var w in Weights)
            if (w.Asset == asset) return true;
        return false;
    }

    /// <summary>The sleeve that another lies in; null for the portfolio itself.</summary>
    public SleeveTarget? ParentOf(SleeveTarget sleeve) => sleeve.Parent is null ? null : Sleeves.First(s => s.Name == sleeve.Parent);

    /// <summary>Which part of an asset belongs to a sleeve's leaf, when the asset stands in several.</summary>
    public double PartOf(TargetWeight leaf) => Of(leaf.Asset) is var whole and > 0 ? (double)(leaf.Weight / whole) : 0;

    /// <summary>
    /// The one crossing from estimated to exact: weights are rounded to twelve decimals,
    /// and what is missing to <paramref name="total"/> is given to the largest (of equals, the first by code).
    /// </summary>
    public static ImmutableArray<TargetWeight> Exact(IEnumerable<(Asset Asset, double Weight)> estimates, decimal total)
    {
        var rounded = estimates.Select(e => new TargetWeight(e.Asset, Math.Round((decimal)e.Weight, 12))).OrderBy(w => w.Asset).ToArray();
        if (rounded.Length == 0) return [];
        var largest = Array.IndexOf(rounded, rounded.MaxBy(w => w.Weight));
        rounded[largest] = rounded[largest] with { Weight = rounded[largest].Weight + total - rounded.Sum(w => w.Weight) };
        return [.. rounded];
    }
}

/// <summary>A part of the tree that was computed: it stays as it is until it is due again.</summary>
/// <param name="Node">What the file says of it.</param>
/// <param name="Leaves">Its weights within the whole portfolio.</param>
/// <param name="From">Where they come from, as a sentence without a full stop; null where nothing was estimated.</param>
public sealed record ComputedLevel(TargetNode.Compute Node, ImmutableArray<TargetWeight> Leaves, string? From);

/// <summary>The share of the whole portfolio that an asset should have.</summary>
public readonly record struct TargetWeight(Asset Asset, decimal Weight);

/// <summary>A sleeve as a target: its share of its parent, and which part of each asset's target belongs to it.</summary>
/// <param name="Parent">The sleeve it lies in; null for the portfolio itself.</param>
/// <param name="Leaves">Target weights within the whole portfolio that come from this sleeve.</param>
public sealed record SleeveTarget(string Name, string? Parent, decimal Share, ImmutableArray<TargetWeight> Leaves)
{
    /// <summary>The weight that the sleeve's assets should have in the whole portfolio; cash that rests within it is not among them.</summary>
    public decimal Weight
    {
        get
        {
            var sum = 0m;
            foreach (var leaf in Leaves) sum += leaf.Weight;
            return sum;
        }
    }
}
