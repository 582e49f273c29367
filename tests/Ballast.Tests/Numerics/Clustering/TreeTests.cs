using Ballast.Numerics.Clustering;
using Ballast.Numerics.Linear;
using Ballast.Numerics.Random;

namespace Ballast.Tests.Numerics.Clustering;

public class TreeTests
{
    /// <summary>Points on a line at 0, 1, 3, 7: gaps of 1, 2 and 4.</summary>
    private static readonly Matrix Line = Algebra.Filled(4, 4, (i, j) => Math.Abs(((double[])[0, 1, 3, 7])[i] - ((double[])[0, 1, 3, 7])[j]));

    [Theory]
    [InlineData(LinkageMethod.Single, 1, 2, 4)]
    [InlineData(LinkageMethod.Complete, 1, 3, 7)]
    [InlineData(LinkageMethod.Average, 1, 2.5, 17.0 / 3)]
    public void Points_on_a_line_are_joined_one_after_the_other(LinkageMethod method, double first, double second, double third)
    {
        var tree = Linkage.Of(Line, method).OrThrow();
        Assert.Equal([new(0, 1, first, 2), new(2, 4, second, 3), new(3, 5, third, 4)], tree.Merges);
        Assert.Equal([3, 2, 0, 1], tree.Leaves);
    }

    [Fact]
    public void Ward_measures_the_rise_of_squares()
    {
        // {0,1} at 0.5 and 3: √(2·2·1/3)·2.5; then {0,1,3} at 4/3 and 7: √(2·3·1/4)·17/3.
        var merges = Linkage.Of(Line, LinkageMethod.Ward).OrThrow().Merges;
        Assert.Equal(Math.Sqrt(4.0 / 3) * 2.5, merges[1].Distance, 1e-14);
        Assert.Equal(Math.Sqrt(1.5) * 17 / 3, merges[2].Distance, 1e-14);
    }

    [Fact]
    public void Equal_distances_join_the_smaller_ids_first() =>
        Assert.Equal([(0, 1), (2, 3), (4, 5)], Linkage.Of(Algebra.Filled(4, 4, (i, j) => i == j ? 0 : 1), LinkageMethod.Complete).OrThrow().Merges.Select(m => (m.Left, m.Right)));

    [Fact]
    public void One_asset_takes_all_and_two_share_by_inverse_variance()
    {
        Assert.Equal([1], HierarchicalRiskParity.Of(Matrix.FromRows([[0.04]])).OrThrow().Weights);
        Assert.Equal([1], HierarchicalEqualRisk.Of(Matrix.FromRows([[0.04]]), 1).OrThrow().Weights);
        var two = Matrix.FromRows([[0.04, 0.01], [0.01, 0.12]]);
        Assert.Equal([0.75, 0.25], HierarchicalRiskParity.Of(two).OrThrow().Weights.Select(w => Math.Round(w, 14)));
        Assert.Equal([0.75, 0.25], HierarchicalEqualRisk.Of(two, 2).OrThrow().Weights.Select(w => Math.Round(w, 14)));
    }

    [Fact]
    public void Weights_lie_on_the_simplex_whatever_the_tree() =>
        Draws.ForManySeeds(chance =>
        {
            var n = 1 + chance.NextInt(9);
            var covariance = chance.Covariance(n);
            return Enum.GetValues<LinkageMethod>().All(method =>
                Tables.OnSimplex(HierarchicalRiskParity.Of(covariance, LinkageInput.RowsAsPoints, method).OrThrow().Weights)
                && Tables.OnSimplex(HierarchicalRiskParity.Of(covariance, LinkageInput.CondensedDistance, method).OrThrow().Weights)
                && HierarchicalEqualRisk.Of(covariance, 1 + chance.NextInt(n), method).OrThrow() is var spread
                && Tables.OnSimplex(spread.Weights) && spread.Clusters.SelectMany(c => c).Order().SequenceEqual(Enumerable.Range(0, n)));
        }, cases: 60);

    [Fact]
    public void Clusters_share_before_their_members_do()
    {
        // Two twins beside a stranger of the same variance: the pair has the risk of one asset, so each twin gets a quarter.
        var covariance = Matrix.FromRows([[0.04, 0.04, 0], [0.04, 0.04, 0], [0, 0, 0.04]]);
        var spread = HierarchicalEqualRisk.Of(covariance, 2).OrThrow();
        Assert.Equal([0.25, 0.25, 0.5], spread.Weights.Select(w => Math.Round(w, 14)));
        Assert.Equal([1, 2], spread.Clusters.Select(c => c.Length));
    }

    [Fact]
    public void The_size_of_the_covariance_does_not_matter()
    {
        var covariance = new Xoshiro256(11).Covariance(7);
        var larger = Algebra.Filled(7, 7, (i, j) => 16 * covariance[i, j]);
        Assert.Equal(HierarchicalRiskParity.Of(covariance).OrThrow().Weights, HierarchicalRiskParity.Of(larger).OrThrow().Weights);
    }

    [Fact]
    public void Trees_that_cannot_be_are_refused_by_name()
    {
        Assert.Equal("NoVariance", Tables.Code(HierarchicalRiskParity.Of(Matrix.FromRows([[1, 0], [0, 0.0]]))));
        Assert.Equal("ClustersOutOfRange", Tables.Code(HierarchicalEqualRisk.Of(Algebra.Identity(2), 3)));
        Assert.Equal("RiskNotPositive", Tables.Code(HierarchicalEqualRisk.Of(Algebra.Identity(2), 2, _ => 0)));
        Assert.Equal("NegativeDistance", Tables.Code(Linkage.Of(Matrix.FromRows([[0, -1], [-1, 0.0]]), LinkageMethod.Single)));
    }
}
