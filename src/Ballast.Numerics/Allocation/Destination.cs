namespace Ballast.Numerics.Allocation;

/// <summary>How far a rebalance goes once a band is breached.</summary>
public abstract record Destination
{
    private Destination() { }

    /// <summary>All the way to the targets.</summary>
    public sealed record Target : Destination;

    /// <summary>A share of the way, w + f(t − w); one half is the usual choice.</summary>
    public sealed record Fraction(double Share) : Destination;

    /// <summary>To the nearest weights inside the bands.</summary>
    public sealed record Edge : Destination;

    /// <summary>To the nearest weights inside bands that are narrower by a factor.</summary>
    public sealed record Tolerance(double Share = 0.5) : Destination;

    public static Destination Halfway { get; } = new Fraction(0.5);

    /// <summary>The weights to trade to; the present ones where no band is breached.</summary>
    public Answer<double[]> From(ReadOnlySpan<double> weights, ReadOnlySpan<double> targets, Bands bands)
    {
        Elements.RequireSameLength(weights.Length, targets.Length, bands.Lower.Length);
        Elements.RequireFinite(targets, nameof(targets));
        if (!bands.Breached(weights).Contains(true)) return weights.ToArray();
        return this switch
        {
            Target => targets.ToArray(),
            Fraction to => Between(weights, targets, to.Share),
            Edge => Projection.OntoBox(weights, bands.Lower, bands.Upper, Elements.Sum(targets)),
            Tolerance to => OntoInner(weights, targets, bands.Inner(targets, to.Share)),
            _ => throw new InvalidOperationException($"no way to {GetType().Name}"),
        };
    }

    private static Answer<double[]> OntoInner(ReadOnlySpan<double> weights, ReadOnlySpan<double> targets, Bands inner) =>
        Projection.OntoBox(weights, inner.Lower, inner.Upper, Elements.Sum(targets));

    private static double[] Between(ReadOnlySpan<double> weights, ReadOnlySpan<double> targets, double share)
    {
        if (!(share >= 0 && share <= 1)) throw new ArgumentOutOfRangeException(nameof(share), share, "a share of the way lies in [0, 1]");
        var between = new double[weights.Length];
        for (var i = 0; i < between.Length; i++) between[i] = weights[i] + share * (targets[i] - weights[i]);
        return between;
    }
}
