using Ballast.Numerics.Convex;
using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Programming;

/// <summary>The dual simplex method for bounded variables with the long-step ratio test (Lemke 1954; Fourer 1994; Koberstein 2005, chapter 3).</summary>
/// <remarks>
/// It starts where no limit is looked at, which bounds make optimal in all but the limits, and goes on from any later set of bounds: that is what branching needs.
/// A basis has as many columns as there are rows, so few that it is inverted anew at each step: no error can gather.
/// Variables are those of the programme, then one a row, its activity: A x − r = 0.
/// </remarks>
internal sealed class DualSimplex
{
    private const double Tolerance = 1e-9, Negligible = 1e-11;
    private readonly int rows, own;
    private readonly Matrix table;
    private readonly double[] costs, low, high, value, reduced, alpha, prices, rowScale;
    private readonly bool[] atHigh, isBasic;
    private readonly int[] basis;
    private readonly BasisInverse inverse;
    private readonly double costScale;

    public DualSimplex(BoundedProgramme programme)
    {
        programme.Require();
        (rows, own) = (programme.Rows.Rows, programme.Size);
        var all = rows + own;
        rowScale = [.. Enumerable.Range(0, rows).Select(i => Vectors.MaxAbs(programme.Rows.Row(i)) is > 0 and var largest ? 1 / largest : 1)];
        table = Algebra.Filled(rows, own, (i, j) => programme.Rows[i, j] * rowScale[i]);
        costs = [.. programme.Costs, .. new double[rows]];
        low = [.. programme.Low, .. programme.RowLow.Zip(rowScale, (x, scale) => x * scale)];
        high = [.. programme.High, .. programme.RowHigh.Zip(rowScale, (x, scale) => x * scale)];
        (value, reduced, alpha, prices) = (new double[all], new double[all], new double[all], new double[rows]);
        (atHigh, isBasic, basis) = (new bool[all], new bool[all], [.. Enumerable.Range(own, rows)]);
        inverse = new BasisInverse(rows);
        costScale = Math.Max(Vectors.MaxAbs(costs), double.Epsilon);
    }

    /// <summary>The variables' values at the end, then the rows' activities in the scale of the solver.</summary>
    public ReadOnlySpan<double> Values => value.AsSpan(0, own);

    /// <summary>What one more unit of a variable would cost at the optimum; 0 where it is in the basis.</summary>
    public ReadOnlySpan<double> ReducedCosts => reduced.AsSpan(0, own);

    public double Objective { get; private set; }

    public int Steps { get; private set; }

    /// <summary>What one more unit of a row's bound would change in the objective: not positive at an upper bound, not negative at a lower one.</summary>
    public double Price(int row) => isBasic[own + row] ? 0 : reduced[own + row] * rowScale[row];

    /// <summary>Where a later solution may go on from.</summary>
    public (int[] Basis, bool[] AtHigh) Place => ([.. basis], [.. atHigh]);

    /// <summary>Solves within other bounds of the variables, from a place that an earlier solution left, or from the start.</summary>
    public Status Solve(double[] newLow, double[] newHigh, (int[] Basis, bool[] AtHigh)? from = null)
    {
        newLow.CopyTo(low, 0);
        newHigh.CopyTo(high, 0);
        for (var j = 0; j < own; j++)
            if (low[j] > high[j]) return Status.Infeasible;
        (from?.Basis ?? [.. Enumerable.Range(own, rows)]).CopyTo(basis, 0);
        (from?.AtHigh ?? new bool[atHigh.Length]).CopyTo(atHigh, 0);
        Array.Clear(isBasic);
        foreach (var j in basis) isBasic[j] = true;
        return Run();
    }

    private Status Run()
    {
        var (patience, most) = (50 + 10 * rows, 1000 + 20 * (own + rows));
        for (Steps = 0; Steps < most; Steps++)
        {
            if (!inverse.Of(basis, table, own)) return Status.Numerical;
            PriceAll();
            Settle();
            var careful = Steps > patience;
            var leaving = Leaving(careful);
            if (leaving < 0) return Status.Optimal;
            if (Entering(leaving, careful) is not (>= 0 and var entering)) return Status.Infeasible;
            Exchange(leaving, entering);
        }
        return Status.MaxIterations;
    }

    /// <summary>y' = c_B' B⁻¹, d = c − y'A.</summary>
    private void PriceAll()
    {
        Array.Clear(prices);
        for (var i = 0; i < rows; i++)
            if (costs[basis[i]] != 0) Vectors.AddScaled(costs[basis[i]], inverse.Row(i), prices);
        costs.CopyTo(reduced, 0);
        for (var i = 0; i < rows; i++)
        {
            Vectors.AddScaled(-prices[i], table.Row(i), reduced.AsSpan(0, own));
            reduced[own + i] = prices[i];
        }
    }

    /// <summary>Each variable outside of the basis goes to the bound that its reduced cost presses it against; the basis makes up for the rest.</summary>
    private void Settle()
    {
        Span<double> right = stackalloc double[rows];
        for (var j = 0; j < value.Length; j++)
        {
            if (isBasic[j]) { value[j] = 0; continue; }
            if (Math.Abs(reduced[j]) > Tolerance * costScale) atHigh[j] = reduced[j] < 0;
            if (!double.IsFinite(atHigh[j] ? high[j] : low[j])) atHigh[j] = !atHigh[j];
            value[j] = atHigh[j] ? high[j] : low[j];
        }
        for (var i = 0; i < rows; i++) right[i] = value[own + i] - Vectors.Dot(table.Row(i), value.AsSpan(0, own));
        for (var i = 0; i < rows; i++) value[basis[i]] = Vectors.Dot(inverse.Row(i), right);
        Objective = Vectors.Dot(costs, value);
    }

    private double Excess(int j) =>
        value[j] < low[j] - Tolerance * (1 + Math.Abs(low[j])) ? value[j] - low[j]
        : value[j] > high[j] + Tolerance * (1 + Math.Abs(high[j])) ? value[j] - high[j]
        : 0;

    /// <summary>The place in the basis that breaks its bound most; with care (Bland 1977) that of the first variable that does, which cannot go in circles.</summary>
    private int Leaving(bool careful)
    {
        var (found, best) = (-1, careful ? double.NegativeInfinity : 0.0);
        for (var i = 0; i < rows; i++)
        {
            if (Excess(basis[i]) is not (not 0 and var excess)) continue;
            var worth = careful ? -basis[i] : Math.Abs(excess);
            if (worth > best) (found, best) = (i, worth);
        }
        return found;
    }

    /// <summary>The variable that takes the place, −1 where no movement of the others within their bounds brings the leaving one back.</summary>
    private int Entering(int leaving, bool careful)
    {
        Array.Clear(alpha);
        for (var i = 0; i < rows; i++)
        {
            var factor = inverse.Row(leaving)[i];
            Vectors.AddScaled(factor, table.Row(i), alpha.AsSpan(0, own));
            alpha[own + i] = -factor;
        }
        var excess = Excess(basis[leaving]);
        var candidates = Enumerable.Range(0, value.Length).Where(j => Helps(j, excess)).ToArray();
        var ratios = candidates.Select(j => Math.Abs(reduced[j] / alpha[j])).ToArray();
        return careful ? FirstOfLeast(candidates, ratios) : LongStep(candidates, ratios, Math.Abs(excess));
    }

    /// <summary>Whether moving the variable away from its bound brings the leaving one nearer: x_B = ... − α_j x_j.</summary>
    private bool Helps(int j, double excess) =>
        !isBasic[j] && low[j] < high[j] && Math.Abs(alpha[j]) > Negligible && (atHigh[j] ? alpha[j] : -alpha[j]) * excess < 0;

    private static int FirstOfLeast(int[] candidates, double[] ratios)
    {
        if (candidates.Length == 0) return -1;
        var least = ratios.Min();
        return candidates.Where((_, k) => ratios[k] <= least * (1 + 1e-12)).Min();
    }

    /// <summary>Candidates change their bound, cheapest first, until one of them can bring back what is left.</summary>
    private int LongStep(int[] candidates, double[] ratios, double left)
    {
        Array.Sort(ratios, candidates);
        var slack = Tolerance * (1 + left);
        for (var k = 0; k < candidates.Length; k++)
        {
            var j = candidates[k];
            left -= Math.Abs(alpha[j]) * (high[j] - low[j]);
            if (left <= slack) return SteadiestOf(candidates, ratios, k);
        }
        return -1;
    }

    /// <summary>Of candidates with the same ratio the one with the largest pivot.</summary>
    private int SteadiestOf(int[] candidates, double[] ratios, int from)
    {
        var best = from;
        for (var k = from + 1; k < candidates.Length && ratios[k] <= ratios[from] * (1 + 1e-12); k++)
            if (Math.Abs(alpha[candidates[k]]) > Math.Abs(alpha[candidates[best]])) best = k;
        return candidates[best];
    }

    private void Exchange(int leaving, int entering)
    {
        var left = basis[leaving];
        (isBasic[left], isBasic[entering], atHigh[left]) = (false, true, value[left] > high[left]);
        basis[leaving] = entering;
    }
}
