using Ballast.Market;
using Ballast.Money;
using Ballast.Risk;

namespace Ballast.Targets;

/// <summary>Walks a target tree down to a weight for each asset: the product of the shares along the path; an asset in two sleeves adds up.</summary>
public sealed class TargetResolver
{
    private readonly Asset _base;
    private readonly Trailing? _history;
    private readonly double _barsAYear;
    private readonly WeightBounds _bounds;
    private readonly Dictionary<Asset, double> _written = [];
    private readonly List<SleeveTarget> _sleeves = [];
    private string? _unknown;

    private TargetResolver(Asset baseAsset, Trailing? history, double barsAYear, WeightBounds bounds) =>
        (_base, _history, _barsAYear, _bounds) = (baseAsset, history, barsAYear, bounds);

    /// <summary>The targets of now, or the reason why they are not known.</summary>
    public static (TargetSet? Targets, string? Unknown) Resolve(TargetNode root, Asset baseAsset, Trailing? history, double barsAYear, WeightBounds? bounds = null)
    {
        var resolver = new TargetResolver(baseAsset, history, barsAYear, bounds ?? WeightBounds.None);
        resolver.Write(root, 1m);
        var leaves = Sum(resolver.Walk(root, 1m, null));
        return resolver._unknown is { } why
            ? (null, why)
            : (new TargetSet(leaves, 1m - leaves.Sum(l => l.Weight), [.. resolver._sleeves]), null);
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
        if (assets.Length == 0) return Fail("no asset of the computed targets has a price yet");
        if (Shares(node, assets) is not var (weights, scale)) return [];
        var total = Math.Round((decimal)scale, 12) * share;
        var nearest = _bounds.Nearest(assets, [.. weights.Select(w => w * scale * (double)share)], a => _written.GetValueOrDefault(a), (double)total);
        return nearest switch
        {
            Numerics.Allocation.Answer<double[]>.Found(var found) => TargetSet.Exact(assets.Zip(found), total),
            Numerics.Allocation.Answer<double[]>.Refused refused => Fail($"the computed targets do not fit into the limits on weights: {refused.Reason}"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>Shares that sum to one, and the factor that brings them to the volatility aimed at; null where they are not known.</summary>
    private (double[] Shares, double Scale)? Shares(TargetNode.Compute node, Asset[] assets)
    {
        double[] equal = [.. assets.Select(_ => 1.0 / assets.Length)];
        if (node is { Method: TargetMethod.EqualWeight, ScaleTo: null }) return (equal, 1);
        var model = _history is { } h ? RiskModel.Estimate(h, assets, _base, node.Lookback, _barsAYear) : null;
        if (model is null || model.Assets.Length < assets.Count(a => a != _base))
            return Unknown($"the computed targets need at least {RiskModel.Fewest} returns common to {string.Join(", ", assets.AsEnumerable())}");
        var weights = node.Method == TargetMethod.EqualWeight ? equal : InverseVolatility(model, assets);
        if (weights is null) return Unknown("an asset of the computed targets has not moved at all, so that its inverse volatility has no meaning");
        var now = model.Volatility(a => weights[Array.IndexOf(assets, a)]);
        return (weights, node.ScaleTo is { } aim && now > 0 ? Math.Min(1, aim / now) : 1);
    }

    private static double[]? InverseVolatility(RiskModel model, Asset[] assets)
    {
        var inverse = assets.Select(a => model.Volatility(x => x == a ? 1 : 0)).Select(v => v > 0 ? 1 / v : double.NaN).ToArray();
        var sum = inverse.Sum();
        return double.IsNaN(sum) ? null : [.. inverse.Select(i => i / sum)];
    }

    /// <summary>Whether there is a price in the look-back: a gap of now is no reason to sell, and what is not listed yet cannot be bought.</summary>
    private bool Listed(Asset asset, Duration lookback)
    {
        if (asset == _base || _history is not { } h) return true;
        var bars = (int)Math.Clamp(lookback / h.History.Spacing, 1, int.MaxValue);
        return h.ClosesIn(asset, _base, bars) is { } closes && closes.Any(c => !double.IsNaN(c));
    }

    private (double[], double)? Unknown(string why)
    {
        _unknown ??= why;
        return null;
    }

    private ImmutableArray<TargetWeight> Fail(string why)
    {
        _unknown ??= why;
        return [];
    }

    private static ImmutableArray<TargetWeight> Sum(IEnumerable<TargetWeight> leaves) =>
        [.. leaves.GroupBy(l => l.Asset).Select(g => new TargetWeight(g.Key, g.Sum(l => l.Weight))).OrderBy(l => l.Asset)];
}
