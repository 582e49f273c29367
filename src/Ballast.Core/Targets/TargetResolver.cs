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
    private readonly Earlier _earlier;
    private readonly Dictionary<Asset, double> _written = [];
    private readonly List<SleeveTarget> _sleeves = [];
    private readonly List<ComputedLevel> _levels = [];
    private string? _unknown;
    private bool _missing;

    private TargetResolver(Asset baseAsset, Trailing? history, double barsAYear, WeightBounds bounds, Standing now, Earlier earlier) =>
        (_base, _history, _barsAYear, _bounds, _now, _earlier) = (baseAsset, history, barsAYear, bounds, now, earlier);

    /// <summary>The targets of now, or the reason why they are not known; both where some part could not be computed anew and stays as it was.</summary>
    /// <param name="now">What is held and what trading costs, for computations that weigh it.</param>
    /// <param name="earlier">Parts that were computed before.</param>
    public static (TargetSet? Targets, string? Unknown) Resolve(
        TargetNode root, Asset baseAsset, Trailing? history, double barsAYear, WeightBounds? bounds = null, Standing? now = null, Earlier? earlier = null)
    {
        var resolver = new TargetResolver(baseAsset, history, barsAYear, bounds ?? WeightBounds.None, now ?? Standing.Empty, earlier ?? Earlier.None);
        resolver.Write(root, 1m);
        var leaves = Sum(resolver.Walk(root, 1m, null));
        return resolver._missing
            ? (null, resolver._unknown)
            : (new TargetSet(leaves, 1m - leaves.Sum(l => l.Weight), [.. resolver._sleeves]) { Levels = [.. resolver._levels] }, resolver._unknown);
    }

    /// <summary>What each asset has already, from the file or from parts that stay: weights that are computed have so much less room.</summary>
    private void Write(TargetNode node, decimal share)
    {
        if (node is TargetNode.Weights w) Count(w.Shares, share);
        if (node is TargetNode.Compute c && _earlier.Of(c) is { } old && !_earlier.Due(c)) Count(old.Leaves, 1m);
        if (node is TargetNode.Sleeves sleeves)
            foreach (var part in sleeves.Parts) Write(part.Node, share * part.Share);
    }

    private void Count(ImmutableArray<TargetWeight> leaves, decimal share)
    {
        foreach (var leaf in leaves) _written[leaf.Asset] = _written.GetValueOrDefault(leaf.Asset) + (double)(leaf.Weight * share);
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
        var old = _earlier.Of(node);
        if (old is not null && !_earlier.Due(node)) return Keep(old);
        var level = Anew(node, share) ?? old;
        _missing |= level is null;
        if (level is null) return [];
        Count(level.Leaves, 1m);
        return Keep(level);
    }

    private ImmutableArray<TargetWeight> Keep(ComputedLevel level)
    {
        _levels.Add(level);
        return level.Leaves;
    }

    /// <summary>Assets are taken by code: the order in which the file names them changes nothing.</summary>
    private ComputedLevel? Anew(TargetNode.Compute node, decimal share)
    {
        Asset[] listed = [.. node.Assets.Distinct().Where(a => Listed(a, node.Lookback)).Order()];
        if (share == 0) return new ComputedLevel(node, [.. listed.Select(a => new TargetWeight(a, 0m))], null);
        if (listed.Length == 0) return Fail("no asset of the computed targets has a price yet");
        var past = node.NeedsHistory && _history is { } h ? PastReturns.Of(h, listed, _base, node.Lookback, _barsAYear) : null;
        var assets = past is null ? listed : past.Settled(listed);
        var part = (double)share;
        var limits = _bounds.Within(assets, a => _written.GetValueOrDefault(a), part);
        return Computation.Of(node, assets, past, limits, [.. assets.Select(a => _now.WeightOf(a) / part)], _now.CostRate) switch
        {
            Answer<Computation>.Found(var found) => new ComputedLevel(node, TargetSet.Exact(assets.Zip(found.Shares.Select(x => x * part)), found.Total * share), Sentence(found.From, listed, assets)),
            Answer<Computation>.Refused { Code: "Infeasible" } refused => Fail($"the computed targets do not fit into the limits on weights: {refused.Reason}"),
            Answer<Computation>.Refused refused => Fail(refused.Reason),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static string? Sentence(string? from, Asset[] listed, Asset[] assets) => from is null || assets.Length == listed.Length ? from
        : $"{from}; {string.Join(", ", listed.Except(assets))} joins with its {PastReturns.Fewest}th return";

    /// <summary>Whether there is a price in the look-back: a gap of now is no reason to sell, and what is not listed yet cannot be bought.</summary>
    private bool Listed(Asset asset, Duration lookback)
    {
        if (asset == _base || _history is not { } h) return true;
        var bars = (int)Math.Clamp(lookback / h.History.Spacing, 1, int.MaxValue);
        return h.ClosesIn(asset, _base, bars) is { } closes && closes.Any(c => !double.IsNaN(c));
    }

    private ComputedLevel? Fail(string why)
    {
        _unknown ??= why;
        return null;
    }

    private static ImmutableArray<TargetWeight> Sum(IEnumerable<TargetWeight> leaves) =>
        [.. leaves.GroupBy(l => l.Asset).Select(g => new TargetWeight(g.Key, g.Sum(l => l.Weight))).OrderBy(l => l.Asset)];
}

/// <summary>The computed parts of the targets before, and which of them are due again.</summary>
public sealed record Earlier(ImmutableArray<ComputedLevel> Levels, Func<TargetNode.Compute, bool> Due)
{
    public static Earlier None { get; } = new([], _ => true);

    internal ComputedLevel? Of(TargetNode.Compute node) => Levels.FirstOrDefault(l => ReferenceEquals(l.Node, node));
}
