using Ballast.Holdings;
using Ballast.Money;
using Ballast.Numerics.Allocation;
using Ballast.Numerics.Convex;
using Ballast.Targets;

namespace Ballast.Triggers;

/// <summary>
/// The no-trade region of a portfolio as it stands, by its own costs, limits and conditions: the weights from which no trade is worth its cost,
/// and where a trade goes otherwise. What cannot be traded keeps its weight, what has no target too; cash that nobody wants may only shrink.
/// </summary>
/// <param name="Assets">The assets that take part, cash among them; all arrays are in their order.</param>
/// <param name="Rates">Proportional cost of each, one way.</param>
/// <param name="Rule">The region itself.</param>
/// <param name="Point">Where the rule goes from the weights of now.</param>
/// <param name="Limits">What limits and conditions leave of each weight.</param>
public sealed record NoTradeMap(ImmutableArray<Asset> Assets, double[] Weights, double[] Targets, double[] Rates, NoTradeRegion Rule, NoTradePoint Point, Limits Limits)
{
    /// <returns>The map, or the reason why there is none: the limits contradict each other.</returns>
    public static Answer<NoTradeMap> Of(Look look, double riskAversion)
    {
        var terms = new TradeTerms(look);
        ImmutableArray<Asset> assets = [.. look.Targets.Weights.Select(w => w.Asset).Append(look.Portfolio.Base).Distinct().Order()];
        double[] weights = [.. assets.Select(look.Portfolio.WeightOf)], targets = [.. assets.Select(a => TargetOf(look, a))], rates = [.. assets.Select(terms.RateOf)];
        var rule = NoTradeRegion.Of(targets, rates, riskAversion, [.. assets.Select(terms.OnceOf)]);
        var (low, high) = (new double[assets.Length], new double[assets.Length]);
        for (var i = 0; i < assets.Length; i++) (low[i], high[i]) = Bounds(look, assets[i], weights[i], targets[i]);
        var limits = Limits.Between(low, high) with { Total = weights.Sum() };
        double[] least = [.. assets.Select((a, i) => a == look.Portfolio.Base ? 0 : Math.Max(rule.LeastTrades[i], terms.LeastOf(a)))];
        return rule.From(weights, limits, [.. Groups(look, assets, low, high)], least).Then(point => (Answer<NoTradeMap>)new NoTradeMap(assets, weights, targets, rates, rule, point, limits));
    }

    /// <summary>Whether the weight of an asset is to change.</summary>
    public bool Trades(int place) => Math.Abs(Point.Weights[place] - Weights[place]) > NoTradeRegion.Same;

    public bool Due => Enumerable.Range(0, Assets.Length).Any(Trades);

    /// <summary>Between which weights an asset can move alone before it is traded, the others keeping their proportions; after the trade, where one is due.</summary>
    public Band Alone(int place) => Rule.Alone(place, Point.Weights, Limits) is var (low, high) ? new(Math.Clamp(low, 0, 1), Math.Clamp(high, 0, 1)) : default;

    /// <summary>The bands of <see cref="Alone"/> of all assets that have a target.</summary>
    public BandSet Bands() => new(Enumerable.Range(0, Assets.Length).Where(i => Targets[i] > 0).ToImmutableSortedDictionary(i => Assets[i], Alone));

    /// <summary>
    /// What bringing one asset back to its target costs, and what that is worth, as shares of value, with what pays for it: the assets on the other side
    /// of their targets, each in proportion to its distance. Inside the region no such move is worth its cost.
    /// </summary>
    public (double Cost, double Worth) Back(int place)
    {
        var own = Weights[place] - Targets[place];
        if (own == 0) return (0, 0);
        var facing = Enumerable.Range(0, Assets.Length).Where(i => (Weights[i] - Targets[i]) * own < 0).ToArray();
        var part = Math.Min(1, Math.Abs(own) / facing.Sum(i => Math.Abs(Weights[i] - Targets[i])));
        return facing.Aggregate((Rates[place] * Math.Abs(own), Rule.Worth(place, Weights[place], Targets[place])), (sum, i) =>
            (sum.Item1 + Rates[i] * part * Math.Abs(Weights[i] - Targets[i]), sum.Item2 + Rule.Worth(i, Weights[i], Weights[i] + part * (Targets[i] - Weights[i]))));
    }

    /// <summary>What going all the way to the targets costs, and what that is worth.</summary>
    public (double Cost, double Worth) ToTargets => (Moved(Targets), WorthOf(Targets));

    /// <summary>What the trade that is due costs, and what it is worth: the loss by distance from the targets that it takes away.</summary>
    public (double Cost, double Worth) Trade => (Moved(Point.Weights), WorthOf(Point.Weights));

    private double Moved(double[] to) => Enumerable.Range(0, Assets.Length).Sum(i => Rates[i] * Math.Abs(to[i] - Weights[i]));

    private double WorthOf(double[] to) => Enumerable.Range(0, Assets.Length).Sum(i => Rule.Worth(i, Weights[i], to[i]));

    private static double TargetOf(Look look, Asset asset) => (double)(look.Targets.Of(asset) + (asset == look.Portfolio.Base ? look.Targets.CashRest : 0));

    /// <summary>The limit on a weight, within what trading can reach. Of cash the buffer is not spent; that it is short is no reason to sell.</summary>
    private static (double Low, double High) Bounds(Look look, Asset asset, double weight, double target)
    {
        if (asset == look.Portfolio.Base) return (Math.Min(weight, (double)(look.CashBuffer / look.Portfolio.Value)), target > 0 ? 1 : Math.Max(0, weight));
        var (reachLow, reachHigh) = look.Reach.Of(asset);
        var (low, high) = look.Reach.Bounds.RangeOf(asset);
        var (from, to) = (At((double)reachLow, weight), target > 0 ? At((double)reachHigh, weight) : weight);
        return (Math.Clamp((double)low, from, Math.Max(from, to)), Math.Clamp((double)high, from, Math.Max(from, to)));
    }

    /// <summary>A bound that is the weight itself but for its last digits.</summary>
    private static double At(double bound, double weight) => Math.Abs(bound - weight) <= 1e-12 ? weight : bound;

    /// <summary>Groups that share no asset; what cannot be reached is not asked for. Overlapping ones are left to the walk towards the targets.</summary>
    private static IEnumerable<WeightGroup> Groups(Look look, ImmutableArray<Asset> assets, double[] low, double[] high)
    {
        var seen = new HashSet<Asset>();
        foreach (var group in look.Reach.Bounds.Groups)
        {
            int[] members = [.. Enumerable.Range(0, assets.Length).Where(i => group.Of.Contains(assets[i]))];
            if (members.Length == 0 || members.Any(i => !seen.Add(assets[i]))) continue;
            var (least, most) = (members.Sum(i => low[i]), members.Sum(i => high[i]));
            yield return new(members, Math.Min((double)group.Low, most), Math.Max((double)group.High, least));
        }
    }
}
