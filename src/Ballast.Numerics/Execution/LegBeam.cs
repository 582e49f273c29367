namespace Ballast.Numerics.Execution;

/// <summary>Many legs: after each number of legs only the most promising sets are followed, and the order found is improved by taking single legs to other places.</summary>
internal sealed class LegBeam(LegSet legs)
{
    private const int Width = 64, MostRounds = 20;
    private readonly LegStep end = LegPath.Of(legs, [.. Enumerable.Range(0, legs.Count)]).Steps[^1];

    private sealed record Way(ulong Set, int[] Order, double Margin, double Delta, double Lateness, double Open);

    public LegPath Best()
    {
        var (best, given) = (LegPath.Of(legs, Followed()), LegPath.Of(legs, [.. Enumerable.Range(0, legs.Count)]));
        if (given.IsBetterThan(best)) best = given;
        for (var round = 0; round < MostRounds; round++)
        {
            var better = Improved(best);
            if (ReferenceEquals(better, best)) break;
            best = better;
        }
        return best;
    }

    /// <summary>No way has a lower peak than where it must end: up to there margins and deltas count as equal.</summary>
    private int[] Followed()
    {
        Way[] ways = [new(0, [], end.Margin, Math.Abs(end.Delta), 0, legs.StartDelta)];
        for (var step = 0; step < legs.Count; step++)
            ways = [.. Sorted(ways.SelectMany(Onward).GroupBy(w => w.Set).Select(g => Sorted(g).First())).Take(Width)];
        return ways[0].Order;
    }

    private static IOrderedEnumerable<Way> Sorted(IEnumerable<Way> ways) => ways.OrderBy(w => w.Margin).ThenBy(w => w.Delta).ThenBy(w => w.Lateness);

    private IEnumerable<Way> Onward(Way way)
    {
        for (var leg = 0; leg < legs.Count; leg++)
        {
            if ((way.Set >> leg & 1) == 1) continue;
            var filled = new double[legs.Count];
            foreach (var done in way.Order) filled[done] = 1;
            var delta = way.Open + legs.Delta(leg);
            yield return new(way.Set | 1ul << leg, [.. way.Order, leg], Math.Max(way.Margin, legs.Worst(filled, leg)), Math.Max(way.Delta, Math.Abs(delta)), way.Lateness + way.Order.Length * legs.Spread(leg), delta);
        }
    }

    /// <summary>The first order that taking one leg to another place makes better; the same one where there is none.</summary>
    private LegPath Improved(LegPath best)
    {
        foreach (var from in Enumerable.Range(0, legs.Count))
            foreach (var to in Enumerable.Range(0, legs.Count).Where(to => to != from))
            {
                var order = best.Order.ToList();
                order.RemoveAt(from);
                order.Insert(to, best.Order[from]);
                var path = LegPath.Of(legs, order);
                if (path.IsBetterThan(best)) return path;
            }
        return best;
    }
}
