namespace Ballast.Numerics.Convex;

/// <summary>The Karush–Kuhn–Tucker conditions of a portfolio programme, measured from weights and prices alone, whoever found them.</summary>
/// <remarks>At w_i = w⁰_i the cost has any slope in [−κ, κ] (the soft-threshold test); turnover's price adds to κ.</remarks>
internal sealed class Optimality(PortfolioProblem problem)
{
    // A weight this near to a stop stands there.
    private const double Touching = 1e-12;
    private readonly double[] slope = new double[problem.Size];

    /// <summary>The largest violation of a limit.</summary>
    public double Primal(ReadOnlySpan<double> w)
    {
        var limits = problem.Limits;
        var worst = Math.Abs(Vectors.Sum(w) - limits.Total);
        for (var i = 0; i < w.Length; i++) worst = Math.Max(worst, Math.Max(limits.Lower[i] - w[i], w[i] - limits.Upper[i]));
        foreach (var row in limits.Rows) worst = Math.Max(worst, Vectors.Dot(row.Coefficients, w) - row.Most);
        if (double.IsFinite(limits.Turnover)) worst = Math.Max(worst, Traded(w) - limits.Turnover);
        return worst;
    }

    /// <summary>The largest violation of stationarity and of complementarity, and the price of each weight's own bounds.</summary>
    public (double Worst, double[] Bounds) Dual(ReadOnlySpan<double> w, Multipliers prices)
    {
        var bounds = new double[w.Length];
        var worst = Complementarity(w, prices);
        Slope(w, prices);
        for (var i = 0; i < w.Length; i++)
        {
            var (least, most) = Slopes(i, w[i], prices.Turnover);
            // At a lower bound the slope may be positive, at an upper one negative.
            var rest = least > 0 ? least : most < 0 ? most : 0;
            var allowed = rest > 0 ? w[i] <= problem.Limits.Lower[i] + Touching : w[i] >= problem.Limits.Upper[i] - Touching;
            bounds[i] = allowed ? rest : 0;
            if (!allowed) worst = Math.Max(worst, Math.Abs(rest));
        }
        return (worst, bounds);
    }

    /// <summary>Where the objective pulls each weight: positive downwards, negative upwards, zero where it rests.</summary>
    public double[] Pulls(ReadOnlySpan<double> w, Multipliers prices)
    {
        Slope(w, prices);
        var pulls = new double[w.Length];
        for (var i = 0; i < w.Length; i++)
        {
            var (least, most) = Slopes(i, w[i], prices.Turnover);
            pulls[i] = least > 0 ? least : most < 0 ? most : 0;
        }
        return pulls;
    }

    private double Complementarity(ReadOnlySpan<double> w, Multipliers prices)
    {
        var limits = problem.Limits;
        var worst = Math.Max(0, -prices.Turnover);
        if (prices.Turnover > 0) worst = Math.Max(worst, prices.Turnover * Math.Abs(Traded(w) - limits.Turnover));
        for (var j = 0; j < prices.Rows.Length; j++)
        {
            var slack = limits.Rows[j].Most - Vectors.Dot(limits.Rows[j].Coefficients, w);
            worst = Math.Max(worst, Math.Max(-prices.Rows[j], Math.Abs(prices.Rows[j] * slack)));
        }
        return worst;
    }

    private void Slope(ReadOnlySpan<double> w, Multipliers prices)
    {
        problem.Risk.Multiply(w, slope);
        for (var i = 0; i < w.Length; i++)
        {
            slope[i] += problem.Linear[i] + prices.Total;
            if (!problem.Trades) continue;
            var trade = w[i] - problem.Limits.Current[i];
            slope[i] += 1.5 * problem.ImpactOf(i) * Math.Sign(trade) * Math.Sqrt(Math.Abs(trade));
        }
        for (var j = 0; j < prices.Rows.Length; j++) Vectors.AddScaled(prices.Rows[j], problem.Limits.Rows[j].Coefficients, slope);
    }

    private (double Least, double Most) Slopes(int i, double w, double turnover)
    {
        if (!problem.Trades) return (slope[i], slope[i]);
        var price = problem.Cost(i) + turnover;
        var trade = w - problem.Limits.Current[i];
        if (Math.Abs(trade) <= Touching) return (slope[i] - price, slope[i] + price);
        return (slope[i] + Math.Sign(trade) * price, slope[i] + Math.Sign(trade) * price);
    }

    public double Traded(ReadOnlySpan<double> w)
    {
        if (problem.Limits.Current.Length == 0) return 0;
        var sum = 0.0;
        for (var i = 0; i < w.Length; i++) sum += Math.Abs(w[i] - problem.Limits.Current[i]);
        return sum;
    }
}
