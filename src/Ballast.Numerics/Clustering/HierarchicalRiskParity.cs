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
        var leaves = Linkage.Joined(CorrelationDistance.Of(covariance, input), method).Leaves;
        double[] weights = [.. Enumerable.Repeat(1.0, covariance.Rows)];
        Bisect(leaves, weights, covariance, [.. covariance.Diagonal().Select(x => 1 / x)]);
        return new HierarchicalRiskParity(weights, leaves);
    }

    private static void Bisect(ReadOnlySpan<int> list, double[] weights, Matrix covariance, double[] inverse)
    {
        if (list.Length < 2) return;
        var left = list[..(list.Length / 2)];
        var right = list[left.Length..];
        var (ofLeft, ofRight) = (Variance(left, covariance, inverse), Variance(right, covariance, inverse));
        // Two halves without risk, each hedged perfectly within, are as good as each other.
        var toLeft = ofLeft + ofRight > 0 ? ofRight / (ofLeft + ofRight) : 0.5;
        foreach (var i in left) weights[i] *= toLeft;
        foreach (var i in right) weights[i] *= 1 - toLeft;
        Bisect(left, weights, covariance, inverse);
        Bisect(right, weights, covariance, inverse);
    }

    /// <summary>w'Σw of the members at inverse-variance weights; each pair once.</summary>
    private static double Variance(ReadOnlySpan<int> members, Matrix covariance, double[] inverse)
    {
        double total = 0, sum = 0;
        for (var a = 0; a < members.Length; a++)
        {
            var row = covariance.Row(members[a]);
            var across = 0.0;
            foreach (var j in members[..a]) across += row[j] * inverse[j];
            total += inverse[members[a]];
            sum += inverse[members[a]] * (1 + 2 * across);
        }
        return Math.Max(0, sum / total / total);
    }
}
