namespace Ballast.Numerics.Allocation;

/// <summary>How wide the band around each target weight is.</summary>
/// <remarks>A target of zero has no relative band: relative rules give it <c>ZeroTarget</c>, by default nothing, so that any holding breaches.</remarks>
public abstract record BandRule
{
    private BandRule() { }

    /// <summary>t ± a, in weight points.</summary>
    public sealed record Absolute(double Points) : BandRule;

    /// <summary>t(1 − ρ), t(1 + ρ).</summary>
    public sealed record Relative(double Share, double ZeroTarget = 0) : BandRule;

    /// <summary>The narrower of both, as in "5/25": t ± min(a, ρt).</summary>
    public sealed record Narrower(double Points, double Share, double ZeroTarget = 0) : BandRule;

    /// <summary>The wider of both: t ± max(a, ρt).</summary>
    public sealed record Wider(double Points, double Share) : BandRule;

    /// <summary>t − a⁻, t + a⁺ for each asset.</summary>
    public sealed record Asymmetric(IReadOnlyList<double> Below, IReadOnlyList<double> Above) : BandRule;

    /// <summary>t ± k s t(1 − t)√h: k standard deviations of a weight that drifts for h years, s the annual volatility of the asset relative to the rest of the book.</summary>
    public sealed record VolatilityScaled(double Multiple, IReadOnlyList<double> RelativeVolatility, double HorizonYears) : BandRule;

    /// <summary>t ± Δ for each asset, from costs and benefits.</summary>
    public sealed record HalfWidths(IReadOnlyList<double> Widths) : BandRule;

    /// <summary>How far below and above its target the weight of asset i may lie.</summary>
    internal (double Below, double Above) Reach(double target, int i)
    {
        var size = Math.Abs(target);
        return this switch
        {
            Absolute rule => Even(rule.Points),
            Relative rule => Even(target == 0 ? rule.ZeroTarget : rule.Share * size),
            Narrower rule => Even(target == 0 ? rule.ZeroTarget : Math.Min(rule.Points, rule.Share * size)),
            Wider rule => Even(Math.Max(rule.Points, rule.Share * size)),
            Asymmetric rule => (rule.Below[i], rule.Above[i]),
            VolatilityScaled rule => Even(rule.Multiple * rule.RelativeVolatility[i] * Math.Abs(target * (1 - target)) * Math.Sqrt(rule.HorizonYears)),
            HalfWidths rule => Even(rule.Widths[i]),
            _ => throw new InvalidOperationException($"no edges for {GetType().Name}"),
        };

        static (double, double) Even(double width) => (width, width);
    }
}
