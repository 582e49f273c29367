using Ballast.Numerics.Clustering;
using Ballast.Numerics.Linear;
using Ballast.Numerics.Optimisation;

namespace Ballast.Tests.Numerics.Clustering;

/// <summary>The example of López de Prado (2016), Building Diversified Portfolios that Outperform Out of Sample, JPM 42: ten variables, five of them noisy copies, drawn by his code with the seed 12345.</summary>
public class PublishedTreeTests
{
    private static readonly Matrix Covariance = Matrix.FromRows(
    [
        [1.0006477994, -0.0030504791, 0.0100332240, -0.0107596894, -0.0050365032, 0.0087625629, 0.9982016245, -0.0013931957, -0.0012545218, -0.0093659909],
        [-0.0030504791, 1.0090213489, 0.0086138165, 0.0073344776, -0.0094926877, 0.0130318171, -0.0094207201, -0.0153462227, 1.0105200474, 1.0133348491],
        [0.0100332240, 0.0086138165, 1.0007393632, -0.0006378853, 0.0017832925, 1.0015747681, 0.0063853683, 0.0019223162, 0.0129020495, 0.0079979349],
        [-0.0107596894, 0.0073344776, -0.0006378853, 1.0118547251, 0.0057599765, 0.0009058121, -0.0119122694, 0.0004618944, 0.0125726607, 0.0096216704],
        [-0.0050365032, -0.0094926877, 0.0017832925, 0.0057599765, 1.0058358779, 0.0056063433, -0.0096432503, 1.0085674266, -0.0061830350, -0.0079427697],
        [0.0087625629, 0.0130318171, 1.0015747681, 0.0009058121, 0.0056063433, 1.0643098248, 0.0044139599, 0.0057801479, 0.0171853962, 0.0116013357],
        [0.9982016245, -0.0094207201, 0.0063853683, -0.0119122694, -0.0096432503, 0.0044139599, 1.0581720267, -0.0067553741, -0.0080991807, -0.0162402706],
        [-0.0013931957, -0.0153462227, 0.0019223162, 0.0004618944, 1.0085674266, 0.0057801479, -0.0067553741, 1.0748331551, -0.0119034686, -0.0137383778],
        [-0.0012545218, 1.0105200474, 0.0129020495, 0.0125726607, -0.0061830350, 0.0171853962, -0.0080991807, -0.0119034686, 1.0753466770, 1.0152201256],
        [-0.0093659909, 1.0133348491, 0.0079979349, 0.0096216704, -0.0079427697, 0.0116013357, -0.0162402706, -0.0137383778, 1.0152201256, 1.0785866857],
    ]);

    [Fact]
    public void Weights_by_tree_are_those_in_print() => Prints(
        [7.00, 7.59, 10.84, 19.03, 9.72, 10.19, 6.62, 9.10, 7.12, 12.79], HierarchicalRiskParity.Of(Covariance, LinkageInput.RowsAsPoints).OrThrow().Weights);

    [Fact]
    public void Weights_by_inverse_variance_are_those_in_print() => Prints(
        [10.36, 10.28, 10.36, 10.25, 10.31, 9.74, 9.80, 9.65, 9.64, 9.61], ClosedForm.InverseVariance(Covariance).OrThrow());

    [Fact]
    public void The_spanning_tree_joins_as_the_plain_search_does() => Draws.ForManySeeds(chance =>
    {
        var n = 2 + chance.NextInt(30);
        var points = chance.Numbers(3 * n, 0, 1);
        double Between(int i, int j) => Math.Sqrt(Enumerable.Range(0, 3).Sum(k => Math.Pow(points[3 * i + k] - points[3 * j + k], 2)));
        var found = Linkage.Of(Algebra.Filled(n, n, Between), LinkageMethod.Single).OrThrow();
        return found.Merges.SequenceEqual(Plain(n, Between));
    }, cases: 100);

    /// <summary>Clusters as sets: the nearest two by their nearest members, again and again.</summary>
    private static List<Merge> Plain(int n, Func<int, int, double> between)
    {
        var clusters = Enumerable.Range(0, n).Select(i => (Id: i, Points: (int[])[i])).ToList();
        var merges = new List<Merge>();
        while (clusters.Count > 1)
        {
            var (a, b, distance) = (from x in clusters from y in clusters where x.Id < y.Id select (x, y, x.Points.Min(i => y.Points.Min(j => between(i, j))))).MinBy(found => found.Item3);
            merges.Add(new(a.Id, b.Id, distance, a.Points.Length + b.Points.Length));
            clusters.RemoveAll(c => c.Id == a.Id || c.Id == b.Id);
            clusters.Add((n + merges.Count - 1, [.. a.Points, .. b.Points]));
        }
        return merges;
    }

    /// <summary>In per cent, to the two decimals of the print.</summary>
    private static void Prints(double[] expected, double[] weights)
    {
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], 100 * weights[i], 0.005001);
    }
}
