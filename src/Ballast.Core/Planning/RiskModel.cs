using Ballast.Money;
using Ballast.Numerics.Linear;

namespace Ballast.Planning;

/// <summary>How assets move together, a year: what turns distances from the targets into a tracking error.</summary>
/// <param name="Assets">In the order of the rows.</param>
/// <param name="Covariance">Annual covariance of returns in the base asset, n by n.</param>
public sealed record RiskModel(ImmutableArray<Asset> Assets, Matrix Covariance)
{
    /// <summary>√(d'Σd) for distances d of weights; assets without a row take no part.</summary>
    public double TrackingError(IReadOnlyDictionary<Asset, double> distances)
    {
        var d = Assets.Select(a => distances.TryGetValue(a, out var x) ? x : 0.0).ToArray();
        var variance = 0.0;
        for (var i = 0; i < d.Length; i++)
            for (var j = 0; j < d.Length; j++) variance += d[i] * Covariance[i, j] * d[j];
        return Math.Sqrt(Math.Max(variance, 0));
    }
}
