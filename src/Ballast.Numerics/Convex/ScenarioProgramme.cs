using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Convex;

/// <summary>One row of a scenario programme: Σ heads + sign · table_t · tail ≤ most.</summary>
/// <param name="Head1">Index of a scenario's own variable, −1 for none; Value is its coefficient.</param>
/// <param name="Table">Row of the table, −1 for none.</param>
internal readonly record struct ScenarioRow(int Head1, double Value1, int Head2, double Value2, int Table, double Sign, double Most);

/// <summary>Programmes over scenarios for the interior point method: many variables with few neighbours (shortfalls, drawdowns) and a short dense tail (weights).</summary>
/// <remarks>
/// The scenarios' own variables make a band, which is eliminated first; a step costs T p² for p weights. With A = [A_hh A_ht; · A_tt], A_hh = LL',
/// V = L⁻¹A_ht, the tail is solved with A_tt − V'V and one more column for Σw = total.
/// </remarks>
internal sealed class ScenarioProgramme : Programme
{
    private const int Band = 2;
    private readonly ScenarioModel model;
    private readonly int heads, tail, lowerCount;
    private readonly ScenarioRow[] rows;
    private readonly int[] lower, upper;
    private readonly double[] band;
    private readonly Matrix coupling;
    private readonly SquareSum rowSquares, headSquares;
    private readonly BlockedCholesky core;
    private readonly double[] budget, bounds;
    private double budgetSize;

    public ScenarioProgramme(ScenarioModel model)
    {
        (this.model, rows, heads, tail) = (model, model.Rows, model.HeadCosts.Length, model.TailCosts.Length);
        lower = [.. Enumerable.Range(0, tail).Where(i => double.IsFinite(model.Lower[i]))];
        upper = [.. Enumerable.Range(0, tail).Where(i => double.IsFinite(model.Upper[i]))];
        lowerCount = rows.Length + lower.Length;
        band = new double[heads * (Band + 1)];
        coupling = new Matrix(heads, tail);
        (rowSquares, headSquares) = (new SquareSum(tail), new SquareSum(tail));
        core = new BlockedCholesky(tail);
        (budget, bounds) = (new double[tail], new double[tail]);
    }

    public override int Variables => heads + tail;
    public override int Equalities => 1;

    /// <summary>Drawdowns that stay below the tail's edge are free, and their rows' multipliers vanish: the least give bounds the ratios in the factor, which would lose its digits.</summary>
    public override double Softness(int row) => 1e-13;

    public override int Rows => lowerCount + upper.Length;
    public override bool Linear => model.HeadCurvature == 0;

    public override void Start(Span<double> x) => model.Start(x[..heads], x[heads..]);

    public override void Gradient(ReadOnlySpan<double> x, Span<double> g)
    {
        for (var h = 0; h < heads; h++) g[h] = model.HeadCosts[h] + model.HeadCurvature * x[h];
        model.TailCosts.CopyTo(g[heads..]);
    }

    public override void Bend(ReadOnlySpan<double> x, ReadOnlySpan<double> v, Span<double> result)
    {
        result.Clear();
        if (model.HeadCurvature != 0) Vectors.AddScaled(model.HeadCurvature, v[..heads], result);
    }

    public override void Excess(ReadOnlySpan<double> x, Span<double> values)
    {
        Slopes(x, values);
        for (var r = 0; r < rows.Length; r++) values[r] -= rows[r].Most;
        for (var k = 0; k < lower.Length; k++) values[rows.Length + k] += model.Lower[lower[k]];
        for (var k = 0; k < upper.Length; k++) values[lowerCount + k] -= model.Upper[upper[k]];
    }

    public override void Slopes(ReadOnlySpan<double> x, Span<double> values)
    {
        var weights = x[heads..];
        for (var r = 0; r < rows.Length; r++)
        {
            var row = rows[r];
            var sum = row.Table < 0 ? 0 : row.Sign * Vectors.Dot(model.Table.Row(row.Table), weights);
            if (row.Head1 >= 0) sum += row.Value1 * x[row.Head1];
            if (row.Head2 >= 0) sum += row.Value2 * x[row.Head2];
            values[r] = sum;
        }
        for (var k = 0; k < lower.Length; k++) values[rows.Length + k] = -weights[lower[k]];
        for (var k = 0; k < upper.Length; k++) values[lowerCount + k] = weights[upper[k]];
    }

    public override void AddRows(ReadOnlySpan<double> z, Span<double> g)
    {
        var weights = g[heads..];
        for (var r = 0; r < rows.Length; r++)
        {
            var row = rows[r];
            if (row.Head1 >= 0) g[row.Head1] += row.Value1 * z[r];
            if (row.Head2 >= 0) g[row.Head2] += row.Value2 * z[r];
            if (row.Table >= 0) Vectors.AddScaled(row.Sign * z[r], model.Table.Row(row.Table), weights);
        }
        for (var k = 0; k < lower.Length; k++) weights[lower[k]] -= z[rows.Length + k];
        for (var k = 0; k < upper.Length; k++) weights[upper[k]] += z[lowerCount + k];
    }

    public override void Miss(ReadOnlySpan<double> x, Span<double> values) => values[0] = Vectors.Sum(x.Slice(heads, model.Assets)) - model.Total;

    public override void EqualitySlopes(ReadOnlySpan<double> x, Span<double> values) => values[0] = Vectors.Sum(x.Slice(heads, model.Assets));

    public override void AddEqualities(ReadOnlySpan<double> y, Span<double> g)
    {
        for (var i = 0; i < model.Assets; i++) g[heads + i] += y[0];
    }

    public override bool Factor(ReadOnlySpan<double> x, ReadOnlySpan<double> d)
    {
        Assemble(d);
        if (!EliminateHeads()) return false;
        if (!FactorTail()) return false;
        budget.AsSpan(0, model.Assets).Fill(1);
        budget.AsSpan(model.Assets).Clear();
        core.Solve(budget);
        budgetSize = Vectors.Sum(budget.AsSpan(0, model.Assets));
        return budgetSize > 0;
    }

    public override void Solve(Span<double> dx, Span<double> dy)
    {
        var head = dx[..heads];
        var weights = dx[heads..];
        for (var h = 0; h < heads; h++)
        {
            for (var b = 1; b <= Math.Min(Band, h); b++) head[h] -= band[h * 3 + b] * head[h - b];
            head[h] /= band[h * 3];
            Vectors.AddScaled(-head[h], coupling.Row(h), weights);
        }
        core.Solve(weights);
        var price = (Vectors.Sum(weights[..model.Assets]) - dy[0]) / budgetSize;
        Vectors.AddScaled(-price, budget, weights);
        dy[0] = price;
        for (var h = heads - 1; h >= 0; h--)
        {
            head[h] -= Vectors.Dot(coupling.Row(h), weights);
            for (var b = 1; b <= Band && h + b < heads; b++) head[h] -= band[(h + b) * 3 + b] * head[h + b];
            head[h] /= band[h * 3];
        }
    }

    /// <summary>H + G'DG by its three parts; band cell (h, b) is A[h, h−b].</summary>
    private void Assemble(ReadOnlySpan<double> d)
    {
        Array.Clear(band);
        Array.Clear(coupling.Cells);
        rowSquares.Clear();
        headSquares.Clear();
        Array.Clear(bounds);
        for (var h = 0; h < heads; h++) band[h * 3] = model.HeadCurvature;
        for (var r = 0; r < rows.Length; r++)
        {
            var row = rows[r];
            if (row.Head1 >= 0) band[row.Head1 * 3] += d[r] * row.Value1 * row.Value1;
            if (row.Head2 >= 0)
            {
                band[row.Head2 * 3] += d[r] * row.Value2 * row.Value2;
                band[Math.Max(row.Head1, row.Head2) * 3 + Math.Abs(row.Head1 - row.Head2)] += d[r] * row.Value1 * row.Value2;
            }
            if (row.Table < 0) continue;
            var table = model.Table.Row(row.Table);
            if (row.Head1 >= 0) Vectors.AddScaled(d[r] * row.Value1 * row.Sign, table, coupling.Row(row.Head1));
            if (row.Head2 >= 0) Vectors.AddScaled(d[r] * row.Value2 * row.Sign, table, coupling.Row(row.Head2));
            rowSquares.Add(Math.Sqrt(d[r]), table);
        }
        for (var k = 0; k < lower.Length; k++) bounds[lower[k]] += d[rows.Length + k];
        for (var k = 0; k < upper.Length; k++) bounds[upper[k]] += d[lowerCount + k];
    }

    private bool EliminateHeads()
    {
        for (var h = 0; h < heads; h++)
        {
            var row = coupling.Row(h);
            for (var b = Math.Min(Band, h); b >= 1; b--)
            {
                var value = band[h * 3 + b];
                if (b == 1 && h >= 2) value -= band[h * 3 + 2] * band[(h - 1) * 3 + 1];
                value /= band[(h - b) * 3];
                band[h * 3 + b] = value;
                if (value != 0) Vectors.AddScaled(-value, coupling.Row(h - b), row);
                band[h * 3] -= value * value;
            }
            if (!(band[h * 3] > 0)) return false;
            band[h * 3] = Math.Sqrt(band[h * 3]);
            var inverse = 1 / band[h * 3];
            for (var i = 0; i < tail; i++) row[i] *= inverse;
            headSquares.Add(1, row);
        }
        return true;
    }

    /// <summary>The subtraction leaves rounding behind; where that makes a pivot negative a larger ridge is tried, whose error the refinement of the step takes out.</summary>
    private bool FactorTail()
    {
        rowSquares.Finish();
        headSquares.Finish();
        foreach (var ofSum in new[] { false, true })
            for (var ridge = 1e-15; ridge <= 1e-9; ridge *= 100)
            {
                Fill(ridge, ofSum);
                if (core.Factor()) return true;
            }
        return false;
    }

    /// <param name="ofSum">The ridge is a part of the sum before the subtraction, which may have left nothing.</param>
    private void Fill(double ridge, bool ofSum)
    {
        var largest = 0.0;
        for (var i = 0; i < tail; i++)
        {
            var positive = rowSquares.Row(i);
            var negative = headSquares.Row(i);
            var into = core.Row(i);
            for (var j = 0; j <= i; j++) into[j] = positive[j] - negative[j];
            into[i] += bounds[i];
            largest = Math.Max(largest, ofSum ? positive[i] + bounds[i] : into[i]);
        }
        for (var i = 0; i < tail; i++) core.Row(i)[i] += ridge * largest;
    }
}
