using Ballast.Numerics.Allocation;
using Ballast.Numerics.Linear;
using Ballast.Numerics.Statistics;

namespace Ballast.Numerics.Clustering;

/// <summary>Long-only weights that spread risk over clusters of assets and then within each.</summary>
/// <param name="Weights">One an asset; they sum to one.</param>
/// <param name="Clusters">The members of each cluster, from left to right.</param>
public sealed record HierarchicalEqualRisk(double[] Weights, IReadOnlyList<int[]> Clusters)
{
    /// <summary>With the variance as risk.</summary>
    public static Answer<HierarchicalEqualRisk> Of(Matrix covariance, int clusters, LinkageMethod method = LinkageMethod.Ward) =>
        Of(covariance, clusters, w => Math.Pow(PortfolioRisk.Volatility(w, covariance), 2), method);

    /// <summary>Cuts the tree into k clusters; at each node above the cut, weight goes to the children by inverse risk, and within a cluster to assets by inverse risk (Raffinot 2018).</summary>
    /// <param name="clusters">k in [1, n].</param>
    /// <param name="risk">The risk of a portfolio of n weights: variance, volatility, CVaR, drawdown; positive for each single asset.</param>
    /// <returns><c>ClustersOutOfRange</c>; <c>NoVariance</c> where an asset never moves; <c>RiskNotPositive</c> where a risk gives no inverse; the faults of a covariance.</returns>
    public static Answer<HierarchicalEqualRisk> Of(Matrix covariance, int clusters, Func<double[], double> risk, LinkageMethod method = LinkageMethod.Ward)
    {
        if ((Fault.OfCovariance(covariance) ?? Fault.OfStillAssets(covariance)) is { } fault) return fault.As<HierarchicalEqualRisk>();
        var n = covariance.Rows;
        if (clusters < 1 || clusters > n) return new Answer<HierarchicalEqualRisk>.Refused("ClustersOutOfRange", $"{clusters} clusters of {n} assets");
        double[] single = [.. Enumerable.Range(0, n).Select(i => risk([.. Enumerable.Range(0, n).Select(j => i == j ? 1.0 : 0)]))];
        if (Array.FindIndex(single, x => !(x > 0 && double.IsFinite(x))) is var at and >= 0)
            return new Answer<HierarchicalEqualRisk>.Refused("RiskNotPositive", $"asset {at} alone has a risk of {single[at]}");
        return Linkage.Of(CorrelationDistance.Of(covariance, LinkageInput.CondensedDistance), method)
            .Then<HierarchicalEqualRisk>(tree => new Division(tree, clusters, single, risk).Shared());
    }

    /// <summary>One way down a tree.</summary>
    private sealed record Division(Linkage Tree, int Count, double[] Single, Func<double[], double> Risk)
    {
        private readonly double[] weights = new double[Single.Length];
        private readonly List<int[]> clusters = [];

        public HierarchicalEqualRisk Shared()
        {
            Share(2 * Tree.Merges.Count, 1);
            return new(weights, clusters);
        }

        /// <summary>The last k − 1 merges lie above the cut.</summary>
        private void Share(int node, double amount)
        {
            var n = Single.Length;
            if (node < 2 * n - Count)
            {
                clusters.Add([.. Tree.Under(node)]);
                foreach (var (i, weight) in clusters[^1].Zip(Naive(clusters[^1]))) weights[i] = amount * weight;
                return;
            }
            var (left, right, _, _) = Tree.Merges[node - n];
            var (ofLeft, ofRight) = (RiskOf(left), RiskOf(right));
            var toLeft = ofLeft + ofRight > 0 ? ofRight / (ofLeft + ofRight) : 0.5;
            Share(left, amount * toLeft);
            Share(right, amount * (1 - toLeft));
        }

        private double[] Naive(int[] members)
        {
            var total = members.Sum(i => 1 / Single[i]);
            return [.. members.Select(i => 1 / Single[i] / total)];
        }

        private double RiskOf(int node)
        {
            int[] members = [.. Tree.Under(node)];
            var held = new double[Single.Length];
            foreach (var (i, weight) in members.Zip(Naive(members))) held[i] = weight;
            return Math.Max(0, Risk(held));
        }
    }
}
