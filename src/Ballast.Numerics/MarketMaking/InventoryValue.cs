namespace Ballast.Numerics.MarketMaking;

/// <summary>v(τ) = exp(−Mτ) v(0) for M with αq² − kμq on its diagonal and −η beside it, α = kγσ²/2, η = A(1 + γ/k)^−(1+k/γ) e^(−kξ/2).</summary>
/// <remarks>
/// All of cI − M is positive for c its largest diagonal, so that the series of its exponential adds without cancelling: every v_q keeps its relative digits, be it 10⁻¹⁰⁰ of
/// the largest, where eigenvectors would lose them. Each step is brought back to a largest element of one; once steps change nothing, more time would not either.
/// </remarks>
internal sealed class InventoryValue
{
    private const double StepNorm = 8;
    private const int MostTerms = 80;
    private readonly double[] diagonal, start;
    private readonly double beside, longest;

    public InventoryValue(MakerMarket market, double riskAversion, int limit)
    {
        var (k, ratio, size) = (market.Decay, riskAversion / market.Decay, 2 * limit + 1);
        var alpha = 0.5 * k * riskAversion * market.Volatility * market.Volatility;
        beside = market.Arrivals * Math.Exp(-(1 + 1 / ratio) * MakerMarket.LogOnePlus(ratio) - 0.5 * k * market.AdverseSelection);
        double[] own = [.. Enumerable.Range(-limit, size).Select(q => alpha * q * q - k * market.Drift * q)];
        var most = own.Max();
        diagonal = [.. own.Select(x => most - x)];
        longest = StepNorm / (diagonal.Max() + 2 * beside);
        start = [.. Enumerable.Range(-limit, size).Select(q => -0.5 * k * market.AdverseSelection * q * q)];
    }

    /// <summary>ln v_q but for a constant, q from −Q to Q.</summary>
    public double[] LogValues(double time)
    {
        if (time == 0) return start;
        double[] v = [.. start.Select(x => Math.Max(Math.Exp(x), double.Epsilon))];
        var steps = Math.Ceiling(time / longest);
        for (var step = 0.0; step < steps; step++)
            if (!Advance(v, time / steps)) break;
        return [.. v.Select(x => Math.Log(x))];
    }

    /// <summary>v ← exp(h(cI − M)) v over its largest element; false where nothing changed.</summary>
    private bool Advance(double[] v, double h)
    {
        var (term, sum) = ((double[])v.Clone(), (double[])v.Clone());
        for (var n = 1; n <= MostTerms; n++)
        {
            term = Times(term, h / n);
            var small = true;
            for (var i = 0; i < sum.Length; i++)
            {
                small &= term[i] <= 1e-18 * sum[i];
                sum[i] += term[i];
            }
            if (small) break;
        }
        var (largest, change) = (sum.Max(), 0.0);
        for (var i = 0; i < v.Length; i++)
        {
            var next = sum[i] / largest;
            change = Math.Max(change, Math.Abs(next - v[i]) / next);
            v[i] = next;
        }
        return change > 4e-15;
    }

    private double[] Times(double[] v, double factor)
    {
        var product = new double[v.Length];
        for (var i = 0; i < v.Length; i++)
            product[i] = factor * (diagonal[i] * v[i] + beside * ((i > 0 ? v[i - 1] : 0) + (i + 1 < v.Length ? v[i + 1] : 0)));
        return product;
    }
}
