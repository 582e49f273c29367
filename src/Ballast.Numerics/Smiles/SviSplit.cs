namespace Ballast.Numerics.Smiles;

/// <summary>The quotes of one expiry, as least squares in total variance sees them.</summary>
/// <param name="K">Log-moneyness.</param>
/// <param name="W">Total variance.</param>
/// <param name="Volatility">σ.</param>
/// <param name="Weight">u, which add up to 1.</param>
internal sealed record WeightedQuotes(double[] K, double[] W, double[] Volatility, double[] Weight, double Years)
{
    /// <summary>u = min(vega, cap)/(half-spread)², where the cap is half of the greatest vega.</summary>
    public static WeightedQuotes Of(IReadOnlyList<SmileQuote> quotes, double years)
    {
        double[] vega = [.. quotes.Select(q => q.Vega(years))];
        var cap = vega.Max() / 2;
        double[] weight = [.. quotes.Select((q, i) => Math.Min(vega[i], cap) / (q.HalfSpread * q.HalfSpread))];
        var sum = weight.Sum();
        return new([.. quotes.Select(q => q.LogMoneyness)], [.. quotes.Select(q => q.Volatility * q.Volatility * years)],
            [.. quotes.Select(q => q.Volatility)], [.. weight.Select(u => u / sum)], years);
    }

    /// <summary>Σ u (σ of the slice − σ)².</summary>
    public double Squares(in RawSvi slice)
    {
        var sum = 0.0;
        for (var i = 0; i < K.Length; i++)
        {
            var off = Math.Sqrt(slice.At(K[i]).Value / Years) - Volatility[i];
            sum += Weight[i] * off * off;
        }
        return sum;
    }
}

/// <summary>The best SVI slice for a given place m and roundness s, which is linear least squares.</summary>
/// <remarks>
/// After Zeliade Systems (2009), "Quasi-explicit calibration of Gatheral's SVI model". With y = (k − m)/s and one unknown a wing,
/// w = a + p(√(y² + 1) − y)/2 + q(√(y² + 1) + y)/2, where p = bs(1 − ρ) and q = bs(1 + ρ): the paper's conditions on (a, c, d), with Lee's bound of 2 on
/// either slope, are then a box, 0 ≤ p, q ≤ 2s and 0 ≤ a ≤ max w. An error of w counts as one of σ = √(w/T) by 1/(2σT).
/// </remarks>
internal static class SviSplit
{
    public static RawSvi Best(WeightedQuotes quotes, double m, double s)
    {
        Span<double> normal = stackalloc double[9], right = stackalloc double[3], most = [0, 2 * s, 2 * s], x = stackalloc double[3];
        Accumulate(quotes, m, s, normal, right);
        foreach (var w in quotes.W) most[0] = Math.Max(most[0], w);
        BoxedSquares.Solve(normal, right, most, x);
        var (b, tilt) = ((x[1] + x[2]) / (2 * s), x[1] + x[2] == 0 ? 0 : (x[2] - x[1]) / (x[1] + x[2]));
        return new(x[0], b, tilt, m, s);
    }

    private static void Accumulate(WeightedQuotes quotes, double m, double s, Span<double> normal, Span<double> right)
    {
        Span<double> row = stackalloc double[3];
        for (var i = 0; i < quotes.K.Length; i++)
        {
            var y = (quotes.K[i] - m) / s;
            var root = Math.Sqrt(y * y + 1);
            (row[0], row[1], row[2]) = (1, (root - y) / 2, (root + y) / 2);
            var u = quotes.Weight[i] / (4 * quotes.W[i] * quotes.Years);
            for (var r = 0; r < 3; r++)
            {
                right[r] += u * row[r] * quotes.W[i];
                for (var c = 0; c < 3; c++) normal[3 * r + c] += u * row[r] * row[c];
            }
        }
    }
}
