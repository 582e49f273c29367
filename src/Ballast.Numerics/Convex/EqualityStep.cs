namespace Ballast.Numerics.Convex;

/// <summary>Newton's step for a portfolio programme whose active limits are equalities: H over the free weights, bordered by the limits' rows.</summary>
internal sealed class EqualityStep
{
    // Of the mean diagonal. It damps steps along directions without curvature; residuals are measured without it, so that it biases nothing.
    private const double Ridge = 1e-9;
    private readonly PortfolioProblem problem;
    private readonly ActiveLimits active;
    private readonly int[] free;
    private readonly Curvature part;
    private readonly double[][] rows;
    private readonly int turnover;
    private readonly double[] added, right, miss, slope;
    private readonly Border border;

    public EqualityStep(PortfolioProblem problem, ActiveLimits active, int[] free)
    {
        (this.problem, this.active, this.free) = (problem, active, free);
        part = problem.Risk.Of(free);
        var chosen = new List<double[]> { free.Select(_ => 1.0).ToArray() };
        turnover = active.TurnoverBinds ? chosen.Count : -1;
        if (active.TurnoverBinds) chosen.Add([.. free.Select(i => (double)active.Side(i))]);
        for (var j = 0; j < active.RowBinds.Length; j++)
            if (active.RowBinds[j]) chosen.Add([.. free.Select(i => problem.Limits.Rows[j].Coefficients[i])]);
        rows = [.. chosen];
        (added, right, miss, slope) = (new double[free.Length], new double[free.Length], new double[rows.Length], new double[problem.Size]);
        border = new Border(rows.Length, free.Length);
    }

    /// <summary>The prices of the active limits, in the order of the rows.</summary>
    public double[] Prices(Multipliers prices) =>
        [prices.Total, .. active.TurnoverBinds ? [prices.Turnover] : Array.Empty<double>(), .. prices.Rows.Where((_, j) => active.RowBinds[j])];

    public Multipliers Multipliers(double[] y)
    {
        var next = turnover < 0 ? 1 : 2;
        return new(y[0], [], [.. active.RowBinds.Select(binds => binds ? y[next++] : 0)], turnover < 0 ? 0 : y[turnover]);
    }

    /// <summary>What stationarity and the equalities lack; the largest of it.</summary>
    public double Measure(ReadOnlySpan<double> w, double[] y)
    {
        problem.Risk.Multiply(w, slope);
        for (var f = 0; f < free.Length; f++)
        {
            var (i, sum) = (free[f], slope[free[f]] + problem.Linear[free[f]]);
            if (problem.Trades) sum += active.Side(i) * (problem.Cost(i) + 1.5 * problem.ImpactOf(i) * Math.Sqrt(Math.Abs(w[i] - problem.Limits.Current[i])));
            for (var j = 0; j < rows.Length; j++) sum += y[j] * rows[j][f];
            right[f] = -sum;
        }
        MeasureRows(w);
        return Math.Max(Vectors.MaxAbs(right), Vectors.MaxAbs(miss));
    }

    public bool Factor(ReadOnlySpan<double> w, bool ridged)
    {
        var ridge = ridged ? Ridge * Math.Max(problem.Risk.MeanDiagonal(), 1) : 0;
        for (var f = 0; f < free.Length; f++)
        {
            var (i, bend) = (free[f], ridge);
            if (problem.Trades && problem.ImpactOf(i) > 0) bend += 0.75 * problem.ImpactOf(i) / Math.Sqrt(Math.Max(1e-16, Math.Abs(w[i] - problem.Limits.Current[i])));
            added[f] = bend;
        }
        return part.Factor(added) && border.Factor(part.Solve, (j, into) => rows[j].CopyTo(into), Product, Inverse);
    }

    /// <summary>Steps; returns the largest move of a weight.</summary>
    public double Take(Span<double> w, double[] y)
    {
        border.Solve(part.Solve, Product, right, miss);
        for (var f = 0; f < free.Length; f++) w[free[f]] += right[f];
        for (var j = 0; j < rows.Length; j++) y[j] += miss[j];
        return Vectors.MaxAbs(right);
    }

    /// <summary>A row without a free weight moves nothing: its price stays as it is.</summary>
    private double Inverse(int row) => Vectors.MaxAbs(rows[row]) == 0 ? 1e300 : 0;

    private double Product(int row, ReadOnlySpan<double> x) => Vectors.Dot(rows[row], x);

    private void MeasureRows(ReadOnlySpan<double> w)
    {
        var limits = problem.Limits;
        miss[0] = limits.Total - Vectors.Sum(w);
        var next = 1;
        if (turnover > 0)
        {
            miss[next] = limits.Turnover;
            for (var i = 0; i < w.Length; i++) miss[next] -= Math.Abs(w[i] - limits.Current[i]);
            next++;
        }
        for (var j = 0; j < active.RowBinds.Length; j++)
            if (active.RowBinds[j]) miss[next++] = limits.Rows[j].Most - Vectors.Dot(limits.Rows[j].Coefficients, w);
    }
}
