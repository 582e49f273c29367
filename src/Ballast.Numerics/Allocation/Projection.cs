namespace Ballast.Numerics.Allocation;

/// <summary>The nearest weights that keep to their bounds and sum to a total.</summary>
public static class Projection
{
    /// <summary>Euclidean projection of w on {lo ≤ y ≤ hi, Σy = total}: y_i = clip(w_i − m, lo_i, hi_i) with the one m that gives the sum.</summary>
    /// <returns>The weights, or <c>BandsInfeasible</c> where Σlo &gt; total, Σhi &lt; total or a lower bound exceeds its upper one.</returns>
    public static Answer<double[]> OntoBox(ReadOnlySpan<double> weights, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper, double total = 1)
    {
        Elements.RequireSameLength(weights.Length, lower.Length, upper.Length);
        Elements.RequireFinite(weights, nameof(weights));
        if (Infeasible(lower, upper, total) is { } refused) return refused;
        var (w, lo, hi) = (weights.ToArray(), lower.ToArray(), upper.ToArray());
        if (IsInside(w, lo, hi, total)) return w;
        // In terms of −m the sum rises, as the solver wants it.
        var kinks = w.Select((x, i) => lo[i] - x).Concat(w.Select((x, i) => hi[i] - x)).Where(double.IsFinite).ToArray();
        var shift = PiecewiseLinear.Root(SumAt, total, kinks, lo.Count(double.IsNegativeInfinity), hi.Count(double.IsPositiveInfinity));
        return w.Select((x, i) => Math.Clamp(x + shift, lo[i], hi[i])).ToArray();

        double SumAt(double by)
        {
            var sum = 0.0;
            for (var i = 0; i < w.Length; i++) sum += Math.Clamp(w[i] + by, lo[i], hi[i]);
            return sum;
        }
    }

    internal static Answer<double[]>.Refused? Infeasible(ReadOnlySpan<double> lower, ReadOnlySpan<double> upper, double total)
    {
        const string Code = "BandsInfeasible";
        if (!double.IsFinite(total)) throw new ArgumentOutOfRangeException(nameof(total), total, "a total must be finite");
        for (var i = 0; i < lower.Length; i++)
            if (!(lower[i] <= upper[i])) return new(Code, $"the band of asset {i} runs from {lower[i]:R} to {upper[i]:R}");
        var (least, most) = (Elements.Sum(lower), Elements.Sum(upper));
        if (least > total + Elements.SumTolerance) return new(Code, $"the lower edges sum to {least:R}, above {total:R}");
        if (most < total - Elements.SumTolerance) return new(Code, $"the upper edges sum to {most:R}, below {total:R}");
        return null;
    }

    /// <summary>Weights that already comply stay as they are, to the last bit.</summary>
    private static bool IsInside(double[] w, double[] lo, double[] hi, double total)
    {
        for (var i = 0; i < w.Length; i++)
            if (w[i] < lo[i] || w[i] > hi[i]) return false;
        return Math.Abs(Elements.Sum(w) - total) <= 1e-15 * w.Length;
    }
}
