using Ballast.Holdings;
using Ballast.Money;

namespace Ballast.Targets;

/// <summary>
/// The targets that can be reached with what may be traded: an asset that cannot be sold down, bought up or priced keeps what it has,
/// and the others share the rest in proportion. Drift is measured against these, so that what cannot move is no reason to trade.
/// </summary>
public static class ReachableTargets
{
    /// <summary>
    /// Each target t becomes clip(λt, low, high) with the one λ that leaves the sum as it was; assets without a target keep their weight.
    /// The same for any order of the assets: a floor raised by one limit gives way again when another limit frees room.
    /// </summary>
    public static TargetSet Of(TargetSet targets, Portfolio portfolio, Reach reach)
    {
        if (portfolio.Value <= 0) return targets;
        var kept = 0m;
        foreach (var line in portfolio.Lines)
            if (line.Asset != portfolio.Base && !targets.Names(line.Asset)) kept += line.Value / portfolio.Value;
        var ranges = new (decimal Low, decimal High)[targets.Weights.Length];
        var within = kept == 0;
        for (var i = 0; i < ranges.Length; i++)
        {
            var (asset, weight) = targets.Weights[i];
            ranges[i] = reach.Of(asset);
            within &= ranges[i].Low <= weight && weight <= ranges[i].High;
        }
        return within ? targets : Scaled(targets, ranges, Math.Max(0m, 1m - kept));
    }

    private static TargetSet Scaled(TargetSet targets, (decimal Low, decimal High)[] ranges, decimal total)
    {
        var scale = Scale(targets, ranges, total);
        var weights = targets.Weights.ToArray();
        for (var i = 0; i < weights.Length; i++) weights[i] = weights[i] with { Weight = At(weights[i].Weight, ranges[i], scale) };
        return targets with { Weights = [.. weights], CashRest = targets.CashRest * scale, Sleeves = [.. targets.Sleeves.Select(s => s with { Leaves = Followed(s.Leaves, targets, weights) })] };
    }

    /// <summary>λ: the sum rises with it and is straight between the values at which a target meets an edge.</summary>
    private static decimal Scale(TargetSet targets, (decimal Low, decimal High)[] ranges, decimal total)
    {
        var kinks = new SortedSet<decimal> { 0m };
        for (var i = 0; i < ranges.Length; i++)
            if (targets.Weights[i].Weight is > 0 and var t)
            {
                kinks.Add(ranges[i].Low / t);
                if (ranges[i].High < decimal.MaxValue) kinks.Add(ranges[i].High / t);
            }
        var (at, sum) = (0m, Sum(0m));
        foreach (var next in kinks)
        {
            var reached = Sum(next);
            if (reached >= total) return reached == sum ? next : at + (next - at) * (total - sum) / (reached - sum);
            (at, sum) = (next, reached);
        }
        var open = targets.CashRest;
        for (var i = 0; i < ranges.Length; i++)
            if (ranges[i].High == decimal.MaxValue) open += targets.Weights[i].Weight;
        return open > 0 ? at + (total - sum) / open : at;

        decimal Sum(decimal scale)
        {
            var all = targets.CashRest * scale;
            for (var i = 0; i < ranges.Length; i++) all += At(targets.Weights[i].Weight, ranges[i], scale);
            return all;
        }
    }

    private static decimal At(decimal weight, (decimal Low, decimal High) range, decimal scale) => Math.Clamp(weight * scale, range.Low, range.High);

    /// <summary>A sleeve's part of an asset follows the asset's target.</summary>
    private static ImmutableArray<TargetWeight> Followed(ImmutableArray<TargetWeight> leaves, TargetSet before, TargetWeight[] after) =>
        [.. leaves.Select(l => before.Of(l.Asset) is > 0 and var whole ? l with { Weight = l.Weight * Array.Find(after, w => w.Asset == l.Asset).Weight / whole } : l)];
}
