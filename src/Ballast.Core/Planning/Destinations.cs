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
        Destination.BandEdge(var inner) when fired.All(f => f.Bands is not null) => Exact(Within(Edge(look, fired, bands, inner), look, limits), look),
        Destination.LeastCost(var aversion) => Exact(Within(LeastCost(look, aversion), look, limits), look),
        _ => [.. Kept(look).Concat(look.Targets.Weights.Where(w => w.Asset != look.Portfolio.Base)).OrderBy(w => w.Asset)],
    };

    /// <summary>Assets held without a target keep their weight.</summary>
    private static IEnumerable<TargetWeight> Kept(Look look) => look.Portfolio.Lines
        .Where(l => l.Asset != look.Portfolio.Base && !look.Targets.Names(l.Asset) && l.Value > 0)
        .Select(l => new TargetWeight(l.Asset, l.Value / look.Portfolio.Value));

    private static Dictionary<Asset, double> Part(Look look, double fraction) =>
        Named(look).ToDictionary(a => a, a => look.Portfolio.WeightOf(a) is var w ? w + fraction * ((double)look.Targets.Of(a) - w) : 0);

    /// <summary>Nearest point of the bands that sums to one. Cash takes part like an asset; an asset without a band, and <c>cash: rest</c>, are free between 0 and 1.</summary>
    private static Dictionary<Asset, double> Edge(Look look, IReadOnlyCollection<TriggerResult> fired, BandSet? bands, bool inner)
    {
        var names = NamedWithCash(look);
        var weights = names.Select(look.Portfolio.WeightOf).ToArray();
        var (low, high) = (new double[names.Length], new double[names.Length]);
        for (var i = 0; i < names.Length; i++)
        {
            var target = (double)look.Targets.Of(names[i]);
            var band = bands is not null && bands.ByAsset.TryGetValue(names[i], out var own) ? own : new Band(0, 1);
            (low[i], high[i]) = inner ? (target - (target - band.Low) / 2, target + (band.High - target) / 2) : (band.Low, band.High);
        }
        var total = 1 - Kept(look).Sum(k => (double)k.Weight);
        var reached = names.Zip(Projection.OntoBox(weights, low, high, total).OrThrow()).ToDictionary(x => x.First, x => x.Second);
        foreach (var (sleeve, band) in fired.SelectMany(f => f.SleeveBands)) ToSleeveEdge(reached, look, sleeve, band, inner);
        return reached;
    }

    /// <summary>Brings a sleeve to its edge: what it gains or gives is shared by its assets' own gaps, the furthest first.</summary>
    private static void ToSleeveEdge(Dictionary<Asset, double> reached, Look look, string name, Band band, bool inner)
    {
        var sleeve = look.Targets.Sleeves.First(s => s.Name == name);
        var parent = sleeve.Parent is null ? 1 : SleeveShares.WeightOf(look.Portfolio, look.Targets, look.Targets.Sleeves.First(s => s.Name == sleeve.Parent));
        var share = SleeveShares.Of(look.Portfolio, look.Targets, sleeve);
        var target = (double)sleeve.Share;
        var edge = Math.Clamp(share, inner ? (target + band.Low) / 2 : band.Low, inner ? (target + band.High) / 2 : band.High);
        if (edge == share) return;
        var leaves = sleeve.Leaves.Where(l => reached.ContainsKey(l.Asset)).ToArray();
        var (values, whole) = (leaves.Select(l => reached[l.Asset]).ToArray(), (double)leaves.Sum(l => l.Weight));
        var shares = leaves.Select(l => (double)l.Weight / whole).ToArray();
        var change = edge * parent - values.Sum();
        var moves = change >= 0
            ? Contribution.LeastSquares(values, shares, change).OrThrow()
            : [.. Withdrawal.LeastSquares(values, shares, -change).OrThrow().Select(m => -m)];
        for (var i = 0; i < leaves.Length; i++) reached[leaves[i].Asset] += moves[i];
    }

    private static Dictionary<Asset, double> LeastCost(Look look, double aversion)
    {
        var names = NamedWithCash(look);
        var reached = Numerics.Allocation.LeastCost.Weights(
            [.. names.Select(look.Portfolio.WeightOf)], [.. names.Select(n => (double)(look.Targets.Of(n) + (n == look.Portfolio.Base ? look.Targets.CashRest : 0)))], (double)look.Costs.Default.Rate, aversion).OrThrow();
        return names.Zip(reached).ToDictionary(x => x.First, x => x.Second);
    }

    /// <summary>A point outside the bounds goes on towards the targets, which lie inside, until it is within.</summary>
    private static Dictionary<Asset, double> Within(Dictionary<Asset, double> reached, Look look, Limits limits)
    {
        var fraction = 0.0;
        foreach (var (asset, weight) in reached)
            fraction = Math.Max(fraction, Needed(weight, (double)look.Targets.Of(asset), limits.RangeOf(asset)));
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
