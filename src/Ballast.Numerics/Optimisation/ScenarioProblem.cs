using Ballast.Numerics.Allocation;
using Ballast.Numerics.Convex;
using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Optimisation;

/// <summary>A scenario programme with the limits of a portfolio, from its parts to weights or a refusal.</summary>
internal sealed record ScenarioProblem(Matrix Table, double[] HeadCosts, double[] TailCosts, ScenarioRow[] Rows, Limits Limits)
{
    private const double Acceptable = 1e-8;

    public double Curvature { get; init; }

    /// <summary>The gap at which the answer is good enough.</summary>
    public double Gap { get; init; } = 1e-12;

    public required Action<double[], double[]> Heads { get; init; }

    public Answer<(Portfolio Portfolio, double Threshold)> Solve(int assets)
    {
        Limits.Require(assets);
        if (double.IsFinite(Limits.Turnover)) throw new ArgumentException("scenario measures take no turnover limit");
        if (Infeasible(assets) is { } refused) return new Answer<(Portfolio, double)>.Refused(refused.Code, refused.Reason);
        var (status, at) = InteriorPoint.Solve(new ScenarioProgramme(Model(assets)), Gap);
        var tail = at.X[HeadCosts.Length..];
        var good = status == Status.Optimal || at.Gap <= Acceptable && at.Primal <= Acceptable && at.Dual <= Acceptable;
        if (!good) return new Answer<(Portfolio, double)>.Refused(status.ToString(), $"gap {at.Gap:E1}, residuals {at.Primal:E1}, {at.Dual:E1} after {at.Iterations} iterations");
        var weights = Snapped(tail[..assets]);
        var portfolio = new Portfolio(weights, double.NaN) { Iterations = at.Iterations, Residual = Math.Max(at.Gap, Math.Max(at.Primal, at.Dual)) };
        return (portfolio, tail.Length > weights.Length ? tail[^1] : 0);
    }

    private Answer<Portfolio>.Refused? Infeasible(int assets)
    {
        var identity = new Matrix(assets, assets);
        for (var i = 0; i < assets; i++) identity[i, i] = 1;
        return Limits.OnlyBounds
            ? Infeasibility.Obvious(Limits) is { } found ? new("Infeasible", found.Reason) : null
            : Portfolio.Of(PortfolioSolver.Solve(new(Convex.Curvature.Dense(identity), new double[assets], Limits)), _ => 0) as Answer<Portfolio>.Refused;
    }

    private ScenarioModel Model(int assets)
    {
        var (tail, table, rows) = (TailCosts.Length, Table, Rows.ToList());
        if (Limits.Rows.Count > 0)
        {
            table = new Matrix(Table.Rows + Limits.Rows.Count, tail);
            Table.Cells.CopyTo(table.Cells, 0);
            for (var j = 0; j < Limits.Rows.Count; j++)
            {
                Limits.Rows[j].Coefficients.CopyTo(table.Row(Table.Rows + j));
                rows.Add(new(-1, 0, -1, 0, Table.Rows + j, 1, Limits.Rows[j].Most));
            }
        }
        double[] Bounds(double[] own, double open) => [.. own, .. Enumerable.Repeat(open, tail - assets)];
        return new()
        {
            HeadCosts = HeadCosts,
            HeadCurvature = Curvature,
            TailCosts = TailCosts,
            Rows = [.. rows],
            Table = table,
            Lower = Bounds(Limits.Lower, double.NegativeInfinity),
            Upper = Bounds(Caps(), double.PositiveInfinity),
            Assets = assets,
            Total = Limits.Total,
            Heads = Heads,
        };
    }

    /// <summary>A cap that sum and floors keep by themselves is none: where it touches the only point there is, it would leave the method no inside.</summary>
    private double[] Caps()
    {
        var floors = Vectors.Sum(Limits.Lower);
        return [.. Limits.Upper.Select((cap, i) => cap >= Limits.Total - (floors - Limits.Lower[i]) ? double.PositiveInfinity : cap)];
    }

    /// <summary>Weights within 1e-10 of a bound stand on it; the largest weight takes what that changes in the sum.</summary>
    private double[] Snapped(double[] w)
    {
        for (var i = 0; i < w.Length; i++)
        {
            if (w[i] - Limits.Lower[i] < 1e-10) w[i] = Limits.Lower[i];
            else if (Limits.Upper[i] - w[i] < 1e-10) w[i] = Limits.Upper[i];
        }
        var largest = Array.IndexOf(w, w.Max());
        w[largest] += Limits.Total - Vectors.Sum(w);
        return w;
    }
}
