namespace Ballast.Numerics.Convex;

/// <summary>The portfolio programme for the interior point method: sales are a second variable, eliminated by hand, so that a step costs one n × n factorisation.</summary>
/// <remarks>
/// x = (w, s) with purchases b = w − w⁰ + s ≥ 0. With D = multiplier/slack of each limit, the Newton matrix over (w, s) is
/// [H + D_l + D_u + D_b, D_b; D_b, D_b + D_s], hence H + D_l + D_u + D_b D_s/(D_b + D_s) once s is gone. Sum, turnover and linear limits are a border.
/// </remarks>
internal sealed class PortfolioProgramme : Programme
{
    // A weight whose bounds coincide does not move.
    private const double Immovable = 1e20;
    private readonly PortfolioProblem problem;
    private readonly Limits limits;
    private readonly int n;
    private readonly int trading;
    private readonly int[] lower;
    private readonly int[] upper;
    private readonly int bought, sold, turnover, groups;
    private readonly double[] added, buys, sells, borderRight, inverse;
    private readonly Border border;
    private readonly Func<Iterate, bool> ends;

    private readonly double softness;

    /// <param name="softness">How far sum, turnover and linear limits give way to each other; zero but in a search for what contradicts what.</param>
    public PortfolioProgramme(PortfolioProblem problem, Func<Iterate, PortfolioProgramme, bool> ends, double softness = 0)
    {
        this.softness = softness;
        (this.problem, limits, n) = (problem, problem.Limits, problem.Size);
        this.ends = at => ends(at, this);
        trading = problem.Trades ? n : 0;
        lower = [.. Enumerable.Range(0, n).Where(i => double.IsFinite(limits.Lower[i]) && !IsFixed(i))];
        upper = [.. Enumerable.Range(0, n).Where(i => double.IsFinite(limits.Upper[i]) && !IsFixed(i))];
        bought = lower.Length + upper.Length;
        sold = bought + trading;
        turnover = sold + trading;
        groups = turnover + (double.IsFinite(limits.Turnover) ? 1 : 0);
        Rows = groups + limits.Rows.Count;
        (added, buys, sells) = (new double[n], new double[n], new double[n]);
        var borders = 1 + Rows - turnover;
        (borderRight, inverse) = (new double[borders], new double[borders]);
        border = new Border(borders, Variables);
    }

    public override int Variables => n + trading;
    public override int Equalities => 1;
    public override int Rows { get; }
    public override bool Linear => problem.Risk.MeanDiagonal() == 0 && problem.Impact.Length == 0;

    public override double EqualitySoftness => softness;

    public override double Softness(int row) => row >= turnover ? softness : 0;

    public override bool Ends(Iterate at) => ends(at);

    public override void Start(Span<double> x)
    {
        var share = limits.Total / n;
        for (var i = 0; i < n; i++) x[i] = Inside(i, share);
        for (var i = 0; i < trading; i++) x[n + i] = Math.Max(0, limits.Current[i] - x[i]) + 0.5 / n;
    }

    public override void Gradient(ReadOnlySpan<double> x, Span<double> g)
    {
        problem.Risk.Multiply(x[..n], g[..n]);
        for (var i = 0; i < n; i++) g[i] += problem.Linear[i];
        for (var i = 0; i < trading; i++)
        {
            var (buy, sell) = (ImpactSlope(i, Bought(x, i)), ImpactSlope(i, x[n + i]));
            g[i] += problem.Cost(i) + buy;
            g[n + i] = 2 * problem.Cost(i) + buy + sell;
        }
        for (var i = 0; i < n; i++)
            if (IsFixed(i)) g[i] = 0;
    }

    public override void Bend(ReadOnlySpan<double> x, ReadOnlySpan<double> v, Span<double> result)
    {
        problem.Risk.Multiply(v[..n], result[..n]);
        for (var i = 0; i < trading; i++)
        {
            var buy = ImpactBend(i, Bought(x, i)) * (v[i] + v[n + i]);
            result[i] += buy;
            result[n + i] = buy + ImpactBend(i, x[n + i]) * v[n + i];
        }
        for (var i = 0; i < n; i++)
            if (IsFixed(i)) result[i] += Immovable * v[i];
    }

    public override void Excess(ReadOnlySpan<double> x, Span<double> values)
    {
        Slopes(x, values);
        for (var k = 0; k < lower.Length; k++) values[k] += limits.Lower[lower[k]];
        for (var k = 0; k < upper.Length; k++) values[lower.Length + k] -= limits.Upper[upper[k]];
        for (var i = 0; i < trading; i++) values[bought + i] += limits.Current[i];
        if (groups > turnover) values[turnover] -= limits.Turnover + Vectors.Sum(limits.Current);
        for (var j = 0; j < limits.Rows.Count; j++) values[groups + j] -= limits.Rows[j].Most;
    }

    public override void Slopes(ReadOnlySpan<double> x, Span<double> values)
    {
        for (var k = 0; k < lower.Length; k++) values[k] = -x[lower[k]];
        for (var k = 0; k < upper.Length; k++) values[lower.Length + k] = x[upper[k]];
        for (var i = 0; i < trading; i++) (values[bought + i], values[sold + i]) = (-x[i] - x[n + i], -x[n + i]);
        for (var j = 1; j < borderRight.Length; j++) values[turnover + j - 1] = BorderProduct(j, x);
    }

    public override void AddRows(ReadOnlySpan<double> z, Span<double> g)
    {
        for (var k = 0; k < lower.Length; k++) g[lower[k]] -= z[k];
        for (var k = 0; k < upper.Length; k++) g[upper[k]] += z[lower.Length + k];
        for (var i = 0; i < trading; i++)
        {
            g[i] -= z[bought + i];
            g[n + i] -= z[bought + i] + z[sold + i];
        }
        for (var j = 1; j < borderRight.Length; j++) AddBorder(j, z[turnover + j - 1], g);
        Still(g);
    }

    public override void Miss(ReadOnlySpan<double> x, Span<double> values) => values[0] = Vectors.Sum(x[..n]) - limits.Total;

    public override void EqualitySlopes(ReadOnlySpan<double> x, Span<double> values) => values[0] = Vectors.Sum(x[..n]);

    public override void AddEqualities(ReadOnlySpan<double> y, Span<double> g)
    {
        AddBorder(0, y[0], g);
        Still(g);
    }

    public override bool Factor(ReadOnlySpan<double> x, ReadOnlySpan<double> d)
    {
        Array.Clear(added);
        for (var k = 0; k < lower.Length; k++) added[lower[k]] += d[k];
        for (var k = 0; k < upper.Length; k++) added[upper[k]] += d[lower.Length + k];
        for (var i = 0; i < trading; i++)
        {
            buys[i] = d[bought + i] + ImpactBend(i, Bought(x, i));
            sells[i] = d[sold + i] + ImpactBend(i, x[n + i]);
            added[i] += buys[i] * sells[i] / (buys[i] + sells[i]);
        }
        for (var i = 0; i < n; i++)
            if (IsFixed(i)) added[i] = Immovable;
        inverse[0] = softness;
        for (var j = 1; j < inverse.Length; j++) inverse[j] = 1 / d[turnover + j - 1];
        return FactorInner() && border.Factor(SolveInner, BorderRow, BorderProduct, j => inverse[j]);
    }

    public override void Solve(Span<double> dx, Span<double> dy)
    {
        Array.Clear(borderRight);
        borderRight[0] = dy[0];
        border.Solve(SolveInner, BorderProduct, dx, borderRight);
        dy[0] = borderRight[0];
    }

    /// <summary>Reads which limits hold with equality: where the multiplier outweighs the slack.</summary>
    public ActiveLimits Active(Iterate at)
    {
        var active = new ActiveLimits(problem);
        var size = Math.Max(Vectors.MaxAbs(at.X.AsSpan(0, n)), 1e-3) * 1e-1;
        bool Binds(int row) => at.S[row] < at.Z[row] * size;
        for (var k = 0; k < lower.Length; k++)
            if (Binds(k)) active.Pin(lower[k], Place.Lower);
        for (var k = 0; k < upper.Length; k++)
            if (Binds(lower.Length + k)) active.Pin(upper[k], Place.Upper);
        for (var i = 0; i < n; i++)
        {
            if (IsFixed(i)) active.Pin(i, Place.Lower);
            else if (trading > 0 && active.Places[i] is Place.Free) active.Pin(i, Binds(bought + i) ? Binds(sold + i) ? Place.Current : Place.Sold : Place.Bought);
        }
        active.TurnoverBinds = groups > turnover && Binds(turnover);
        for (var j = 0; j < limits.Rows.Count; j++) active.RowBinds[j] = Binds(groups + j);
        return active;
    }

    public Multipliers Multipliers(Iterate at) =>
        new(at.Y[0], [], [.. at.Z.AsSpan(groups)], groups > turnover ? at.Z[turnover] : 0);

    private bool FactorInner()
    {
        if (problem.Risk.Factor(added)) return true;
        // Rounding has eaten a pivot. The step is then a little off, the residuals, which decide, are not.
        var most = problem.Risk.MeanDiagonal();
        for (var i = 0; i < n; i++) added[i] += 1e-10 * Math.Max(1, most);
        return problem.Risk.Factor(added);
    }

    private void SolveInner(Span<double> x)
    {
        for (var i = 0; i < trading; i++) x[i] -= buys[i] / (buys[i] + sells[i]) * x[n + i];
        problem.Risk.Solve(x[..n]);
        for (var i = 0; i < trading; i++) x[n + i] = (x[n + i] - buys[i] * x[i]) / (buys[i] + sells[i]);
    }

    private void BorderRow(int row, Span<double> into)
    {
        into.Clear();
        AddBorder(row, 1, into);
    }

    /// <summary>Row 0 is the sum, then turnover Σ(b + s) = Σ(w − w⁰ + 2s) where it is limited, then the linear limits.</summary>
    private void AddBorder(int row, double factor, Span<double> g)
    {
        if (row >= 1 + groups - turnover)
        {
            Vectors.AddScaled(factor, limits.Rows[row - 1 - groups + turnover].Coefficients, g);
            return;
        }
        for (var i = 0; i < n; i++) g[i] += factor;
        if (row == 0) return;
        for (var i = 0; i < n; i++) g[n + i] += 2 * factor;
    }

    private double BorderProduct(int row, ReadOnlySpan<double> x) =>
        row >= 1 + groups - turnover ? Vectors.Dot(limits.Rows[row - 1 - groups + turnover].Coefficients, x)
        : row == 0 ? Vectors.Sum(x[..n])
        : Vectors.Sum(x[..n]) + 2 * Vectors.Sum(x[n..]);

    private bool IsFixed(int i) => limits.Lower[i] == limits.Upper[i];

    private void Still(Span<double> g)
    {
        for (var i = 0; i < n; i++)
            if (IsFixed(i)) g[i] = 0;
    }

    private double Inside(int i, double share)
    {
        var (low, high) = (limits.Lower[i], limits.Upper[i]);
        if (double.IsFinite(low) && double.IsFinite(high)) return Math.Clamp(share, low + 0.1 * (high - low), high - 0.1 * (high - low));
        return Math.Clamp(share, low + 1.0 / n, high - 1.0 / n);
    }

    private double Bought(ReadOnlySpan<double> x, int i) => x[i] - limits.Current[i] + x[n + i];

    private double ImpactSlope(int i, double trade) => 1.5 * problem.ImpactOf(i) * Math.Sqrt(Math.Max(trade, 0));

    private double ImpactBend(int i, double trade) => problem.ImpactOf(i) is var eta and > 0 ? 0.75 * eta / Math.Sqrt(Math.Max(trade, 1e-16)) : 0;
}
