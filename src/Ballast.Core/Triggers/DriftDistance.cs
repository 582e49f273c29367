using Ballast.Holdings;
using Ballast.Money;
using Ballast.Risk;

namespace Ballast.Triggers;

/// <summary>How far from its target a weight may be. Closed.</summary>
public abstract record DriftDistance
{
    private DriftDistance() { }

    public abstract string Words { get; }

    /// <summary>What the width takes from the market and the portfolio, found once a look; or what is missing for it.</summary>
    public virtual Measured Measure(Look look) => default;

    /// <summary>Half the width of the band on one side, as a fraction of the portfolio (of the parent, for a sleeve, which has no asset).</summary>
    public abstract double Width(in Measured found, Asset? asset, double target);

    /// <summary>A share of value, and volatilities relative to the rest, as far as a distance needs them.</summary>
    public readonly record struct Measured(double Share, RiskModel? Model, Look? Look, string? Missing);

    /// <summary>Points of weight: 0.05 is five points.</summary>
    public sealed record Points(decimal Share) : DriftDistance
    {
        private readonly double _share = (double)Share;

        public override string Words => Share == 0.01m ? "1 point" : $"{Figures.Exact(Share * 100)} points";

        public override double Width(in Measured found, Asset? asset, double target) => _share;
    }

    /// <summary>A fraction of the target itself. A target of zero has no fraction: there anything above dust is too much.</summary>
    public sealed record OfTarget(decimal Share) : DriftDistance
    {
        private readonly double _share = (double)Share;

        public override string Words => $"{Figures.Percent(Share)} of its target";

        public override Measured Measure(Look look) =>
            look.Portfolio.Rules.Dust is { Value: > 0 } dust && look.Portfolio.Market.TryConvert(dust, look.Portfolio.Base) is { } money
                ? new((double)(money.Value / look.Portfolio.Value), null, null, null) : default;

        public override double Width(in Measured found, Asset? asset, double target) => target > 0 ? _share * target : found.Share;
    }

    /// <summary>
    /// Standard deviations of the weight's own drift over a look-back: k · s · t(1 − t) · √h,
    /// s the annual volatility of the asset relative to the rest over the look-back, h its length in years.
    /// </summary>
    public sealed record Sigma(double Count, Duration Lookback) : DriftDistance
    {
        public override string Words => $"{Count.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture)} sigma of its drift over {Spans.Words(Lookback)}";

        public override Measured Measure(Look look)
        {
            var (model, missing) = look.RiskOf(look.Targets.Weights.Where(w => w.Weight != 0).Select(w => w.Asset), Lookback);
            return new(0, model, look, model is null ? missing : null);
        }

        public override double Width(in Measured found, Asset? asset, double target)
        {
            if (asset is not { } own) throw new InvalidOperationException("sigma is measured for assets, not for sleeves");
            var targets = found.Look!.Targets;
            var relative = found.Model!.RelativeVolatility(own, a => (double)targets.Of(a));
            return Count * relative * target * (1 - target) * Math.Sqrt(Lookback / Duration.FromDays(365));
        }
    }

    /// <summary>An amount of money, at the prices of the look.</summary>
    public sealed record Money(Amount Amount) : DriftDistance
    {
        public override string Words => Amount.ToString();

        public override Measured Measure(Look look) => look.Portfolio.Market.TryConvert(Amount, look.Portfolio.Base) is { } money
            ? new((double)(money.Value / look.Portfolio.Value), null, null, null)
            : new(0, null, null, $"there is no price of {Amount.Asset} in {look.Portfolio.Base}");

        public override double Width(in Measured found, Asset? asset, double target) => found.Share;
    }
}

/// <summary>What part of its parent a sleeve is. An asset in several sleeves is attributed to them in proportion to its targets.</summary>
public static class SleeveShares
{
    public static double Of(Portfolio portfolio, Targets.TargetSet targets, Targets.SleeveTarget sleeve)
    {
        var parent = targets.ParentOf(sleeve) is { } p ? WeightOf(portfolio, targets, p) : 1;
        return parent > 0 ? WeightOf(portfolio, targets, sleeve) / parent : 0;
    }

    /// <summary>The share that a sleeve should have of its parent: what its assets can reach, cash within it apart.</summary>
    public static double TargetOf(Targets.TargetSet targets, Targets.SleeveTarget sleeve) =>
        targets.ParentOf(sleeve) is not { } parent ? (double)sleeve.Weight
        : parent.Weight > 0 ? (double)(sleeve.Weight / parent.Weight) : 0;

    /// <summary>The weight of a sleeve in the whole portfolio.</summary>
    public static double WeightOf(Portfolio portfolio, Targets.TargetSet targets, Targets.SleeveTarget sleeve) =>
        sleeve.Leaves.Sum(l => portfolio.WeightOf(l.Asset) * targets.PartOf(l));
}
