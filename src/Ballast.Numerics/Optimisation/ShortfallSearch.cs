using Ballast.Numerics.Allocation;
using Ballast.Numerics.Convex;
using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Optimisation;

/// <summary>The portfolio of least shortfall from the few scenarios that make its tail: the others' shortfall is zero, and once the answer says so for all that were left out it is the answer to all.</summary>
/// <param name="table">Scaled returns with a column of ones for the threshold.</param>
internal sealed class ShortfallSearch(Matrix table, double beta, Limits limits)
{
    // In the scale of the table. Scenarios beyond the threshold by no more add no more than this to the objective.
    private const double Beyond = 1e-10;
    private const int MostRounds = 6;
    private readonly int assets = table.Columns - 1;
    private readonly int tail = (int)Math.Ceiling(table.Rows * (1 - beta));

    public Answer<(Portfolio Portfolio, double Threshold)> Solve()
    {
        var all = Enumerable.Range(0, table.Rows).ToArray();
        var few = 3 * tail + assets;
        if (2 * few > all.Length || Roughly(few) is not { } weights) return On(all, gap: 1e-12);
        int[] chosen = [];
        var iterations = 0;
        for (var round = 0; round < MostRounds; round++)
        {
            chosen = [.. chosen.Union(Worst(Losses(weights), few)).Order()];
            if (On(chosen, gap: 1e-12) is not Answer<(Portfolio Portfolio, double Threshold)>.Found { Value: var found }) break;
            iterations += found.Portfolio.Iterations;
            if (Complete(chosen, found.Portfolio.Weights, found.Threshold)) return (found.Portfolio with { Iterations = iterations }, found.Threshold);
            weights = found.Portfolio.Weights;
        }
        return On(all, gap: 1e-12);
    }

    /// <summary>Weights good enough to say which scenarios matter; null where even the few are refused.</summary>
    private double[]? Roughly(int few)
    {
        double[] equal = [.. Enumerable.Repeat(limits.Total / assets, assets)];
        return On(Worst(Losses(equal), few), gap: 0.1) is Answer<(Portfolio Portfolio, double Threshold)>.Found { Value: var found } ? found.Portfolio.Weights : null;
    }

    private bool Complete(int[] chosen, double[] weights, double threshold)
    {
        var losses = Losses(weights);
        foreach (var k in chosen) losses[k] = double.NegativeInfinity;
        return losses.Max() <= threshold + Beyond;
    }

    private double[] Losses(double[] weights)
    {
        var losses = new double[table.Rows];
        for (var k = 0; k < losses.Length; k++) losses[k] = -Vectors.Dot(weights, table.Row(k));
        return losses;
    }

    private static int[] Worst(double[] losses, int count)
    {
        var order = Enumerable.Range(0, losses.Length).ToArray();
        Array.Sort([.. losses.Select(x => -x)], order);
        return [.. order[..count].Order()];
    }

    /// <summary>The programme of some scenarios, each as heavy as one of all.</summary>
    private Answer<(Portfolio Portfolio, double Threshold)> On(int[] chosen, double gap)
    {
        var part = chosen.Length == table.Rows ? table : new Matrix(chosen.Length, table.Columns);
        for (var k = 0; k < chosen.Length && part != table; k++) table.Row(chosen[k]).CopyTo(part.Row(k));
        var (costs, threshold, rows) = (new double[chosen.Length], new double[table.Columns], new ScenarioRow[2 * chosen.Length]);
        Array.Fill(costs, 1 / (table.Rows * (1 - beta)));
        threshold[assets] = 1;
        for (var k = 0; k < chosen.Length; k++) (rows[k], rows[chosen.Length + k]) = (new(k, -1, -1, 0, k, -1, 0), new(k, -1, -1, 0, -1, 0, 0));
        return new ScenarioProblem(part, costs, threshold, rows, limits) { Heads = Start, Gap = gap }.Solve(assets);

        void Start(double[] z, double[] x)
        {
            for (var k = 0; k < z.Length; k++) z[k] = Math.Max(0, -Vectors.Dot(part.Row(k), x)) + 1;
        }
    }
}
