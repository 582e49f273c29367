namespace Ballast.Numerics.Execution;

/// <summary>All subsets of some legs, from none to all: the best order is the best way through.</summary>
/// <remarks>
/// A way's worst margin, its worst delta and its lateness come one after the other, so that the best of them all is found in three sweeps, each over the steps that the
/// sweeps before allow. One sweep that compared all three at once would be wrong: a way that is worse so far may end as good in margin and better in delta.
/// </remarks>
internal sealed class LegLattice
{
    private readonly LegSet legs;
    private readonly int[] members;
    private readonly double[] margins, deltas;

    /// <summary>The other legs stay unfilled.</summary>
    public LegLattice(LegSet legs, int[] members)
    {
        (this.legs, this.members) = (legs, members);
        var subsets = 1 << members.Length;
        (margins, deltas) = (new double[subsets * members.Length], new double[subsets]);
        for (var set = 0; set < subsets; set++)
        {
            deltas[set] = legs.StartDelta + Each(set).Sum(k => legs.Delta(members[k]));
            for (var k = 0; k < members.Length; k++)
                if ((set >> k & 1) == 0) margins[set * members.Length + k] = legs.Worst(Filled(set), members[k]);
        }
    }

    public int[] Best()
    {
        var margin = Least((set, k) => Margin(set, k), Math.Max, double.NegativeInfinity, (_, _) => true);
        bool Slack(double value, double least) => value <= least + LegPath.Slack * Math.Max(1, Math.Abs(least));
        bool Calm(int set, int k) => Slack(Margin(set, k), margin[0]);
        var delta = Least((set, k) => Math.Abs(deltas[set | 1 << k]), Math.Max, double.NegativeInfinity, Calm);
        bool Even(int set, int k) => Calm(set, k) && Slack(Math.Abs(deltas[set | 1 << k]), delta[0]);
        double Late(int set, int k) => int.PopCount(set) * legs.Spread(members[k]);
        return Walk(Least(Late, (step, rest) => step + rest, 0, Even), Late, Even);
    }

    private double Margin(int set, int k) => margins[set * members.Length + k];

    private IEnumerable<int> Each(int set) => Enumerable.Range(0, members.Length).Where(k => (set >> k & 1) == 1);

    private IEnumerable<int> Rest(int set) => Enumerable.Range(0, members.Length).Where(k => (set >> k & 1) == 0);

    private double[] Filled(int set)
    {
        var filled = new double[legs.Count];
        foreach (var k in Each(set)) filled[members[k]] = 1;
        return filled;
    }

    /// <summary>For each subset the least that the way from it to the end can cost, by steps that are allowed.</summary>
    private double[] Least(Func<int, int, double> cost, Func<double, double, double> join, double atEnd, Func<int, int, bool> allowed)
    {
        var least = new double[1 << members.Length];
        least[^1] = atEnd;
        for (var set = least.Length - 2; set >= 0; set--)
            least[set] = Rest(set).Where(k => allowed(set, k)).Select(k => join(cost(set, k), least[set | 1 << k])).DefaultIfEmpty(double.PositiveInfinity).Min();
        return least;
    }

    /// <summary>The first of the cheapest ways, in the order in which the legs were given.</summary>
    private int[] Walk(double[] least, Func<int, int, double> cost, Func<int, int, bool> allowed)
    {
        var order = new List<int>();
        for (var set = 0; set < least.Length - 1; set |= 1 << order[^1])
        {
            var here = set;
            order.Add(Rest(here).Where(k => allowed(here, k)).First(k => cost(here, k) + least[here | 1 << k] <= least[here] + LegPath.Slack * Math.Max(1, Math.Abs(least[here]))));
        }
        return [.. order.Select(k => members[k])];
    }
}
