using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Clustering;

/// <summary>The shortest tree that joins all points (Prim 1957), whose edges, shortest first, are the merges of single linkage (Gower and Ross 1969): n² comparisons, eight at once.</summary>
internal sealed class SpanningTree
{
    private readonly Matrix distances;
    private readonly int n;
    private readonly double[] nearest, through, inside;
    private readonly (int From, int To, double Distance)[] edges;

    private SpanningTree(Matrix distances)
    {
        (this.distances, n) = (distances, distances.Rows);
        // Infinite for points in the tree, and for the room up to a whole number of lanes.
        (nearest, through, inside) = (new double[n + 8], new double[n + 8], new double[n + 8]);
        edges = new (int, int, double)[Math.Max(0, n - 1)];
    }

    /// <summary>Null where two edges are equally long: ids, not lengths, then decide which merge goes first.</summary>
    public static Linkage? Merged(Matrix distances)
    {
        var tree = new SpanningTree(distances);
        tree.Grow();
        Array.Sort(tree.edges, (a, b) => a.Distance.CompareTo(b.Distance));
        for (var k = 1; k < tree.edges.Length; k++)
            if (tree.edges[k].Distance == tree.edges[k - 1].Distance) return null;
        return new Linkage(tree.Merges());
    }

    private void Grow()
    {
        Array.Fill(nearest, double.PositiveInfinity);
        var newest = 0;
        for (var k = 0; k < edges.Length; k++)
        {
            nearest[newest] = inside[newest] = double.PositiveInfinity;
            Approach(newest);
            newest = nearest.AsSpan(0, n).IndexOf(Least());
            edges[k] = ((int)through[newest], newest, nearest[newest]);
        }
    }

    /// <summary>The points outside that are nearer to the newest than to the others in the tree.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Approach(int newest)
    {
        ref var row = ref distances.Row(newest)[0];
        var (name, j) = (Vector512.Create((double)newest), 0);
        for (; j + 8 <= n; j += 8)
        {
            var at = (nuint)j;
            var (old, away) = (Vector512.LoadUnsafe(ref nearest[0], at), Vector512.Max(Vector512.LoadUnsafe(ref row, at), Vector512.LoadUnsafe(ref inside[0], at)));
            var closer = Vector512.LessThan(away, old);
            Vector512.ConditionalSelect(closer, away, old).StoreUnsafe(ref nearest[0], at);
            Vector512.ConditionalSelect(closer, name, Vector512.LoadUnsafe(ref through[0], at)).StoreUnsafe(ref through[0], at);
        }
        for (; j < n; j++)
            if (Math.Max(Unsafe.Add(ref row, j), inside[j]) is var away && away < nearest[j]) (nearest[j], through[j]) = (away, newest);
    }

    private double Least()
    {
        var least = Vector512.Create(double.PositiveInfinity);
        for (var j = 0; j < n; j += 8) least = Vector512.Min(least, Vector512.LoadUnsafe(ref nearest[0], (nuint)j));
        var (one, lane) = (least.GetElement(0), 1);
        for (; lane < 8; lane++) one = Math.Min(one, least.GetElement(lane));
        return one;
    }

    private List<Merge> Merges()
    {
        var (root, size, merges) = (Enumerable.Range(0, 2 * n).ToArray(), Enumerable.Repeat(1, 2 * n).ToArray(), new List<Merge>(edges.Length));
        int Root(int point)
        {
            while (root[point] != point) point = root[point] = root[root[point]];
            return point;
        }
        foreach (var (from, to, distance) in edges)
        {
            var (a, b, made) = (Root(from), Root(to), n + merges.Count);
            (root[a], root[b], size[made]) = (made, made, size[a] + size[b]);
            merges.Add(new(Math.Min(a, b), Math.Max(a, b), distance, size[made]));
        }
        return merges;
    }
}
