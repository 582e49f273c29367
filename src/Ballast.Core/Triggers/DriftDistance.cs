using Ballast.Holdings;
using Ballast.Money;
using Ballast.Risk;

namespace Ballast.Triggers;

/// <summary>How far from its target a weight may be. Closed.</summary>
public abstract record DriftDistance
{
    private DriftDistance() { }

    public abstract string Words { get; }

    /// <summary>Half the width of the band on one side, as a fraction of the portfolio (of the parent, for a sleeve).</summary>
    public abstract double Width(Look look, string name, double target);

    /// <summary>Points of weight: 0.05 is five points.</summary>
    public sealed record Points(decimal Share) : DriftDistance
    {
        public override string Words => $"{Figures.Exact(Share * 100)} points";

        public override double Width(Look look, string name, double target) => (double)Share;
    }

    /// <summary>A fraction of the target itself.</summary>
    public sealed record OfTarget(decimal Share) : DriftDistance
    {
        public override string Words => $"{Figures.Percent(Share)} of its target";

        public override double Width(Look look, string name, double target) => (double)Share * target;
    }

    /// <summary>
    /// Standard deviations of the weight's own drift over a look-back: k · s · t(1 − t) · √h,
    /// s the annual volatility of the asset relative to the rest over the look-back, h its length in years.
    /// </summary>
    public sealed record Sigma(double Count, Duration Lookback) : DriftDistance
    {
        public override string Words => $"{Count:0.###} sigma of its drift over {Spans.Words(Lookback)}";

        public override double Width(Look look, string name, double target)
        {
            var model = RiskModel.Estimate(look.History!.Value, look.Targets.Weights.Select(w => w.Asset), look.Portfolio.Base, Lookback, look.BarsAYear);
            if (model is null) return double.PositiveInfinity;
            var relative = model.RelativeVolatility(new Asset(name), a => (double)look.Targets.Of(a));
            return Count * relative * target * (1 - target) * Math.Sqrt(Lookback / Duration.FromDays(365));
        }
    }

    /// <summary>An amount of money, at the prices of the look.</summary>
    public sealed record Money(Amount Amount) : DriftDistance
    {
        public override string Words => Amount.ToString();

        public override double Width(Look look, string name, double target) => look.Portfolio.Value > 0
            ? (double)(look.Portfolio.Market.Convert(Amount, look.Portfolio.Base).Value / look.Portfolio.Value)
            : double.PositiveInfinity;
    }
}

/// <summary>What part of its parent a sleeve is. An asset in several sleeves is attributed to them in proportion to its targets.</summary>
public static class SleeveShares
{
    public static double Of(Portfolio portfolio, Targets.TargetSet targets, Targets.SleeveTarget sleeve)
    {
        var parent = sleeve.Parent is null ? 1 : targets.Sleeves.First(s => s.Name == sleeve.Parent) is var p ? WeightOf(portfolio, targets, p) : 1;
        return parent > 0 ? WeightOf(portfolio, targets, sleeve) / parent : 0;
    }

    /// <summary>The weight of a sleeve in the whole portfolio.</summary>
    public static double WeightOf(Portfolio portfolio, Targets.TargetSet targets, Targets.SleeveTarget sleeve) =>
        sleeve.Leaves.Sum(l => targets.Of(l.Asset) is var whole and > 0 ? portfolio.WeightOf(l.Asset) * (double)(l.Weight / whole) : 0);
}
