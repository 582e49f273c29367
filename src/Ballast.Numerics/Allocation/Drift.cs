namespace Ballast.Numerics.Allocation;

/// <summary>How weights move when prices do, and how far they then are from where they should be.</summary>
/// <param name="MaxAbs">max |w_i − t_i|.</param>
/// <param name="SumAbsHalf">Σ|w_i − t_i|/2: the one-way turnover that would undo it.</param>
/// <param name="L2">√Σ(w_i − t_i)².</param>
public readonly record struct Drift(double MaxAbs, double SumAbsHalf, double L2)
{
    /// <summary>Weights after one period without trades: w_i(1 + r_i)/(1 + Σ w_j r_j), which takes Σw = 1.</summary>
    public static Answer<double[]> After(ReadOnlySpan<double> weights, ReadOnlySpan<double> returns)
    {
        Elements.RequireSameLength(weights.Length, returns.Length);
        Elements.RequireFinite(weights, nameof(weights));
        Elements.RequireFinite(returns, nameof(returns));
        var growth = 1.0;
        for (var i = 0; i < weights.Length; i++) growth += weights[i] * returns[i];
        if (growth <= 0) return new Answer<double[]>.Refused("NavNotPositive", $"these returns leave {growth:R} of the book's value");
        var after = new double[weights.Length];
        for (var i = 0; i < after.Length; i++) after[i] = weights[i] * (1 + returns[i]) / growth;
        return after;
    }

    /// <summary>The distances of weights from their targets.</summary>
    public static Drift Of(ReadOnlySpan<double> weights, ReadOnlySpan<double> targets)
    {
        Elements.RequireSameLength(weights.Length, targets.Length);
        double largest = 0, sum = 0, squares = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            var distance = Math.Abs(weights[i] - targets[i]);
            (largest, sum, squares) = (Math.Max(largest, distance), sum + distance, squares + distance * distance);
        }
        return new(largest, sum / 2, Math.Sqrt(squares));
    }
}
