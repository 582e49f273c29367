using Ballast.Numerics.Linear;
using Ballast.Numerics.Statistics;

namespace Ballast.Tests.Numerics.Statistics;

public class EffectiveBetsTests
{
    private static readonly double[] Half = [0.5, 0.5];

    [Fact]
    public void Equal_independent_assets_are_two_bets()
    {
        Assert.Equal(2, EffectiveBets.PrincipalComponents(Half, Algebra.Identity(2)).OrThrow().Number!.Value, 1e-14);
        Assert.Equal(2, EffectiveBets.MinimumTorsion(Half, Algebra.Identity(2)).OrThrow().Number!.Value, 1e-14);
    }

    [Fact]
    public void Twins_are_one_bet_and_have_no_torsion()
    {
        var twins = Algebra.Filled(2, 2, (_, _) => 0.04);
        Assert.Equal(1, EffectiveBets.PrincipalComponents(Half, twins).OrThrow().Number!.Value, 1e-12);
        Assert.Equal("SingularCovariance", Tables.Code(EffectiveBets.MinimumTorsion(Half, twins)));
    }

    [Fact]
    public void Shares_sum_to_one_and_bets_lie_between_one_and_n() =>
        Draws.ForManySeeds(chance =>
        {
            var n = 1 + chance.NextInt(6);
            var (weights, covariance) = (chance.Weights(n), chance.Covariance(n));
            EffectiveBets[] both = [EffectiveBets.PrincipalComponents(weights, covariance).OrThrow(), EffectiveBets.MinimumTorsion(weights, covariance).OrThrow()];
            return both.All(bets => Draws.Near(1, bets.Shares.Sum(), 1e-12) && (bets.Number is null || bets.Number >= 1 - 1e-12 && bets.Number <= n + 1e-12));
        });

    [Fact]
    public void Books_without_risk_are_refused_by_name()
    {
        Assert.Equal("NoRisk", Tables.Code(EffectiveBets.PrincipalComponents([0, 0], Algebra.Identity(2))));
        Assert.Equal("NoVariance", Tables.Code(EffectiveBets.MinimumTorsion(Half, Matrix.FromRows([[1, 0], [0, 0.0]]))));
        Assert.Equal("NotPositiveSemidefinite", Tables.Code(EffectiveBets.PrincipalComponents(Half, Matrix.FromRows([[1, 2], [2, 1]]))));
        Assert.Equal("DimensionMismatch", Tables.Code(EffectiveBets.PrincipalComponents([1], Algebra.Identity(2))));
    }
}
