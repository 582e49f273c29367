using Ballast.Numerics.Convex;

namespace Ballast.Numerics.Programming;

/// <summary>The least cost with some variables whole, and how much less it could be at most.</summary>
/// <param name="Status"><c>Optimal</c> where the gap is proved; <c>MaxIterations</c> where the looks ran out first, with the best found, if any.</param>
/// <param name="Values">Empty where nothing was found.</param>
/// <param name="Objective">Infinite where nothing was found.</param>
/// <param name="Bound">No solution costs less.</param>
/// <param name="Nodes">How many linear programmes were looked at.</param>
public sealed record WholeSolution(Status Status, double[] Values, double Objective, double Bound, int Nodes)
{
    public bool Found => !double.IsPositiveInfinity(Objective);

    /// <summary>What may be missing to the least cost, relative to the cost where that is above one.</summary>
    public double Gap => !Found ? double.PositiveInfinity : Math.Max(0, Objective - Bound) / Math.Max(1, Math.Abs(Objective));
}

/// <summary>Branch and bound (Land and Doig 1960): linear programmes within ever narrower bounds, the most promising first, each followed to its end.</summary>
/// <remarks>It stops after a number of programmes, not after a time, so that the same input has the same answer on every machine.</remarks>
public sealed class BranchAndBound
{
    private const double Whole = 1e-7;
    private readonly BoundedProgramme programme;
    private readonly bool[] whole;
    private readonly double gap;
    private readonly DualSimplex simplex;
    private readonly PriorityQueue<Node, (double Bound, int Number)> open = new();
    private double[] best = [];
    private double least = double.PositiveInfinity, unsolved = double.PositiveInfinity;
    private int nodes, numbers;

    private BranchAndBound(BoundedProgramme programme, bool[] whole, double gap)
    {
        if (whole.Length != programme.Size) throw new ArgumentException($"{whole.Length} marks for {programme.Size} variables", nameof(whole));
        (this.programme, this.whole, this.gap, simplex) = (programme, whole, gap, new DualSimplex(programme));
    }

    private sealed record Node(double Bound, double[] Low, double[] High, (int[], bool[])? From);

    /// <param name="whole">Which variables must be whole.</param>
    /// <param name="mostNodes">How many linear programmes to look at.</param>
    /// <param name="gap">Relative to the cost, or absolute where that is below one.</param>
    public static WholeSolution Solve(BoundedProgramme programme, bool[] whole, int mostNodes = 20_000, double gap = 1e-6) =>
        new BranchAndBound(programme.Require(), whole, gap).Run(mostNodes);

    private double Cutoff => double.IsPositiveInfinity(least) ? least : least - gap * Math.Max(1, Math.Abs(least));

    private WholeSolution Run(int most)
    {
        Push(new(double.NegativeInfinity, Rounded(programme.Low, Math.Ceiling), Rounded(programme.High, Math.Floor), null));
        while (nodes < most && open.TryDequeue(out var node, out _))
            if (node.Bound < Cutoff) Follow(node, most);
        while (open.TryPeek(out var first, out _) && first.Bound >= Cutoff) open.Dequeue();
        var bound = Math.Min(Math.Min(Cutoff, unsolved), open.TryPeek(out var next, out _) ? next.Bound : double.PositiveInfinity);
        var status = bound < Cutoff ? Status.MaxIterations : double.IsPositiveInfinity(least) ? Status.Infeasible : Status.Optimal;
        return new(status, best, least, bound, nodes);
    }

    /// <summary>Down from a node, always to the nearer side, until its end; the other sides stay open.</summary>
    private void Follow(Node? node, int most)
    {
        while (node is not null && nodes < most)
        {
            nodes++;
            var status = simplex.Solve(node.Low, node.High, node.From);
            if (status is not (Status.Optimal or Status.Infeasible)) unsolved = Math.Min(unsolved, node.Bound);
            if (status != Status.Optimal || simplex.Objective >= Cutoff) return;
            node = Divide(node with { Bound = simplex.Objective, From = simplex.Place });
        }
        if (node is not null) Push(node);
    }

    /// <summary>The nearer half of a node, null where it holds nothing better.</summary>
    private Node? Divide(Node node)
    {
        var (low, high, values) = ((double[])node.Low.Clone(), (double[])node.High.Clone(), simplex.Values.ToArray());
        var reduced = simplex.ReducedCosts.ToArray();
        var kept = Round(node, values);
        var at = Broken(values, Whole);
        if (at < 0 && !kept) at = Broken(values, 0);
        if (at < 0 || node.Bound >= Cutoff) return null;
        Tighten(node.Bound, reduced, low, high);
        var (down, up) = (Math.Floor(values[at]), Math.Floor(values[at]) + 1);
        var (below, above) = (node with { Low = low, High = With(high, at, down) }, node with { Low = With(low, at, up), High = high });
        var goesUp = values[at] - down > 0.5;
        Push(goesUp ? below : above);
        return goesUp ? above : below;
    }

    /// <summary>The variable that is furthest from whole, the costly ones first; −1 where all are whole.</summary>
    private int Broken(double[] values, double tolerance)
    {
        var (found, most) = (-1, 0.0);
        for (var j = 0; j < values.Length; j++)
        {
            var off = whole[j] ? Math.Abs(values[j] - Math.Round(values[j])) : 0;
            var worth = off > tolerance ? off * (Math.Abs(programme.Costs[j]) + double.Epsilon) : 0;
            if (worth > most || off > tolerance && found < 0) (found, most) = (j, worth);
        }
        return found;
    }

    /// <summary>The nearest whole values, with the others as cheap as they then can be: a solution where it keeps the limits, and false where not.</summary>
    private bool Round(Node node, double[] values)
    {
        var (low, high) = ((double[])node.Low.Clone(), (double[])node.High.Clone());
        for (var j = 0; j < values.Length; j++)
            if (whole[j]) low[j] = high[j] = Math.Clamp(Math.Round(values[j]), node.Low[j], node.High[j]);
        if (simplex.Solve(low, high, node.From) != Status.Optimal) return false;
        if (simplex.Objective < least) (best, least) = (simplex.Values.ToArray(), simplex.Objective);
        return true;
    }

    /// <summary>Bounds that a better solution cannot leave, because each step away from them costs its reduced cost.</summary>
    private void Tighten(double bound, double[] reduced, double[] low, double[] high)
    {
        if (double.IsPositiveInfinity(Cutoff)) return;
        for (var j = 0; j < low.Length; j++)
        {
            if (!whole[j] || reduced[j] == 0) continue;
            var steps = Math.Floor((Cutoff - bound) / Math.Abs(reduced[j]) + 1e-9);
            if (reduced[j] > 0) high[j] = Math.Min(high[j], low[j] + steps);
            else low[j] = Math.Max(low[j], high[j] - steps);
        }
    }

    private void Push(Node node) => open.Enqueue(node, (node.Bound, numbers++));

    private double[] Rounded(double[] bounds, Func<double, double> way) => [.. bounds.Select((x, j) => whole[j] ? way(x) : x)];

    private static double[] With(double[] values, int at, double value)
    {
        var changed = (double[])values.Clone();
        changed[at] = value;
        return changed;
    }
}
