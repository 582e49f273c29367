using Ballast.Numerics.Linear;

namespace Ballast.Tests.Numerics.Linear;

public class CholeskyTests
{
    [Fact]
    public void Two_by_two_on_paper()
    {
        var factor = Cholesky.Of(Matrix.FromRows([[4, 2], [2, 5]])).OrThrow();
        Assert.Equal([2, 0, 1, 2], factor.Lower.Cells);
        Assert.Equal(Math.Log(16), factor.LogDeterminant, 1e-15);
        Assert.Equal([1.0, 1], factor.Solve([6, 7]));
    }

    [Fact]
    public void What_is_solved_gives_the_right_side_back() =>
        Draws.ForManySeeds(chance =>
        {
            var n = 1 + chance.NextInt(15);
            var (a, b) = (chance.Covariance(n), chance.Numbers(n, -1, 1));
            var factor = Cholesky.Of(a).OrThrow();
            return a.Times(factor.Solve(b)).Zip(b, (x, y) => Math.Abs(x - y)).Max() < 1e-10
                && Tables.Distance(Algebra.Identity(n), a.Times(factor.Inverse())) < 1e-10;
        });

    [Fact]
    public void Dependent_and_indefinite_matrices_are_refused()
    {
        Assert.Equal("NotPositiveDefinite", Tables.Code(Cholesky.Of(Algebra.Filled(3, 3, (_, _) => 0.1))));
        Assert.Equal("NotPositiveDefinite", Tables.Code(Cholesky.Of(Matrix.FromRows([[1, 2], [2, 1]]))));
        Assert.Equal("NotPositiveDefinite", Tables.Code(Cholesky.Of(new Matrix(1, 1))));
    }
}
