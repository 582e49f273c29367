using Ballast.Numerics.Allocation;
using Ballast.Numerics.Convex;
using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Optimisation;

/// <summary>Portfolios chosen by what happens in scenarios (T × n simple returns) instead of by covariance: shortfall, drawdown, downside, absolute deviation, worst case.</summary>
/// <remarks>Bounds and linear limits are kept; a turnover limit is not supported and throws. Losses are positive.</remarks>
public static class ScenarioRisk
{
    /// <summary>min a + 1/(T(1−β)) Σ max(−x_t'w − a, 0): the mean of the worst 1 − β of losses (Rockafellar and Uryasev 2000). The value at risk is a.</summary>
    public static Answer<TailPortfolio> MinShortfall(Matrix returns, double beta, Limits limits)
    {
        RequireTail(beta);
        var table = Scaled(returns, out var scale, extra: 1);
        return new ShortfallSearch(table, beta, limits).Solve().Then<TailPortfolio>(found => new TailPortfolio(
            found.Portfolio with { Objective = Shortfall(Losses(returns, found.Portfolio.Weights), beta) }, found.Threshold * scale, returns.Rows * (1 - beta) < 1));
    }

    /// <summary>min ζ + 1/(T(1−β)) Σ max(u_t − ζ, 0) over drawdowns u of the uncompounded sum of returns (Chekhlov, Uryasev and Zabarankin 2005).</summary>
    public static Answer<TailPortfolio> MinDrawdownAtRisk(Matrix returns, double beta, Limits limits)
    {
        if (!(beta >= 0 && beta < 1)) throw new ArgumentOutOfRangeException(nameof(beta), beta, "β lies in [0, 1)");
        var (t, n) = (returns.Rows, returns.Columns);
        var (table, scale) = (Scaled(returns, out var size, extra: 0, extraRows: 1, extraColumns: 1), size);
        table[t, n] = 1;
        var (costs, tail) = (new double[2 * t], new double[n + 1]);
        tail[n] = 1;
        var rows = new List<ScenarioRow>(4 * t);
        for (var k = 0; k < t; k++)
        {
            var (z, u) = (2 * k, 2 * k + 1);
            costs[z] = 1 / (t * (1 - beta));
            rows.Add(new(z, -1, -1, 0, -1, 0, 0));
            rows.Add(new(u, -1, -1, 0, -1, 0, 0));
            rows.Add(new(z, -1, u, 1, t, -1, 0));
            rows.Add(k == 0 ? new(u, -1, -1, 0, k, -1, 0) : new(u, -1, u - 2, 1, k, -1, 0));
        }
        var programme = new ScenarioProblem(table, costs, tail, [.. rows], limits) { Heads = (h, x) => StartDrawdowns(table, h, x) };
        return programme.Solve(returns.Columns).Then<TailPortfolio>(found => new TailPortfolio(
            found.Portfolio with { Objective = Shortfall(Drawdowns(Losses(returns, found.Portfolio.Weights)), beta) }, found.Threshold * scale, t * (1 - beta) < 1));
    }

    /// <summary>min T⁻¹ Σ max(mar − x_t'w, 0)².</summary>
    public static Answer<Portfolio> MinSemivariance(Matrix returns, double acceptable, Limits limits)
    {
        var t = returns.Rows;
        var table = Scaled(returns, out var scale);
        var rows = new List<ScenarioRow>(2 * t);
        for (var k = 0; k < t; k++) rows.Add(new(k, -1, -1, 0, k, -1, -acceptable / scale));
        for (var k = 0; k < t; k++) rows.Add(new(k, -1, -1, 0, -1, 0, 0));
        var programme = new ScenarioProblem(table, new double[t], new double[returns.Columns], [.. rows], limits)
        {
            Curvature = 2.0 / t,
            Heads = (z, x) => { for (var k = 0; k < t; k++) z[k] = Math.Max(0, acceptable / scale - Vectors.Dot(table.Row(k), x)) + 1; },
        };
        return programme.Solve(returns.Columns).Then<Portfolio>(found => found.Portfolio with
        {
            Objective = Losses(returns, found.Portfolio.Weights).Sum(loss => Math.Max(acceptable + loss, 0) is var short1 ? short1 * short1 : 0) / t,
        });
    }

    /// <summary>min T⁻¹ Σ |(x_t − x̄)'w| (Konno and Yamazaki 1991): twice the mean shortfall below the mean, because deviations sum to zero.</summary>
    public static Answer<Portfolio> MinAbsoluteDeviation(Matrix returns, Limits limits)
    {
        var (t, n) = (returns.Rows, returns.Columns);
        var centred = new Matrix(t, n);
        double[] mean = [.. Enumerable.Range(0, n).Select(i => returns.Column(i).Sum() / t)];
        for (var k = 0; k < t; k++)
            for (var i = 0; i < n; i++) centred[k, i] = returns[k, i] - mean[i];
        var table = Scaled(centred, out _);
        var rows = new List<ScenarioRow>(2 * t);
        for (var k = 0; k < t; k++) rows.Add(new(k, -1, -1, 0, k, -1, 0));
        for (var k = 0; k < t; k++) rows.Add(new(k, -1, -1, 0, -1, 0, 0));
        var programme = new ScenarioProblem(table, [.. Enumerable.Repeat(2.0 / t, t)], new double[n], [.. rows], limits)
        {
            Heads = (z, x) => { for (var k = 0; k < t; k++) z[k] = Math.Max(0, -Vectors.Dot(table.Row(k), x)) + 1; },
        };
        return programme.Solve(returns.Columns).Then<Portfolio>(found => found.Portfolio with { Objective = Losses(centred, found.Portfolio.Weights).Average(Math.Abs) });
    }

    /// <summary>min max_t −x_t'w (Young 1998).</summary>
    public static Answer<Portfolio> Minimax(Matrix returns, Limits limits)
    {
        var (t, n) = (returns.Rows, returns.Columns);
        var table = Scaled(returns, out _, extra: 1);
        var tail = new double[n + 1];
        tail[n] = 1;
        ScenarioRow[] rows = [.. Enumerable.Range(0, t).Select(k => new ScenarioRow(-1, 0, -1, 0, k, -1, 0))];
        var programme = new ScenarioProblem(table, [], tail, rows, limits)
        {
            Heads = (_, x) => { for (var k = 0; k < t; k++) x[n] = Math.Max(x[n], 1 - Vectors.Dot(table.Row(k)[..n], x)); },
        };
        return programme.Solve(returns.Columns).Then<Portfolio>(found => found.Portfolio with { Objective = Losses(returns, found.Portfolio.Weights).Max() });
    }

    /// <summary>The mean of the worst T(1 − β) losses, the last one in part.</summary>
    internal static double Shortfall(double[] losses, double beta)
    {
        Array.Sort(losses);
        var (left, sum) = (losses.Length * (1 - beta), 0.0);
        for (var k = losses.Length - 1; k >= 0 && left > 0; k--, left--) sum += Math.Min(1, left) * losses[k];
        return sum / (losses.Length * (1 - beta));
    }

    private static double[] Losses(Matrix returns, double[] w) => [.. returns.Times(w).Select(x => -x)];

    private static double[] Drawdowns(double[] losses)
    {
        var depth = 0.0;
        return [.. losses.Select(loss => depth = Math.Max(0, depth + loss))];
    }

    private static void StartDrawdowns(Matrix table, double[] h, double[] x)
    {
        var depth = 0.0;
        for (var k = 0; k < h.Length / 2; k++)
        {
            depth = Math.Max(0, depth - Vectors.Dot(table.Row(k), x)) + 0.1;
            (h[2 * k], h[2 * k + 1]) = (depth + 1, depth);
        }
    }

    /// <summary>Returns over their mean size, so that the programme's coefficients are about one.</summary>
    private static Matrix Scaled(Matrix returns, out double scale, double extra = 0, int extraRows = 0, int extraColumns = 0)
    {
        returns.RequireFinite();
        if (returns.Rows < 2) throw new ArgumentException($"{returns.Rows} scenarios are too few");
        if (extra != 0) extraColumns = 1;
        scale = returns.Cells.Sum(Math.Abs) / returns.Cells.Length;
        if (!(scale > 0)) scale = 1;
        var table = new Matrix(returns.Rows + extraRows, returns.Columns + extraColumns);
        for (var t = 0; t < returns.Rows; t++)
        {
            for (var i = 0; i < returns.Columns; i++) table[t, i] = returns[t, i] / scale;
            if (extra != 0) table[t, returns.Columns] = extra;
        }
        return table;
    }

    private static void RequireTail(double beta)
    {
        if (!(beta > 0 && beta < 1)) throw new ArgumentOutOfRangeException(nameof(beta), beta, "β lies in (0, 1)");
    }
}

/// <summary>A portfolio of least tail loss.</summary>
/// <param name="Threshold">The loss or drawdown that the tail starts at.</param>
/// <param name="TailTooSmall">The tail is less than one scenario: the portfolio is that of the worst case.</param>
public sealed record TailPortfolio(Portfolio Portfolio, double Threshold, bool TailTooSmall);
