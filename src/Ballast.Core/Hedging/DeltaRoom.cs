using Ballast.Derivatives;
using Ballast.Numerics.Hedging;
using Ballast.Triggers;

namespace Ballast.Hedging;

/// <summary>Where delta should be and how far it may stray, in coins.</summary>
/// <param name="Low">The outlook's lower end.</param>
/// <param name="High">The outlook's upper end.</param>
/// <param name="Below">How far under <paramref name="Low"/> without a trade; infinite without a band.</param>
/// <param name="Above">How far over <paramref name="High"/>.</param>
/// <param name="Why">Where the widths come from.</param>
internal sealed record DeltaRoom(double Low, double High, double Below, double Above, string Why)
{
    public bool HasBand => double.IsFinite(Math.Min(Below, Above));

    public DeltaEdges? Edges => HasBand ? new(Low - Below, High + Above, Math.Max(Below, Above), Why) : null;

    /// <summary>The decision that back-tests and loops ask too: whether delta is to be traded now, and how far.</summary>
    /// <param name="due">Whether it is time to go to the outlook whatever the band says.</param>
    /// <param name="lot">What one lot moves delta by.</param>
    public HedgeStep Step(double delta, HedgeTo to, bool due, double lot)
    {
        var goal = to switch { HedgeTo.BandEdge => HedgeGoal.Edge, HedgeTo.Target => HedgeGoal.Target, _ => HedgeGoal.Midpoint };
        return HedgeDecision.Decide(new HedgeLook(delta, Math.Clamp(delta, Low, High), new HedgeBand(Below, Above, goal), 0) { Due = due, Lot = lot }, default);
    }

    /// <summary>Between what a trade brings delta: the outlook itself, the edges of the band, or half-way.</summary>
    /// <param name="reach">Half of what a lot moves delta by: nearer than that no trade comes to a point.</param>
    public (double Low, double High) Goal(HedgeTo to, bool toTarget, double reach)
    {
        var part = toTarget || to == HedgeTo.Target || !HasBand ? 0 : to == HedgeTo.BandEdge ? 1.0 : 0.5;
        var (below, above) = (part == 0 ? 0 : part * Below, part == 0 ? 0 : part * Above);
        return High - Low + below + above >= 2 * reach ? (Low - below, High + above) : (Low - Math.Max(below, reach), High + Math.Max(above, reach));
    }

    /// <summary>The outlook's range and the narrowest of the bands; null where delta is free.</summary>
    /// <param name="lambda">One-way cost of delta; null where nothing can be traded.</param>
    public static DeltaRoom? Of(HedgeRules rules, AccountLook account, double? lambda, double reach)
    {
        if (account.LevelOf(Greek.Delta) is not { } level) return null;
        var index = (double)account.Exposure.Index;
        var unit = level.Unit == account.Exposure.Underlying ? 1 : index;
        var (below, above, why) = Width(rules, account, lambda);
        if (below < reach || above < reach) why += ", raised to half a lot";
        return new(level.Low / unit, level.High / unit, Math.Max(below, reach), Math.Max(above, reach), why);
    }

    private static (double Below, double Above, string Why) Width(HedgeRules rules, AccountLook account, double? lambda)
    {
        var coin = account.Exposure.Underlying;
        var (below, above, why) = rules.Band switch
        {
            DeltaBand.Fixed(var half) => (account.Convert(half, coin), account.Convert(half, coin), $"the policy's {half}"),
            DeltaBand.LeastCost => LeastCost(rules, account.Exposure, lambda),
            _ => (double.PositiveInfinity, double.PositiveInfinity, ""),
        };
        foreach (var drift in rules.When.SelectMany(r => r.WithParts()).OfType<GreekDrift>().Where(d => d.Of == Greek.Delta))
        {
            var (under, over) = (account.Convert(drift.Under, coin), account.Convert(drift.Over, coin));
            if (under < below || over < above) why = $"the rule of {(drift.Over == drift.Under ? drift.Over.ToString() : $"{drift.Under} and {drift.Over}")}";
            (below, above) = (Math.Min(below, under), Math.Min(above, over));
        }
        return (below, above, why);
    }

    /// <summary>Whalley and Wilmott's; none where there is no cost to weigh or no equity to weigh it with.</summary>
    private static (double, double, string) LeastCost(HedgeRules rules, Exposure exposure, double? lambda)
    {
        var equity = exposure.Equity * (double)exposure.Index;
        if (lambda is not { } cost || equity <= 0) return (double.PositiveInfinity, double.PositiveInfinity, "");
        var half = WhalleyWilmott.HalfWidth(new HedgeTerms((double)exposure.Index, exposure.Greeks.Gamma, BandPrice.VolatilityOf(exposure) ?? 1, 0, cost, rules.RiskAversion / equity));
        return (half, half, $"least cost: Whalley-Wilmott, risk aversion {rules.RiskAversion:0.###}, {cost * 1e4:0.##} bps a trade");
    }
}
