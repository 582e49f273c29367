namespace Ballast.Numerics.Allocation;

/// <summary>The interval in which each weight may wander before it is a reason to trade.</summary>
public sealed record Bands(double[] Lower, double[] Upper)
{
    /// <summary>A weight this little outside its band does not breach it: 0.65 − 0.6 &gt; 0.05 in binary arithmetic.</summary>
    public const double Slack = 1e-12;

    /// <summary>The edges of a rule around targets, clipped to bounds that are the same for all assets.</summary>
    public static Bands Around(ReadOnlySpan<double> targets, BandRule rule, double minimum = double.NegativeInfinity, double maximum = double.PositiveInfinity)
    {
        var (lowest, highest) = (new double[targets.Length], new double[targets.Length]);
        Array.Fill(lowest, minimum);
        Array.Fill(highest, maximum);
        return Around(targets, rule, lowest, highest);
    }

    /// <summary>The edges of a rule around targets, clipped to the bounds of each asset.</summary>
    public static Bands Around(ReadOnlySpan<double> targets, BandRule rule, ReadOnlySpan<double> minimum, ReadOnlySpan<double> maximum)
    {
        Elements.RequireFinite(targets, nameof(targets));
        Elements.RequireSameLength(targets.Length, minimum.Length, maximum.Length);
        var bands = new Bands(new double[targets.Length], new double[targets.Length]);
        for (var i = 0; i < targets.Length; i++)
        {
            var (below, above) = rule.Reach(targets[i], i);
            if (!(below >= 0 && above >= 0)) throw new ArgumentException($"the band of asset {i} reaches {below} below and {above} above its target");
            bands.Lower[i] = Math.Clamp(targets[i] - below, minimum[i], maximum[i]);
            bands.Upper[i] = Math.Clamp(targets[i] + above, minimum[i], maximum[i]);
        }
        return bands;
    }

    /// <summary>Which weights lie outside; exactly on the edge is inside.</summary>
    public bool[] Breached(ReadOnlySpan<double> weights)
    {
        Elements.RequireSameLength(Lower.Length, weights.Length);
        Elements.RequireFinite(weights, nameof(weights));
        var breached = new bool[weights.Length];
        for (var i = 0; i < breached.Length; i++) breached[i] = weights[i] < Lower[i] - Slack || weights[i] > Upper[i] + Slack;
        return breached;
    }

    /// <summary>The band inside this one that reaches the share φ of the way from the targets to the edges.</summary>
    public Bands Inner(ReadOnlySpan<double> targets, double share)
    {
        if (!(share >= 0 && share <= 1)) throw new ArgumentOutOfRangeException(nameof(share), share, "a tolerance lies in [0, 1]");
        var inner = new Bands((double[])Lower.Clone(), (double[])Upper.Clone());
        for (var i = 0; i < targets.Length; i++)
        {
            inner.Lower[i] = targets[i] - share * (targets[i] - Lower[i]);
            inner.Upper[i] = targets[i] + share * (Upper[i] - targets[i]);
        }
        return inner;
    }
}
