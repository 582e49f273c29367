using Ballast.Numerics.Allocation;

namespace Ballast.Targets;

/// <summary>Projection onto bounds of single weights and of the sums of disjoint groups.</summary>
internal sealed class GroupedBox(double[] weights, double[] low, double[] high, GroupedBox.Group[] groups)
{
    /// <summary>Places in the arrays, and the bounds of their sum.</summary>
    internal readonly record struct Group(int[] Members, double Low, double High);

    private readonly int[] _single = [.. Enumerable.Range(0, weights.Length).Except(groups.SelectMany(g => g.Members))];

    /// <summary>
    /// By the conditions of optimality there is one shift m for all weights outside of groups and inside of groups whose bound is slack;
    /// a group at its bound has a shift of its own. The sum rises with m, so that bisection finds which groups are at a bound;
    /// the weights then follow exactly, part by part.
    /// </summary>
    public Answer<double[]> Nearest(double total)
    {
        foreach (var g in groups)
            if (SumOf(g.Members, high) < g.Low - 1e-12 || SumOf(g.Members, low) > g.High + 1e-12)
                return new Answer<double[]>.Refused("BOUNDS_INFEASIBLE", $"a group cannot reach its share of {g.Low:0.####} to {g.High:0.####}");
        var (from, to) = (-2.0, 2.0);
        for (var round = 0; round < 100; round++)
            if ((from + to) / 2 is var middle && SumAt(middle) < total) from = middle; else to = middle;
        return Parted(total, to);
    }

    private Answer<double[]> Parted(double total, double shift)
    {
        var chosen = (double[])weights.Clone();
        var (open, left) = (_single.ToList(), total);
        foreach (var g in groups)
        {
            var sum = ShiftedSum(g.Members, shift);
            if (sum > g.Low + 1e-12 && sum < g.High - 1e-12)
            {
                open.AddRange(g.Members);
                continue;
            }
            var bound = sum >= g.High - 1e-12 ? g.High : g.Low;
            if (Fill(chosen, g.Members, bound) is { } refused) return refused;
            left -= bound;
        }
        return Fill(chosen, [.. open], left) is { } none ? none : chosen;
    }

    /// <summary>Writes the nearest weights of some places; the refusal where there are none.</summary>
    private Answer<double[]>.Refused? Fill(double[] chosen, int[] places, double total)
    {
        if (places.Length == 0) return Math.Abs(total) <= 1e-9 ? null : new("BOUNDS_INFEASIBLE", $"{total:0.####} of the weights has no place within the groups' bounds");
        var answer = Projection.OntoBox([.. places.Select(i => weights[i])], [.. places.Select(i => low[i])], [.. places.Select(i => high[i])], total);
        if (answer is Answer<double[]>.Refused refused) return refused;
        var found = answer.OrThrow();
        for (var k = 0; k < places.Length; k++) chosen[places[k]] = found[k];
        return null;
    }

    private double SumAt(double shift) => ShiftedSum(_single, shift) + groups.Sum(g => Math.Min(Math.Max(ShiftedSum(g.Members, shift), g.Low), g.High));

    private double ShiftedSum(int[] places, double shift) => places.Sum(i => Math.Min(Math.Max(weights[i] + shift, low[i]), high[i]));

    private static double SumOf(int[] places, double[] of) => places.Sum(i => of[i]);
}
