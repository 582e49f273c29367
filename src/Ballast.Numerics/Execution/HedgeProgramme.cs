using Ballast.Numerics.Linear;
using Ballast.Numerics.Programming;

namespace Ballast.Numerics.Execution;

/// <summary>A hedge as a linear programme: lots bought, lots sold, then one variable a direction of risk; rows for the Greeks, the margin's lines and the tangents of risk.</summary>
/// <remarks>
/// Risk is Σ_k w_k v_k² with v_k = e_k'(g − target) along the eigenvectors of the covariance: each square is held up from below by its tangents, t ≥ w(2av − a²),
/// laid where a solution has been (Kelley 1960), so that one engine serves lines and squares, whole lots or not.
/// </remarks>
internal sealed class HedgeProgramme
{
    private const double Cheap = 1e-7;
    private readonly GreekHedgeProblem problem;
    private readonly (double Weight, double Start, double[] PerLot)[] directions;
    private readonly List<(double[] Row, double Low, double High)> lines = [];
    private readonly int lots;

    public HedgeProgramme(GreekHedgeProblem problem)
    {
        (this.problem, lots) = (problem, 2 * problem.Size);
        directions = [.. Directions()];
        foreach (var g in problem.Greeks) lines.Add((Row(g.PerLot), g.Low - g.Now, g.High - g.Now));
        if (problem.Margin is not null) AddMargin(new double[problem.Size]);
        for (var k = 0; k < directions.Length; k++) AddTangent(k, directions[k].Start);
    }

    private int Size => lots + directions.Length;

    public bool[] Whole => [.. Enumerable.Range(0, Size).Select(j => j < lots && problem.WholeLots)];

    public double[] Lots(ReadOnlySpan<double> values)
    {
        var net = new double[problem.Size];
        for (var i = 0; i < net.Length; i++) net[i] = values[i] - values[problem.Size + i];
        return net;
    }

    public BoundedProgramme Build() => new(Costs(1), new Matrix(lines.Count, Size, [.. lines.SelectMany(l => l.Row)]), [.. lines.Select(l => l.Low)], [.. lines.Select(l => l.High)], new double[Size], Caps());

    /// <summary>Every row may be broken, at a price relative to its own scale, beside which the trades cost next to nothing: the least loosening, and the cheapest trades that do with it.</summary>
    public BoundedProgramme Elastic()
    {
        var rows = ElasticRows;
        var dearest = Math.Max(1e-300, Enumerable.Range(0, problem.Size).Select(i => problem.Cost(i) * Math.Max(1, Math.Max(problem.BuyCap(i), problem.SellCap(i)))).DefaultIfEmpty(0).Max());
        var table = Algebra.Filled(rows, Size + 2 * rows, (i, j) => j < Size ? lines[i].Row[j] : j == Size + 2 * i ? -1 : j == Size + 2 * i + 1 ? 1 : 0);
        double[] prices = [.. Enumerable.Range(0, rows).SelectMany(i => Enumerable.Repeat(1 / Scale(i), 2))];
        return new([.. Costs(Cheap / dearest), .. prices], table, [.. lines.Take(rows).Select(l => l.Low)], [.. lines.Take(rows).Select(l => l.High)],
            new double[Size + 2 * rows], [.. Caps(), .. Enumerable.Repeat(double.PositiveInfinity, 2 * rows)]);
    }

    /// <summary>How far over (above 0) or under each Greek, and then the margin, an elastic solution leaves its bounds.</summary>
    public double[] Broken(double[] values) => [.. Enumerable.Range(0, ElasticRows).Select(i => values[Size + 2 * i] - values[Size + 2 * i + 1])];

    public int ElasticRows => problem.Greeks.Length + (problem.Margin is null ? 0 : 1);

    /// <summary>What can be overlooked of a row.</summary>
    public double Scale(int row)
    {
        var (per, low, high) = lines[row];
        var far = Math.Max(low > 0 ? low : 0, high < 0 ? -high : 0);
        var wide = double.IsFinite(high - low) ? high - low : 0;
        return Math.Max(Math.Max(far, wide), Math.Max(per.Select(Math.Abs).DefaultIfEmpty(0).Max(), 1e-300));
    }

    /// <summary>Half the aversion times r'Σr after these lots.</summary>
    public double RiskCost(double[] net) => directions.Sum(d => d.Weight * Square(d.Start + Algebra.Dot(d.PerLot, net)));

    /// <summary>Lays a tangent at these lots in each direction.</summary>
    public void AddTangents(double[] net)
    {
        for (var k = 0; k < directions.Length; k++) AddTangent(k, directions[k].Start + Algebra.Dot(directions[k].PerLot, net));
    }

    /// <summary>The margin's straight line at these lots must stay within what is available.</summary>
    public void AddMargin(double[] net)
    {
        var (available, slope) = (problem.Margin!.Available, problem.Margin.At(net));
        lines.Add((Row(slope.PerLot), double.NegativeInfinity, available - slope.Margin + Algebra.Dot(slope.PerLot, net)));
    }

    private void AddTangent(int k, double at)
    {
        var (weight, start, perLot) = directions[k];
        var row = Row([.. perLot.Select(u => -2 * weight * at * u)]);
        row[lots + k] = 1;
        lines.Add((row, weight * at * (2 * start - at), double.PositiveInfinity));
    }

    private IEnumerable<(double, double, double[])> Directions()
    {
        if (problem.Risk is not { Aversion: > 0 } risk) yield break;
        var eigen = SymmetricEigen.Of(risk.Covariance);
        for (var k = 0; k < eigen.Values.Length; k++)
        {
            if (!(eigen.Values[k] > SymmetricEigen.SemidefiniteSlack * eigen.Largest)) continue;
            var direction = eigen.Directions.Row(k).ToArray();
            var start = problem.Greeks.Zip(direction, (g, e) => e * (g.Now - g.Target)).Sum();
            yield return (0.5 * risk.Aversion * eigen.Values[k], start, [.. Enumerable.Range(0, problem.Size).Select(i => problem.Greeks.Zip(direction, (g, e) => e * g.PerLot[i]).Sum())]);
        }
    }

    private double[] Row(double[] perLot) => [.. perLot, .. perLot.Select(x => -x), .. new double[directions.Length]];

    private double[] Costs(double times)
    {
        double[] one = [.. Enumerable.Range(0, problem.Size).Select(i => times * problem.Cost(i))];
        return [.. one, .. one, .. Enumerable.Repeat(times, directions.Length)];
    }

    private double[] Caps() => [.. Enumerable.Range(0, problem.Size).Select(problem.BuyCap), .. Enumerable.Range(0, problem.Size).Select(problem.SellCap), .. Enumerable.Repeat(double.PositiveInfinity, directions.Length)];

    private static double Square(double x) => x * x;
}
