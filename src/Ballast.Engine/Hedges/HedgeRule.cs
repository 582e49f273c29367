using Ballast.Numerics.Hedging;

namespace Ballast.Engine.Hedges;

/// <summary>When a hedge is traded and how far. Closed.</summary>
public abstract record HedgeRule
{
    private HedgeRule() { }

    /// <summary>Years from one look to the next; 0 looks at every point of the path.</summary>
    public double Every { get; init; }

    /// <summary>To the target at every look.</summary>
    public sealed record FixedTime : HedgeRule;

    /// <summary>When delta is outside of a band of fixed width, in coins.</summary>
    public sealed record FixedBand(HedgeBand Band) : HedgeRule;

    /// <summary>When delta is outside of the band that cost, risk and gamma make best, to its edge.</summary>
    /// <param name="Scale">By which the settings' aversion to risk is multiplied.</param>
    public sealed record LeastCost(BandModel Model, double Scale = 1) : HedgeRule;

    /// <summary>A rule of the same kind that trades less (above 1) or more: a band widens by the factor, a time grows with it.</summary>
    public HedgeRule Wider(double factor) => this switch
    {
        FixedTime rule => rule with { Every = rule.Every * factor },
        FixedBand rule => rule with { Band = rule.Band with { Below = rule.Band.Below * factor, Above = rule.Band.Above * factor } },
        LeastCost rule => rule with { Scale = rule.Scale / (factor * factor * factor) },
        _ => throw new InvalidOperationException($"{this}"),
    };

    /// <summary>The band at a point, and how far the delta in its middle is from Black's.</summary>
    internal (HedgeBand Band, double Shift) At(HedgePoint point, HedgeSettings settings, double units) => this switch
    {
        FixedTime => (HedgeBand.Around(0, HedgeGoal.Target), 0),
        FixedBand rule => (rule.Band, 0),
        LeastCost rule => Chosen(rule, point, settings, units),
        _ => throw new InvalidOperationException($"{this}"),
    };

    /// <summary>What should be known of the rule on a path: that another model stands in, or that it would never trade.</summary>
    public IReadOnlyList<HedgeNote> NotesOn(HedgePath path, HedgeSettings settings) => this is LeastCost rule ? BandOf(rule, path.First, settings, path.Units).Notes : [];

    private static (HedgeBand, double) Chosen(LeastCost rule, HedgePoint point, HedgeSettings settings, double units)
    {
        var chosen = BandOf(rule, point, settings, units);
        var stretch = chosen.Volatility / point.Volatility;
        return (HedgeBand.Around(chosen.HalfWidth), stretch == 1 ? 0 : OptionSum.Of(point.Legs, stretch).Delta - point.Options.Delta);
    }

    private static UtilityBand BandOf(LeastCost rule, HedgePoint point, HedgeSettings settings, double units)
    {
        var terms = new HedgeTerms(point.Price, point.Options.Gamma, point.Volatility, point.YearsLeft, settings.Cost, settings.Aversion * rule.Scale);
        return UtilityBand.Choose(rule.Model, terms, units, mostDistance: units);
    }
}
