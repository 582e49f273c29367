using Ballast.Numerics.Linear;
using Ballast.Numerics.Random;

namespace Ballast.Tests.Numerics.Linear;

public class SymmetricEigenTests
{
    [Fact]
    public void Two_by_two_on_paper()
    {
        var eigen = SymmetricEigen.Of(Matrix.FromRows([[2, 1], [1, 2]]));
        Assert.Equal(1, eigen.Least, 1e-15);
        Assert.Equal(3, eigen.Largest, 1e-15);
        Assert.Equal(Math.Sqrt(0.5), eigen.Directions[1, 0], 1e-15);
        Assert.Equal(Math.Sqrt(0.5), eigen.Directions[1, 1], 1e-15);
    }

    [Fact]
    public void A_matrix_is_rebuilt_from_orthonormal_directions() =>
        Draws.ForManySeeds(chance =>
        {
            var n = 1 + chance.NextInt(20);
            var a = Algebra.Filled(n, n, (_, _) => chance.NextNormal()).Symmetrised();
            var eigen = SymmetricEigen.Of(a);
            return Tables.Distance(a, eigen.Rebuilt(x => x)) < 1e-13
                && Tables.Distance(Algebra.Identity(n), eigen.Directions.Times(eigen.Directions.Transposed())) < 1e-13
                && eigen.Values.SequenceEqual(eigen.Values.Order());
        });

    [Fact]
    public void Equal_values_zeros_and_one_by_one()
    {
        Assert.Equal([1, 1, 1], SymmetricEigen.Of(Algebra.Identity(3)).Values);
        Assert.Equal([0, 0], SymmetricEigen.Of(new Matrix(2, 2)).Values);
        Assert.Equal([-5], SymmetricEigen.Of(Matrix.FromRows([[-5]])).Values);
        Assert.Equal(3, SymmetricEigen.Of(Algebra.Filled(3, 3, (_, _) => 1)).Largest, 1e-15);
        Assert.Equal(0, SymmetricEigen.Of(Algebra.Filled(3, 3, (_, _) => 1)).Least, 1e-15);
    }

    [Fact]
    public void Five_hundred_assets_keep_their_digits()
    {
        var a = new Xoshiro256(1).Covariance(500);
        var eigen = SymmetricEigen.Of(a);
        Assert.True(Tables.Distance(a, eigen.Rebuilt(x => x)) < 1e-12 * eigen.Largest);
        Assert.Equal(a.Diagonal().Sum(), eigen.Values.Sum(), 1e-11 * eigen.Largest);
    }

    [Fact]
    public void A_root_times_itself_is_the_matrix()
    {
        var a = new Xoshiro256(2).Covariance(9);
        var root = SymmetricEigen.Of(a).SquareRoot().OrThrow();
        Assert.True(Tables.Distance(a, root.Times(root)) < 1e-14);
        Assert.Equal("NotPositiveSemidefinite", Tables.Code(SymmetricEigen.Of(Matrix.FromRows([[1, 2], [2, 1]])).SquareRoot()));
    }
}
