using Ballast.Numerics.Allocation;
using Ballast.Numerics.Linear;
using Ballast.Numerics.Statistics;

namespace Ballast.Numerics.Clustering;

/// <summary>Long-only weights from a tree of assets, without inverting the covariance.</summary>
/// <param name="Weights">One an asset; they sum to one.</param>
/// <param name="Order">The assets as the tree puts them side by side.</param>
public sealed record HierarchicalRiskParity(double[] Weights, int[] Order)
{
    /// <summary>Halves the ordered list again and again, and splits weight between halves by inverse variance, each at inverse-variance weights within (López de Prado 2016, JPM 42).</summary>
    /// <returns><c>NoVariance</c> where an asset never moves, and the faults of a covariance.</returns>
    public static Answer<HierarchicalRiskParity> Of(Matrix covariance, LinkageInput input = LinkageInput.CondensedDistance, LinkageMethod method = LinkageMethod.Single)
    {
        if ((Fault.OfCovariance(covariance) ?? Fault.OfStillAssets(covariance)) is { } fault) return fault.As<HierarchicalRiskParity>();
        return Linkage.Of(CorrelationDistance.Of(covariance, input), method).Then<HierarchicalRiskParity>(tree =>
        {
            double[] weights = [.. Enumerable.Repeat(1.0, covariance.Rows)];
            Bisect(tree.Leaves, weights, covariance);
            return new HierarchicalRiskParity(weights, tree.Leaves);
        });
    }

    private static void Bisect(int[] list, double[] weights, Matrix covariance)
    {
        if (list.Length < 2) return;
        var (left, right) = (list[..(list.Length / 2)], list[(list.Length / 2)..]);
        var (ofLeft, ofRight) = (Variance(left, covariance), Variance(right, covariance));
        // Two halves without risk, each hedged perfectly within, are as good as each other.
        var toLeft = ofLeft + ofRight > 0 ? ofRight / (ofLeft + ofRight) : 0.5;
        foreach (var i in left) weights[i] *= toLeft;
        foreach (var i in right) weights[i] *= 1 - toLeft;
        Bisect(left, weights, covariance);
        Bisect(right, weights, covariance);
    }

    /// <summary>w'Σw of the members at inverse-variance weights.</summary>
    private static double Variance(int[] members, Matrix covariance)
    {
        double total = 0, sum = 0;
        foreach (var i in members) total += 1 / covariance[i, i];
        foreach (var i in members)
            foreach (var j in members)
                sum += covariance[i, j] / covariance[i, i] / covariance[j, j];
        return Math.Max(0, sum / total / total);
    }
}
