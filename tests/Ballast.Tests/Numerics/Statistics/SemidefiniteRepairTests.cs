using Ballast.Numerics.Linear;
using Ballast.Numerics.Random;
using Ballast.Numerics.Statistics;

namespace Ballast.Tests.Numerics.Statistics;

public class SemidefiniteRepairTests
{
    [Fact]
    public void A_repaired_covariance_is_semidefinite_and_keeps_its_variances() =>
        Draws.ForManySeeds(chance =>
        {
            var broken = Broken(chance, 2 + chance.NextInt(5));
            var diagonal = Algebra.Filled(broken.Rows, broken.Rows, (i, j) => i == j ? broken[i, i] : 0);
            Matrix[] repaired = [
                SemidefiniteRepair.Spectral(broken).OrThrow().Covariance,
                SemidefiniteRepair.Higham(broken, 500).OrThrow().Covariance,
                SemidefiniteRepair.TowardsTarget(broken, diagonal).OrThrow().Covariance];
            return repaired.All(a => SymmetricEigen.Of(a).IsSemidefinite && a.Diagonal().Zip(broken.Diagonal(), (x, y) => Draws.Near(y, x, 1e-14)).All(x => x));
        }, cases: 40);

    [Fact]
    public void What_is_semidefinite_already_stays()
    {
        var fine = new Xoshiro256(9).Covariance(4);
        Assert.True(Tables.Distance(fine, SemidefiniteRepair.Spectral(fine).OrThrow().Covariance) < 1e-16);
        Assert.True(Tables.Distance(fine, SemidefiniteRepair.Higham(fine).OrThrow().Covariance) < 1e-16);
        Assert.Equal(fine.Cells, SemidefiniteRepair.TowardsTarget(fine, fine).OrThrow().Covariance.Cells);
    }

    [Fact]
    public void The_least_blend_of_two_assets_on_paper()
    {
        // Correlation 2 becomes 1 at a blend of one half with the identity.
        var blended = SemidefiniteRepair.TowardsTarget(Matrix.FromRows([[1, 2], [2, 1]]), Algebra.Identity(2)).OrThrow().Covariance;
        Assert.Equal(1, blended[0, 1], 1e-11);
    }

    [Fact]
    public void An_asset_that_never_moves_is_named_and_keeps_no_variance()
    {
        var broken = Matrix.FromRows([[1, 0.5, 2], [0.5, 0, 0.5], [2, 0.5, 1]]);
        foreach (var repaired in new[] { SemidefiniteRepair.Spectral(broken).OrThrow(), SemidefiniteRepair.Higham(broken).OrThrow() })
        {
            Assert.Equal([1], repaired.WithoutVariance);
            Assert.Equal([0, 0, 0], repaired.Covariance.Row(1).ToArray().Select(x => Math.Abs(x)));
            Assert.Equal(1, repaired.Covariance[0, 2], 1e-9);
        }
    }

    [Fact]
    public void Tables_that_are_no_covariance_are_refused_by_name()
    {
        Assert.Equal("NotSymmetric", Tables.Code(SemidefiniteRepair.Spectral(Matrix.FromRows([[1, 0.5], [0.4, 1]]))));
        Assert.Equal("NotSquare", Tables.Code(SemidefiniteRepair.Higham(new Matrix(2, 3))));
        Assert.Equal("NotFinite", Tables.Code(SemidefiniteRepair.Higham(Matrix.FromRows([[1, double.NaN], [double.NaN, 1]]))));
        Assert.Equal("NegativeVariance", Tables.Code(SemidefiniteRepair.Spectral(Matrix.FromRows([[-1.0]]))));
        Assert.Equal("ParameterOutOfRange", Tables.Code(SemidefiniteRepair.Spectral(Algebra.Identity(2), -1)));
    }

    private static Matrix Broken(Xoshiro256 chance, int n)
    {
        var noise = Algebra.Filled(n, n, (_, _) => chance.Between(-1.2, 1.2)).Symmetrised();
        double[] deviation = chance.Numbers(n, 0.1, 0.5);
        return Algebra.Filled(n, n, (i, j) => (i == j ? 1 : noise[i, j]) * deviation[i] * deviation[j]);
    }
}
