using Ballast.Numerics.Clustering;
using Ballast.Numerics.Linear;
using Ballast.Numerics.Statistics;

namespace Ballast.App.Reports;

/// <summary>Who moves with whom: the tree by which <c>hrp</c> and <c>herc</c> divide the weight.</summary>
/// <remarks>Assets are 0 to n − 1 and the cluster of merge k is n + k, as in <see cref="Linkage"/>.</remarks>
public sealed record Dendrogram
{
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>n − 1 merges, lowest first.</summary>
    public required IReadOnlyList<TreeMerge> Merges { get; init; }

    /// <summary>The assets from the first leaf to the last.</summary>
    public required IReadOnlyList<int> Leaves { get; init; }

    /// <summary>How many clusters the tree is cut into: the last clusters − 1 merges lie above the cut. 1 where it is not cut.</summary>
    public int Clusters { get; init; } = 1;

    /// <summary>n rows of n correlations in the order of <see cref="Names"/>; null leaves them out.</summary>
    public IReadOnlyList<IReadOnlyList<double>>? Correlation { get; init; }

    /// <summary>The tree of a linkage on a covariance.</summary>
    /// <param name="clusters">1 where the tree is not cut.</param>
    public static Dendrogram Of(IReadOnlyList<string> names, Linkage linkage, Matrix covariance, int clusters)
    {
        var correlation = Correlations.OfCovariance(covariance);
        return new()
        {
            Names = names,
            Merges = [.. linkage.Merges.Select(merge => new TreeMerge(merge.Left, merge.Right, merge.Distance))],
            Leaves = linkage.Leaves,
            Clusters = clusters,
            Correlation = [.. Enumerable.Range(0, names.Count).Select(i => correlation.Row(i).ToArray())],
        };
    }
}

/// <summary>Two clusters joined.</summary>
/// <param name="Height">Their distance.</param>
public sealed record TreeMerge(int Left, int Right, double Height);
