using Ballast.Market;
using Ballast.Money;
using Ballast.Numerics.Allocation;
using Ballast.Risk;

namespace Ballast.Targets;

/// <summary>Walks a target tree down to a weight for each asset: the product of the shares along the path; an asset in two sleeves adds up.</summary>
public sealed class TargetResolver
{
    private readonly Asset _base;
    private readonly Trailing? _history;
    private readonly double _barsAYear;
    private readonly WeightBounds _bounds;
    private readonly Standing _now;
    private readonly Dictionary<Asset, double> _written = [];
    private readonly List<SleeveTarget> _sleeves = [];
    private readonly List<string> _from = [];
    private string? _unknown;

    private TargetResolver(Asset baseAsset, Trailing? history, double barsAYear, WeightBounds bounds, Standing now) =>
        (_base, _history, _barsAYear, _bounds, _now) = (baseAsset, history, barsAYear, bounds, now);

    /// <summary>The targets of now, or the reason why they are not known.</summary>
    public static (TargetSet? Targets, string? Unknown) Resolve(
        TargetNode root, Asset baseAsset, Trailing? history, double barsAYear, WeightBounds? bounds = null, Standing? now = null)
    {
        var resolver = new TargetResolver(baseAsset, history, barsAYear, bounds ?? WeightBounds.None, now ?? Standing.Empty);
        resolver.Write(root, 1m);
        var leaves = Sum(resolver.Walk(root, 1m, null));
        return resolver._unknown is { } why
            ? (null, why)
            : (new TargetSet(leaves, 1m - leaves.Sum(l => l.Weight), [.. resolver._sleeves]) { From = [.. resolver._from] }, null);
    }

    /// <summary>What the file itself gives each asset: computed weights of the same asset have so much less room.</summary>
    private void Write(TargetNode node, decimal share)
    {
        if (node is TargetNode.Weights w)
            foreach (var s in w.Shares) _written[s.Asset] = _written.GetValueOrDefault(s.Asset) + (double)(s.Weight * share);
        if (node is TargetNode.Sleeves sleeves)
            foreach (var part in sleeves.Parts) Write(part.Node, share * part.Share);
    }

    private ImmutableArray<TargetWeight> Walk(TargetNode node, decimal share, string? within) => node switch
    {
        TargetNode.Weights w => [.. Whole([.. w.Shares.Select(s => s.Weight)], w.CashRest).Zip(w.Shares, (weight, s) => s with { Weight = weight * share })],
        TargetNode.Compute c => Computed(c, share),
        TargetNode.Sleeves s => [.. Whole([.. s.Parts.Select(p => p.Share)], s.CashRest).Zip(s.Parts, (part, p) => Part(p, part * share, within)).SelectMany(leaves => leaves)],
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private ImmutableArray<TargetWeight> Part(Sleeve part, decimal share, string? within)
    {
        var place = _sleeves.Count;
        _sleeves.Add(new SleeveTarget(part.Name, within, part.Share, []));
        var leaves = Sum(Walk(part.Node, share, part.Name));
        _sleeves[place] = _sleeves[place] with { Leaves = leaves };
        return leaves;
    }

    /// <summary>Thirds do not sum to one in decimals; the largest share takes what is missing. More than a rounding is somebody's mistake.</summary>
    private static decimal[] Whole(decimal[] shares, bool cashRest)
    {
        var missing = 1m - shares.Sum();
        if (missing < -1e-9m || (missing > 1e-9m && !cashRest)) throw new ArgumentException($"the shares of a level sum to {1m - missing}, not to one");
        if (missing < 0 || !cashRest) shares[Array.IndexOf(shares, shares.Max())] += missing;
        return shares;
    }

    private ImmutableArray<TargetWeight> Computed(TargetNode.Compute node, decimal share)
    {
        var assets = node.Assets.Distinct().Where(a => Listed(a, node.Lookback)).ToArray();
        if (share == 0) return [.. assets.Select(a => new TargetWeight(a, 0m))];
        if (assets.Length == 0) return Fail("no asset of the computed targets has a price yet");
        return Shared(node, assets, (double)share) switch
        {
            Answer<Computation>.Found(var computed) => Bounded(assets, computed, share),
            Answer<Computation>.Refused refused => Fail(refused.Reason),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private Answer<Computation> Shared(TargetNode.Compute node, Asset[] assets, double share)
    {
        var past = _history is { } h ? PastReturns.Of(h, assets, _base, node.Lookback, _barsAYear) : null;
        return Computation.Of(node, assets, past, _bounds.Within(assets, a => _written.GetValueOrDefault(a), share), [.. assets.Select(a => _now.WeightOf(a) / share)], _now.CostRate);
    }

    /// <summary>Weights in the whole portfolio; scaling may have left a bound, and some methods know none.</summary>
    private ImmutableArray<TargetWeight> Bounded(Asset[] assets, Computation computed, decimal share)
    {
        if (computed.From is { } from) _from.Add(from);
        var total = Math.Round((decimal)computed.Scale, 12) * share;
        return _bounds.Nearest(assets, [.. computed.Shares.Select(w => w * computed.Scale * (double)share)], a => _written.GetValueOrDefault(a), (double)total) switch
        {
            Answer<double[]>.Found(var found) => TargetSet.Exact(assets.Zip(found), total),
            Answer<double[]>.Refused refused => Fail($"the computed targets do not fit into the limits on weights: {refused.Reason}"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>Whether there is a price in the look-back: a gap of now is no reason to sell, and what is not listed yet cannot be bought.</summary>
    private bool Listed(Asset asset, Duration lookback)
    {
        if (asset == _base || _history is not { } h) return true;
        var bars = (int)Math.Clamp(lookback / h.History.Spacing, 1, int.MaxValue);
        return h.ClosesIn(asset, _base, bars) is { } closes && closes.Any(c => !double.IsNaN(c));
    }

    private ImmutableArray<TargetWeight> Fail(string why)
    {
        _unknown ??= why;
        return [];
    }

    private static ImmutableArray<TargetWeight> Sum(IEnumerable<TargetWeight> leaves) =>
        [.. leaves.GroupBy(l => l.Asset).Select(g => new TargetWeight(g.Key, g.Sum(l => l.Weight))).OrderBy(l => l.Asset)];
}
