using Ballast.Money;
using Ballast.Numerics.Backtest;
using Ballast.Planning;
using Ballast.Schedules;
using Ballast.Targets;
using Ballast.Triggers;

namespace Ballast.Engine.Backtests;

/// <summary>Rules as sets of bars and edges of weights: dates that act, dates that look, and the bands that are looked at.</summary>
internal sealed record FastRules(WeightBands? Bands, BarSet? Look, BarSet? Act)
{
    /// <summary>
    /// Three shapes fit: any number of dates and drift rules side by side; one "all" of a date and drift rules (with more dates beside it
    /// only when no drift rule stands alone); an "all" of drift rules alone.
    /// </summary>
    public static (FastRules? Rules, string? WhyNot) Of(
        RebalanceRules rules, TargetSet targets, ImmutableArray<Asset> assets, Asset baseAsset, FastPrices arrays)
    {
        if (rules.When.Any(r => !Fits(r))) return (null, "a rule needs more than weights and dates");
        var dates = rules.When.OfType<Every>().ToArray();
        var drifts = rules.When.OfType<Drift>().ToArray();
        var alls = rules.When.OfType<AllOf>().ToArray();
        if (alls.Length > 1 || (alls.Length == 1 && drifts.Length > 0)) return (null, "its rules look at bands on different bars");
        if (arrays.BarsOf(rules.Interval) is not { } every) return (null, "it looks by the clock, and the bars are not evenly spaced");
        var act = dates.Length == 0 ? null : Bars(arrays, dates);
        if (drifts.Length > 0) return (new(Edges(drifts, targets, assets, baseAsset, unite: false), arrays.Every(every), act), null);
        if (alls.Length == 0) return (new(null, null, act), null);
        var inner = alls[0].Rules.OfType<Every>().ToArray();
        var look = inner.Length == 0 ? arrays.Every(every) : Bars(arrays, inner);
        return (new(Edges([.. alls[0].Rules.OfType<Drift>()], targets, assets, baseAsset, unite: true), look, act), null);
    }

    private static bool Fits(ITrigger rule) => rule switch
    {
        Every => true,
        Drift { Confirm: <= 1 } d => Simple(d.Over) && Simple(d.Under) && d.Of.IsEmpty,
        AllOf { Nots.IsEmpty: true } all => all.Rules.All(r => r is Every or Drift && Fits(r)) && all.Rules.OfType<Every>().Count() <= 1 && all.Rules.Any(r => r is Drift),
        _ => false,
    };

    private static bool Simple(DriftDistance distance) => distance is DriftDistance.Points or DriftDistance.OfTarget;

    private static BarSet Bars(FastPrices arrays, Every[] rules) =>
        BarSet.Of(arrays.Opens.Length, [.. rules.SelectMany(r => arrays.Firing(r.Schedule))]);

    /// <summary>A breach of "any" is a breach of the tightest edges; of "all", one beyond the widest. With one drift rule both are its own.</summary>
    private static WeightBands Edges(Drift[] drifts, TargetSet targets, ImmutableArray<Asset> assets, Asset baseAsset, bool unite)
    {
        (double Low, double High) Of(Asset asset)
        {
            var t = (double)targets.Of(asset);
            var bands = drifts.Select(d => (Low: t - Width(d.Under, t), High: t + Width(d.Over, t))).ToArray();
            return unite ? (bands.Min(b => b.Low), bands.Max(b => b.High)) : (bands.Max(b => b.Low), bands.Min(b => b.High));
        }
        var edges = assets.Select(Of).ToArray();
        var cash = targets.Names(baseAsset) ? Of(baseAsset) : (Low: 0, High: 1);
        return new WeightBands([.. edges.Select(e => e.Low)], [.. edges.Select(e => e.High)], cash.Low, cash.High);
    }

    private static double Width(DriftDistance distance, double target) => distance switch
    {
        DriftDistance.Points(var share) => (double)share,
        DriftDistance.OfTarget(var share) => (double)share * target,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
