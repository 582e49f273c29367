namespace Ballast.Engine.Hedges;

/// <summary>What one member of a family of rules cost, and the variance of the mismatch that it left.</summary>
/// <param name="Factor">By which the family's rule was made wider.</param>
public readonly record struct FrontierPoint(double Factor, double Cost, double Variance);

/// <summary>Cost against risk over the members of a family of rules: what lets two rules be compared that take different risks.</summary>
public sealed record HedgeFrontier(IReadOnlyList<FrontierPoint> Points)
{
    /// <summary>From an eighth of the width to four times it.</summary>
    public static IReadOnlyList<double> Factors { get; } = [.. Enumerable.Range(-6, 11).Select(i => Math.Pow(Math.Sqrt(2), i))];

    /// <summary>The cost of the family's member that leaves so much variance, straight in logarithms between its neighbours; null beyond the ends.</summary>
    public double? CostAt(double variance)
    {
        var sorted = Points.Where(p => p is { Cost: > 0, Variance: > 0 }).OrderBy(p => p.Variance).ToArray();
        for (var k = 1; k < sorted.Length; k++)
        {
            var (low, high) = (sorted[k - 1], sorted[k]);
            if (!(low.Variance <= variance && variance <= high.Variance)) continue;
            var part = high.Variance == low.Variance ? 0 : Math.Log(variance / low.Variance) / Math.Log(high.Variance / low.Variance);
            return low.Cost * Math.Pow(high.Cost / low.Cost, part);
        }
        return null;
    }
}
