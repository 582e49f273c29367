using Ballast.Market;
using Ballast.Money;
using Ballast.Numerics.Statistics;
using Ballast.Risk;

namespace Ballast.Targets;

/// <summary>Walks a target tree down to a weight for each asset: the product of the shares along the path; an asset in two sleeves adds up.</summary>
public sealed class TargetResolver(Asset baseAsset, Trailing? history, double barsAYear)
{
    private readonly List<SleeveTarget> _sleeves = [];
    private string? _unknown;

    /// <summary>The targets of now, or the reason why they are not known.</summary>
    public static (TargetSet? Targets, string? Unknown) Resolve(TargetNode root, Asset baseAsset, Trailing? history, double barsAYear)
    {
        var resolver = new TargetResolver(baseAsset, history, barsAYear);
        var leaves = Sum(resolver.Walk(root, 1m, null));
        return resolver._unknown is { } why
            ? (null, why)
            : (new TargetSet(leaves, 1m - leaves.Sum(l => l.Weight), [.. resolver._sleeves]), null);
    }

    private IEnumerable<TargetWeight> Walk(TargetNode node, decimal share, string? within) => node switch
    {
        TargetNode.Weights w => Whole(w).Select(s => s with { Weight = s.Weight * share }),
        TargetNode.Compute c => Computed(c).Select(s => s with { Weight = s.Weight * share }),
        TargetNode.Sleeves s => s.Parts.SelectMany(part => Part(part, share, within)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private ImmutableArray<TargetWeight> Part(Sleeve part, decimal share, string? within)
    {
        var place = _sleeves.Count;
        _sleeves.Add(new SleeveTarget(part.Name, within, part.Share, []));
        var leaves = Sum(Walk(part.Node, share * part.Share, part.Name));
        _sleeves[place] = _sleeves[place] with { Leaves = leaves };
        return leaves;
    }

    /// <summary>Thirds do not sum to one in decimals; the largest share takes what is missing.</summary>
    private static ImmutableArray<TargetWeight> Whole(TargetNode.Weights node)
    {
        var missing = 1m - node.Shares.Sum(s => s.Weight);
        if (node.CashRest || missing == 0) return node.Shares;
        var largest = node.Shares.IndexOf(node.Shares.MaxBy(s => s.Weight));
        return node.Shares.SetItem(largest, node.Shares[largest] with { Weight = node.Shares[largest].Weight + missing });
    }

    private ImmutableArray<TargetWeight> Computed(TargetNode.Compute node)
    {
        var assets = node.Assets.Distinct().Where(Priced).ToArray();
        if (assets.Length == 0) return Fail("no asset of the computed targets has a price yet");
        if (node.Method == TargetMethod.EqualWeight && node.ScaleTo is null)
            return TargetSet.Exact(assets.Select(a => (a, 1.0 / assets.Length)), 1m);
        var model = history is { } h ? RiskModel.Estimate(h, assets, baseAsset, node.Lookback, barsAYear) : null;
        if (model is null || model.Assets.Length < assets.Count(a => a != baseAsset))
            return Fail($"the computed targets need at least {RiskModel.Fewest} common returns of {string.Join(", ", assets.AsEnumerable())}");
        var weights = node.Method == TargetMethod.EqualWeight ? [.. assets.Select(_ => 1.0 / assets.Length)] : InverseVolatility(model, assets);
        if (weights is null) return Fail("an asset of the computed targets has not moved at all, so that its inverse volatility has no meaning");
        var scale = node.ScaleTo is { } aim && model.Volatility(a => weights[Array.IndexOf(assets, a)]) is var now and > 0 ? Math.Min(1, aim / now) : 1;
        return TargetSet.Exact(assets.Zip(weights, (a, w) => (a, w * scale)), Math.Round((decimal)scale, 12));
    }

    private static double[]? InverseVolatility(RiskModel model, Asset[] assets)
    {
        var inverse = assets.Select(a => model.Volatility(x => x == a ? 1 : 0)).Select(v => v > 0 ? 1 / v : double.NaN).ToArray();
        var sum = inverse.Sum();
        return double.IsNaN(sum) ? null : [.. inverse.Select(i => i / sum)];
    }

    private bool Priced(Asset asset) =>
        asset == baseAsset || history is not { } h || h.ClosesIn(asset, baseAsset, 1) is [var close] && !double.IsNaN(close);

    private ImmutableArray<TargetWeight> Fail(string why)
    {
        _unknown ??= why;
        return [];
    }

    private static ImmutableArray<TargetWeight> Sum(IEnumerable<TargetWeight> leaves) =>
        [.. leaves.GroupBy(l => l.Asset).Select(g => new TargetWeight(g.Key, g.Sum(l => l.Weight))).OrderBy(l => l.Asset)];
}
