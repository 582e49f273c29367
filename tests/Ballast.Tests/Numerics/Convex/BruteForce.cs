using Ballast.Numerics.Convex;

namespace Ballast.Tests.Numerics.Convex;

/// <summary>The optimum of a small portfolio programme without impact: each weight at a bound, where it is, bought or sold, each other limit binding or not, one dense system each.</summary>
internal static class BruteForce
{
    private const double Slack = 1e-9;

    /// <summary>The least objective over all candidates that keep the limits; null where none does.</summary>
    public static double? Least(PortfolioProblem problem)
    {
        double? least = null;
        var shared = 1 << (problem.Limits.Rows.Count + 1);
        foreach (var places in Places(problem.Size))
            for (var binding = 0; binding < shared; binding++)
                if (Candidate(problem, places, binding) is { } w && Keeps(problem, w) && !(problem.Objective(w) >= least)) least = problem.Objective(w);
        return least;
    }

    /// <summary>−2 at the lower bound, −1 sold, 0 as it is, 1 bought, 2 at the upper bound.</summary>
    private static IEnumerable<int[]> Places(int n) => n == 0 ? [[]] : Places(n - 1).SelectMany(rest => Enumerable.Range(-2, 5).Select(place => (int[])[.. rest, place]));

    /// <summary>The stationary point with these equalities: unknowns are all weights, then the price of each equality.</summary>
    private static double[]? Candidate(PortfolioProblem problem, int[] places, int binding)
    {
        var (n, limits) = (problem.Size, problem.Limits);
        var rows = new List<(double[] Row, double Right)> { (Enumerable.Repeat(1.0, n).ToArray(), limits.Total) };
        if ((binding & 1) != 0)
        {
            if (!double.IsFinite(limits.Turnover)) return null;
            double[] sides = [.. Enumerable.Range(0, n).Select(i => places[i] is -1 or 1 ? places[i] : Math.Sign(Fixed(limits, places, i) - limits.Current[i]))];
            rows.Add((sides, limits.Turnover + sides.Zip(limits.Current, (s, w) => s * w).Sum()));
        }
        for (var j = 0; j < limits.Rows.Count; j++)
            if ((binding >> (j + 1) & 1) != 0) rows.Add((limits.Rows[j].Coefficients, limits.Rows[j].Most));
        for (var i = 0; i < n; i++)
            if (places[i] is -2 or 0 or 2) rows.Add(([.. Enumerable.Range(0, n).Select(k => k == i ? 1.0 : 0)], Fixed(limits, places, i)));
        return Solved(problem, places, rows);
    }

    private static double Fixed(Limits limits, int[] places, int i) => places[i] switch { -2 => limits.Lower[i], 2 => limits.Upper[i], _ => limits.Current[i] };

    private static double[]? Solved(PortfolioProblem problem, int[] places, List<(double[] Row, double Right)> rows)
    {
        var (n, size) = (problem.Size, problem.Size + rows.Count);
        var (a, unit) = (new double[size, size + 1], new double[n]);
        for (var i = 0; i < n; i++)
        {
            (unit[i], a[i, size]) = (1, -problem.Linear[i] - (places[i] is -1 or 1 ? places[i] * problem.Costs[i] : 0));
            var column = new double[n];
            problem.Risk.Multiply(unit, column);
            for (var k = 0; k < n; k++) a[k, i] = column[k];
            for (var r = 0; r < rows.Count; r++) a[n + r, i] = a[i, n + r] = rows[r].Row[i];
            unit[i] = 0;
        }
        for (var r = 0; r < rows.Count; r++) a[n + r, size] = rows[r].Right;
        return Eliminated(a, size)?[..n];
    }

    /// <summary>Gauss and Jordan with the largest pivot of the column; a dependent equation that holds anyway is left out.</summary>
    private static double[]? Eliminated(double[,] a, int size)
    {
        var pivots = new int[size];
        var done = 0;
        for (var column = 0; column < size; column++)
        {
            var best = Enumerable.Range(done, size - done).DefaultIfEmpty(-1).MaxBy(row => row < 0 ? 0 : Math.Abs(a[row, column]));
            pivots[column] = -1;
            if (best < 0 || Math.Abs(a[best, column]) < 1e-11) continue;
            for (var k = 0; k <= size; k++) (a[done, k], a[best, k]) = (a[best, k], a[done, k]);
            for (var row = 0; row < size; row++)
            {
                if (row == done) continue;
                var factor = a[row, column] / a[done, column];
                for (var k = column; k <= size; k++) a[row, k] -= factor * a[done, k];
            }
            pivots[column] = done++;
        }
        return [.. Enumerable.Range(0, size).Select(column => pivots[column] < 0 ? 0 : a[pivots[column], size] / a[pivots[column], column])];
    }

    private static bool Keeps(PortfolioProblem problem, double[] w)
    {
        var limits = problem.Limits;
        return Math.Abs(w.Sum() - limits.Total) <= Slack
            && Enumerable.Range(0, w.Length).All(i => w[i] >= limits.Lower[i] - Slack && w[i] <= limits.Upper[i] + Slack)
            && limits.Rows.All(row => row.Coefficients.Zip(w, (a, x) => a * x).Sum() <= row.Most + Slack)
            && w.Zip(limits.Current, (a, b) => Math.Abs(a - b)).Sum() <= limits.Turnover + Slack;
    }
}
