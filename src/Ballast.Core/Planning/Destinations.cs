using Ballast.Holdings;
using Ballast.Money;
using Ballast.Numerics.Allocation;
using Ballast.Targets;
using Ballast.Triggers;

namespace Ballast.Planning;

/// <summary>Turns "how far to go" into a weight for each asset. Cash is what is left over.</summary>
public static class Destinations
{
    /// <param name="to">How far.</param>
    /// <param name="look">The portfolio and its reachable targets.</param>
    /// <param name="fired">What the fired rules said; a rule without a band sends to the target.</param>
    /// <param name="bands">The tightest of all bands that were looked at; null for none.</param>
    /// <param name="limits">Bounds that the destination keeps.</param>
    public static ImmutableArray<TargetWeight> Of(Destination to, Look look, IReadOnlyCollection<TriggerResult> fired, BandSet? bands, Limits limits) => to switch
    {
        Destination.PartWay(var fraction) => Exact(Within(Part(look, fraction), look, limits), look),
        Destination.BandEdge(var inner) when fired.All(f => f.Bands is not null) => Exact(Within(Edge(look, fired, bands, inner, limits), look, limits), look),
        Destination.LeastCost(var aversion) => Exact(Within(LeastCost(look, aversion), look, limits), look),
        _ => [.. Kept(look).Concat(look.Targets.Weights.Where(w => w.Asset != look.Portfolio.Base)).OrderBy(w => w.Asset)],
    };

    /// <summary>Assets held without a target keep their weight.</summary>
    private static IEnumerable<TargetWeight> Kept(Look look) => look.Portfolio.Lines
        .Where(l => l.Asset != look.Portfolio.Base && !look.Targets.Names(l.Asset) && l.Value > 0)
        .Select(l => new TargetWeight(l.Asset, l.Value / look.Portfolio.Value));

    private static Dictionary<Asset, double> Part(Look look, double fraction) =>
        Named(look).ToDictionary(a => a, a => look.Portfolio.WeightOf(a) is var w ? w + fraction * ((double)look.Targets.Of(a) - w) : 0);

    /// <summary>
    /// Nearest point of the bands that sums to one. Cash takes part like an asset; an asset without a band is free within what trading can reach.
    /// Cash that nobody wants may only shrink; <c>cash: rest</c> is free.
    /// </summary>
    private static Dictionary<Asset, double> Edge(Look look, IReadOnlyCollection<TriggerResult> fired, BandSet? bands, bool inner, Limits limits)
    {
        var names = NamedWithCash(look);
        var weights = names.Select(look.Portfolio.WeightOf).ToArray();
        var (low, high) = (new double[names.Length], new double[names.Length]);
        for (var i = 0; i < names.Length; i++)
            (low[i], high[i]) = bands is not null && bands.ByAsset.TryGetValue(names[i], out var band)
                ? Clipped(Inner(band, (double)look.Targets.Of(names[i]), inner), (double)look.Targets.Of(names[i]), limits.RangeOf(names[i]))
                : Free(look, names[i], weights[i]);
        for (var i = 0; i < names.Length; i++)
            if (names[i] != look.Portfolio.Base && look.Reach.Fixed(names[i])) (low[i], high[i]) = (weights[i], weights[i]);
        var total = 1 - Kept(look).Sum(k => (double)k.Weight);
        var reached = names.Zip(Projection.OntoBox(weights, low, high, total) is Answer<double[]>.Found(var nearest) ? nearest : [.. names.Select(n => (double)look.Targets.Of(n))])
            .ToDictionary(x => x.First, x => x.Second);
        SleeveEdges.Bring(reached, look, [.. fired.SelectMany(f => f.SleeveBands)], inner);
        return reached;
    }

    private static (double, double) Inner(Band band, double target, bool inner) => inner ? ((target + band.Low) / 2, (target + band.High) / 2) : (band.Low, band.High);

    /// <summary>A band is clipped to the bounds of its asset, but never so far that it loses the target.</summary>
    private static (double, double) Clipped((double Low, double High) band, double target, ShareRange bounds) =>
        (Math.Min(Math.Max(band.Low, (double)bounds.Low), target), Math.Max(Math.Min(band.High, (double)bounds.High), target));

    private static (double, double) Free(Look look, Asset asset, double weight) =>
        asset != look.Portfolio.Base ? (0, 1) : look.Targets.CashRest > 0 ? (0, 1) : (0, weight);

    /// <summary>To the edge of the no-trade region; to the targets where limits contradict each other.</summary>
    private static Dictionary<Asset, double> LeastCost(Look look, double aversion)
    {
        var all = Named(look).ToDictionary(n => n, n => (double)look.Targets.Of(n));
        if (NoTradeMap.Of(look, aversion) is Answer<NoTradeMap>.Found(var map))
            for (var i = 0; i < map.Assets.Length; i++) all[map.Assets[i]] = map.Point.Weights[i];
        return all;
    }

    /// <summary>A point outside the bounds goes on towards the targets, which lie inside, until it is within.</summary>
    private static Dictionary<Asset, double> Within(Dictionary<Asset, double> reached, Look look, Limits limits)
    {
        var fraction = 0.0;
        foreach (var (asset, weight) in reached)
            if (look.Targets.Names(asset)) fraction = Math.Max(fraction, Needed(weight, (double)look.Targets.Of(asset), limits.RangeOf(asset)));
        foreach (var group in limits.Groups)
            fraction = Math.Max(fraction, Needed(group.Of.Sum(a => reached.GetValueOrDefault(a)), group.Of.Sum(a => (double)look.Targets.Of(a)), group.Share));
        return fraction == 0 ? reached : reached.ToDictionary(r => r.Key, r => r.Value + fraction * ((double)look.Targets.Of(r.Key) - r.Value));
    }

    private static double Needed(double at, double target, ShareRange range)
    {
        var bound = Math.Clamp(at, (double)range.Low, (double)range.High);
        return Math.Abs(at - bound) <= 1e-9 || target == at ? 0 : Math.Clamp((bound - at) / (target - at), 0, 1);
    }

    private static IEnumerable<Asset> Named(Look look) => look.Targets.Weights.Select(w => w.Asset).Where(a => a != look.Portfolio.Base);

    private static Asset[] NamedWithCash(Look look) => [.. look.Targets.Weights.Select(w => w.Asset).Append(look.Portfolio.Base).Distinct().Order()];

    private static ImmutableArray<TargetWeight> Exact(Dictionary<Asset, double> reached, Look look) =>
        [.. reached.Where(r => r.Key != look.Portfolio.Base).Select(r => new TargetWeight(r.Key, Math.Round((decimal)r.Value, 12))).Concat(Kept(look)).OrderBy(w => w.Asset)];
}
