using Ballast.Numerics.Allocation;
using Ballast.Numerics.Linear;
using Ballast.Numerics.Statistics;

namespace Ballast.Numerics.Clustering;

/// <summary>How far two clusters are apart.</summary>
public enum LinkageMethod
{
    /// <summary>As their nearest members.</summary>
    Single,

    /// <summary>As their farthest members.</summary>
    Complete,

    /// <summary>As their members on average.</summary>
    Average,

    /// <summary>By how much joining them raises the squared distances to the mean (Ward 1963).</summary>
    Ward,
}

/// <summary>Two clusters joined. Points are 0 to n − 1; the cluster of merge k is n + k.</summary>
public readonly record struct Merge(int Left, int Right, double Distance, int Size);

/// <summary>The tree of clusters, nearest pair first, in SciPy's order: the smaller id is left, and of equal distances the smaller ids go first.</summary>
/// <param name="Merges">n − 1 merges.</param>
public sealed record Linkage(IReadOnlyList<Merge> Merges)
{
    /// <summary>Joins the two nearest clusters until one is left, with the distances updated by Lance and Williams' formulas: n³/6 comparisons, n² for single linkage.</summary>
    /// <param name="distances">n by n, symmetric, not negative.</param>
    /// <returns><c>NotSquare</c>, <c>NotFinite</c>, <c>NotSymmetric</c> or <c>NegativeDistance</c>.</returns>
    public static Answer<Linkage> Of(Matrix distances, LinkageMethod method)
    {
        if (Fault.OfSymmetric(distances) is { } fault) return fault.As<Linkage>();
        if (distances.Cells.Any(x => x < 0)) return new Answer<Linkage>.Refused("NegativeDistance", $"a distance is {distances.Cells.Min():R}");
        return Joined(distances, method);
    }

    /// <summary>The same for distances that are known to be such.</summary>
    internal static Linkage Joined(Matrix distances, LinkageMethod method)
    {
        if (method == LinkageMethod.Single && SpanningTree.Merged(distances) is { } found) return found;
        var n = distances.Rows;
        var d = new Matrix(n, n, [.. distances.Cells]);
        var clusters = Enumerable.Range(0, n).Select(i => (Id: i, Slot: i, Size: 1)).ToList();
        var merges = new List<Merge>(n - 1);
        while (clusters.Count > 1)
        {
            var (a, b) = Nearest(clusters, d);
            var (left, right) = (clusters[a], clusters[b]);
            merges.Add(new(left.Id, right.Id, d[left.Slot, right.Slot], left.Size + right.Size));
            clusters.RemoveAt(b);
            clusters.RemoveAt(a);
            foreach (var other in clusters)
                d[left.Slot, other.Slot] = d[other.Slot, left.Slot] = Joined(method, d[left.Slot, other.Slot], d[right.Slot, other.Slot], d[left.Slot, right.Slot], left.Size, right.Size, other.Size);
            clusters.Add((n + merges.Count - 1, left.Slot, left.Size + right.Size));
        }
        return new Linkage(merges);
    }

    /// <summary>The points from left to right: the last merge expanded, its first child on the left (quasi-diagonal order).</summary>
    public int[] Leaves => [.. Under(2 * Merges.Count)];

    /// <summary>The points of a cluster, from left to right.</summary>
    public IEnumerable<int> Under(int id)
    {
        var open = new Stack<int>([id]);
        while (open.TryPop(out var next))
        {
            if (next <= Merges.Count)
            {
                yield return next;
                continue;
            }
            open.Push(Merges[next - Merges.Count - 1].Right);
            open.Push(Merges[next - Merges.Count - 1].Left);
        }
    }

    /// <summary>Positions in the list, which is ordered by id, so that the first of equals is the one with the smallest ids.</summary>
    private static (int, int) Nearest(List<(int Id, int Slot, int Size)> clusters, Matrix d)
    {
        var (best, least) = ((0, 1), double.PositiveInfinity);
        for (var a = 0; a < clusters.Count; a++)
        {
            var row = d.Row(clusters[a].Slot);
            for (var b = a + 1; b < clusters.Count; b++)
                if (row[clusters[b].Slot] < least) (best, least) = ((a, b), row[clusters[b].Slot]);
        }
        return best;
    }

    private static double Joined(LinkageMethod method, double fromLeft, double fromRight, double between, double left, double right, double other) => method switch
    {
        LinkageMethod.Single => Math.Min(fromLeft, fromRight),
        LinkageMethod.Complete => Math.Max(fromLeft, fromRight),
        LinkageMethod.Average => (left * fromLeft + right * fromRight) / (left + right),
        LinkageMethod.Ward => Math.Sqrt(Math.Max(0, ((left + other) * fromLeft * fromLeft + (right + other) * fromRight * fromRight - other * between * between) / (left + right + other))),
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "no such linkage"),
    };
}
