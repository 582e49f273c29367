using Ballast.Numerics.Statistics;

namespace Ballast.Numerics.Smiles;

/// <summary>One node of a smile over deltas.</summary>
/// <param name="CallDelta">Black's delta of the call, N(d₁): 0.75 is the 25-delta put.</param>
/// <param name="Variance">Total variance, w.</param>
public readonly record struct DeltaNode(double CallDelta, double Variance);

/// <summary>A smile whose total variance is a monotone cubic of Black's delta between nodes, and flat beyond the last.</summary>
/// <param name="Nodes">Two or more, by rising <see cref="DeltaNode.CallDelta"/>.</param>
public sealed record DeltaSmile(double Forward, double Years, IReadOnlyList<DeltaNode> Nodes) : Smile(Forward, Years)
{
    private readonly MonotoneCubic curve = new([.. Nodes.Select(n => n.CallDelta)], [.. Nodes.Select(n => n.Variance)]);

    /// <summary>Whether every strike has one delta: k falls everywhere as the call's delta rises.</summary>
    public bool IsSingleValued => Enumerable.Range(0, 50).Select(i => curve.First + (curve.Last - curve.First) * i / 49).All(delta => Feedback(Moneyness(delta), delta) < 1);

    public override VariancePoint Variance(double k)
    {
        if (k <= Moneyness(curve.Last)) return new(curve.At(curve.Last).Value, 0, 0);
        if (k >= Moneyness(curve.First)) return new(curve.At(curve.First).Value, 0, 0);
        return ByMoneyness(k, Delta(k));
    }

    /// <summary>k of a call's delta: w/2 − √w N⁻¹(δ).</summary>
    internal double Moneyness(double delta)
    {
        var w = curve.At(delta).Value;
        return w / 2 - Math.Sqrt(w) * Normal.InverseCdf(delta);
    }

    /// <summary>The δ with N(d₁(k, w(δ))) = δ, by Newton's steps inside of a bracket.</summary>
    private double Delta(double k)
    {
        var (low, high, delta) = (curve.First, curve.Last, 0.5 * (curve.First + curve.Last));
        for (var i = 0; i < 100; i++)
        {
            var off = Normal.Cdf(D1(k, curve.At(delta).Value)) - delta;
            if (Math.Abs(off) < 1e-15 || high - low < 1e-15) break;
            if (off > 0) low = delta;
            else high = delta;
            var next = delta - off / (Feedback(k, delta) - 1);
            if (Math.Abs(next - delta) < 1e-16) break;
            delta = next > low && next < high ? next : 0.5 * (low + high);
        }
        return delta;
    }

    /// <summary>d N(d₁)/dδ at fixed k, through w(δ): φ(d₁) ∂d₁/∂w w'(δ).</summary>
    private double Feedback(double k, double delta)
    {
        var w = curve.At(delta);
        return Normal.Pdf(D1(k, w.Value)) * ByVariance(k, w.Value) * w.Slope;
    }

    /// <summary>From derivatives by δ to derivatives by k: δ = N(d₁(k, w(δ))), differentiated twice.</summary>
    private VariancePoint ByMoneyness(double k, double delta)
    {
        var (by, w) = (curve.At(delta), curve.At(delta).Value);
        var (d1, root) = (D1(k, w), Math.Sqrt(w));
        var (density, grows) = (Normal.Pdf(d1), ByVariance(k, w));
        var loop = 1 - density * grows * by.Slope;
        var first = -density / root / loop;
        var slope = by.Slope * first;
        var d1Slope = first / density;
        var mixed = slope / (w * root) - slope * slope * (0.75 * k / w + 0.125) / (w * root);
        var second = density * (-d1 * d1Slope * d1Slope + mixed + grows * by.Curvature * first * first) / loop;
        return new(w, slope, by.Curvature * first * first + by.Slope * second);
    }

    private static double D1(double k, double w) => (w / 2 - k) / Math.Sqrt(w);

    /// <summary>∂d₁/∂w at fixed k.</summary>
    private static double ByVariance(double k, double w) => (k / (2 * w) + 0.25) / Math.Sqrt(w);
}
