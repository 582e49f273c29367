using Ballast.Numerics.Allocation;
using Ballast.Numerics.Random;

namespace Ballast.Tests.Numerics.Allocation;

public class CashFlowTests
{
    [Fact]
    public void A_deposit_that_suffices_reaches_the_targets_by_every_rule()
    {
        foreach (var rule in Rules)
            Assert.Equal([30, 70], rule([70, 30], [0.5, 0.5], 100).OrThrow().Select(x => Math.Round(x, 12)));
    }

    [Fact]
    public void Every_deposit_is_spent_and_nothing_is_sold() =>
        Draws.ForManySeeds(chance =>
        {
            var (v, t) = Book(chance);
            var deposit = chance.Between(0, 200);
            return Rules.Select(rule => rule(v, t, deposit).OrThrow()).All(x => x.Min() >= 0 && Draws.Near(deposit, x.Sum(), 1e-10));
        });

    [Fact]
    public void No_exchange_between_two_assets_brings_a_deposit_nearer_to_the_targets() =>
        Draws.ForManySeeds(chance =>
        {
            var (v, t) = Book(chance);
            var deposit = chance.Between(1, 200);
            var x = Contribution.LeastSquares(v, t, deposit).OrThrow();
            double[] gap = [.. x.Select((bought, i) => t[i] * (v.Sum() + deposit) - v[i] - bought)];
            return gap.Where((_, i) => x[i] > 0).Max() is var most && gap.Max() <= most + 1e-9 && gap.Where((_, i) => x[i] > 0).Min() >= most - 1e-9;
        });

    [Fact]
    public void Water_fills_the_lowest_ratio_first() =>
        Draws.ForManySeeds(chance =>
        {
            var (v, t) = Book(chance);
            var x = Contribution.MinRatioWaterFill(v, t, chance.Between(1, 200)).OrThrow();
            double[] ratio = [.. v.Select((held, i) => (held + x[i]) / t[i])];
            return ratio.Where((_, i) => x[i] > 0).All(r => Draws.Near(ratio.Min(), r, 1e-9));
        });

    [Fact]
    public void A_withdrawal_is_paid_in_full_and_takes_from_the_most_overweight() =>
        Draws.ForManySeeds(chance =>
        {
            var (v, t) = Book(chance);
            var amount = chance.NextDouble() * v.Sum();
            var x = Withdrawal.LeastSquares(v, t, amount).OrThrow();
            double[] excess = [.. v.Select((held, i) => held - x[i] - t[i] * (v.Sum() - amount))];
            var sold = excess.Where((_, i) => x[i] > 0).DefaultIfEmpty(double.PositiveInfinity).Min();
            return Draws.Near(amount, x.Sum(), 1e-10) && x.Zip(v, (a, b) => a >= 0 && a <= b).All(ok => ok)
                && excess.Where((_, i) => x[i] < v[i]).All(left => left <= sold + 1e-9);
        });

    [Fact]
    public void More_than_is_held_cannot_be_withdrawn()
    {
        var refused = Assert.IsType<Answer<double[]>.Refused>(Withdrawal.LeastSquares([60, 40], [0.5, 0.5], 101));
        Assert.Equal("InsufficientLiquidity", refused.Code);
        Assert.Contains("at most 100", refused.Reason, StringComparison.Ordinal);
        Assert.Equal([60, 40], Withdrawal.LeastSquares([60, 40], [0.5, 0.5], 100).OrThrow());
    }

    [Fact]
    public void Targets_that_do_not_sum_to_one_are_refused()
    {
        foreach (var rule in Rules)
            Assert.Equal("TargetsNotNormalised", Assert.IsType<Answer<double[]>.Refused>(rule([60, 40], [0.5, 0.4], 10)).Code);
    }

    private delegate Answer<double[]> Rule(double[] values, double[] targets, double deposit);

    private static readonly Rule[] Rules =
    [
        (v, t, d) => Contribution.LeastSquares(v, t, d),
        (v, t, d) => Contribution.MinRatioWaterFill(v, t, d),
        (v, t, d) => Contribution.ProportionalGap(v, t, d),
    ];

    private static (double[] Values, double[] Targets) Book(Xoshiro256 chance)
    {
        var n = 1 + chance.NextInt(8);
        return (chance.Numbers(n, 0, 100), chance.Weights(n));
    }
}
