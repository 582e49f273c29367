using Ballast.Numerics.Allocation;
using Ballast.Numerics.Convex;
using Ballast.Numerics.Linear;
using Ballast.Numerics.Optimisation;
using Ballast.Numerics.Random;
using Ballast.Numerics.Statistics;

namespace Ballast.Tests.Numerics.Statistics;

public class FactorModelTests
{
    [Fact]
    public void All_factors_together_are_the_sample_covariance()
    {
        var table = Table(200, 6);
        var model = FactorModel.Of(table, 6).OrThrow();
        var sample = Covariance.Sample(table);
        Assert.All(Enumerable.Range(0, 36), k => Assert.Equal(sample.Cells[k], model.Covariances().Cells[k], 1e-16));
        Assert.All(model.OwnVariances, d => Assert.Equal(0, d, 1e-16));
    }

    [Theory]
    [InlineData(200, 6)]
    [InlineData(30, 80)]
    public void Variances_are_those_of_the_sample_whatever_is_kept(int periods, int assets)
    {
        var table = Table(periods, assets);
        var (model, sample) = (FactorModel.Of(table).OrThrow(), Covariance.Sample(table).Diagonal());
        Assert.Equal(sample, model.Covariances().Diagonal(), (a, b) => Math.Abs(a - b) < 1e-16);
        Assert.True(SymmetricEigen.Of(model.Covariances()).IsSemidefinite);
    }

    /// <summary>Where assets outnumber periods the factors come from the products of periods: the same ones.</summary>
    [Fact]
    public void Either_way_round_gives_the_same_factors()
    {
        var wide = Table(20, 21);
        var tall = FactorModel.Of(new Matrix(20, 20, [.. Enumerable.Range(0, 20).SelectMany(t => wide.Row(t)[..20].ToArray())]), 3).OrThrow();
        var turned = FactorModel.Of(With(wide, 20, 0), 3).OrThrow();
        for (var i = 0; i < 20; i++)
            for (var j = 0; j < 20; j++) Assert.Equal(tall.Covariances()[i, j], turned.Covariances()[i, j], 1e-15);
    }

    [Fact]
    public void One_strong_factor_is_found_and_no_more()
    {
        var chance = new Xoshiro256(5);
        var table = new Matrix(500, 10);
        for (var t = 0; t < 500; t++)
        {
            var common = chance.NextNormal();
            for (var i = 0; i < 10; i++) table[t, i] = 0.01 * (common + chance.NextNormal());
        }
        Assert.Equal(1, FactorModel.Of(table).OrThrow().Exposures.Columns);
    }

    [Fact]
    public void Five_thousand_assets_are_estimated_and_solved_without_a_table_of_all_pairs()
    {
        const int assets = 5_000;
        var before = GC.GetAllocatedBytesForCurrentThread();
        var model = FactorModel.Of(Table(60, assets), 5).OrThrow();
        var risk = Curvature.OfFactors(model.Exposures, Algebra.Identity(5), model.OwnVariances);
        var chosen = MeanVariance.MinVariance(risk, Limits.Between(assets, 0, 0.01)).OrThrow();
        Assert.Equal(1, chosen.Weights.Sum(), 1e-9);
        Assert.InRange(chosen.Residual, 0, 1e-9);
        // A table of all pairs alone would be 200 MB.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000_000);
    }

    [Fact]
    public void More_factors_than_there_can_be_are_refused() =>
        Assert.Equal("ParameterOutOfRange", Assert.IsType<Answer<FactorModel>.Refused>(FactorModel.Of(Table(10, 20), 10)).Code);

    private static Matrix With(Matrix table, int column, double value) => Algebra.Filled(table.Rows, table.Columns, (t, i) => i == column ? value : table[t, i]);

    private static Matrix Table(int periods, int assets)
    {
        var chance = new Xoshiro256(11);
        double[] exposure = [.. Enumerable.Range(0, assets).Select(_ => 0.5 + chance.NextDouble())];
        var table = new Matrix(periods, assets);
        for (var t = 0; t < periods; t++)
        {
            var (market, sector) = (chance.NextNormal(), chance.NextNormal());
            for (var i = 0; i < assets; i++) table[t, i] = 0.01 * (exposure[i] * market + (i % 2 == 0 ? 0.5 : -0.3) * sector + chance.NextNormal());
        }
        return table;
    }
}
