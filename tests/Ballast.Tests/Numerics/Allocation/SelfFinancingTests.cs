using Ballast.Numerics.Allocation;
using Ballast.Numerics.Random;

namespace Ballast.Tests.Numerics.Allocation;

public class SelfFinancingTests
{
    [Fact]
    public void Buying_from_cash_pays_for_itself()
    {
        // V' + 0.01 V' = 101.
        var plan = SelfFinancing.Solve([0], 101, [1], [0.01]).OrThrow();
        Assert.Equal(100, plan.PostValue, 1e-12);
        Assert.Equal(1, plan.Fees, 1e-12);
        Assert.Equal(100, plan.TradesValue[0], 1e-12);
    }

    [Fact]
    public void Without_costs_nothing_is_lost()
    {
        var plan = SelfFinancing.Solve([60, 40], 0, [0.5, 0.5], [0, 0]).OrThrow();
        Assert.Equal(100, plan.PostValue);
        Assert.Equal([-10, 10], plan.TradesValue);
    }

    [Fact]
    public void What_is_left_is_the_value_less_the_costs() =>
        Draws.ForManySeeds(chance =>
        {
            var (v, cash, t, k) = Drawn(chance);
            var value = v.Sum() + cash;
            return SelfFinancing.Solve(v, cash, t, k) switch
            {
                Answer<SelfFinancing>.Found { Value: var plan } =>
                    Draws.Near(value - plan.PostValue, plan.Fees, 1e-12 * (v.Sum(Math.Abs) + Math.Abs(cash)))
                    && Draws.Near(plan.PostValue, plan.PostCash + v.Zip(plan.TradesValue, (a, b) => a + b).Sum(), 1e-12 * (v.Sum(Math.Abs) + Math.Abs(cash)))
                    && plan.TradesValue.Zip(t, (x, target) => (x, target)).Select((p, i) => Draws.Near(p.target * plan.PostValue, v[i] + p.x, 1e-12 * value)).All(x => x),
                Answer<SelfFinancing>.Refused refused => refused.Code == "NavNotPositive" && value <= k.Zip(v, (rate, held) => rate * Math.Abs(held)).Sum() + 1e-9,
                _ => false,
            };
        }, cases: 1000);

    [Fact]
    public void More_value_before_is_more_value_after() =>
        Draws.ForManySeeds(chance =>
        {
            var (v, cash, t, k) = Drawn(chance);
            return SelfFinancing.Solve(v, cash, t, k) is not Answer<SelfFinancing>.Found { Value: var poor }
                || SelfFinancing.Solve(v, cash + 1, t, k).OrThrow().PostValue > poor.PostValue;
        });

    [Fact]
    public void Targets_whose_costs_exceed_them_are_refused()
    {
        // Two values after costs fit these: 0.15 · (6 + 5) is 1.65.
        var answer = SelfFinancing.Solve([3, -2], -0.4, [6, -5], [0.15, 0.15]);
        Assert.Equal("CostsExceedTargets", Assert.IsType<Answer<SelfFinancing>.Refused>(answer).Code);
    }

    [Fact]
    public void A_book_without_value_is_refused() =>
        Assert.Equal("NavNotPositive", Assert.IsType<Answer<SelfFinancing>.Refused>(SelfFinancing.Solve([10], -10, [1], [0.01])).Code);

    [Fact]
    public void A_book_that_cannot_pay_for_its_own_unwinding_is_refused() =>
        Assert.Equal("NavNotPositive", Assert.IsType<Answer<SelfFinancing>.Refused>(SelfFinancing.Solve([1000, -999], 0, [0, 0], [0.01, 0.01])).Code);

    [Fact]
    public void A_rate_of_one_is_refused() => Assert.Throws<ArgumentException>(() => SelfFinancing.Solve([10], 0, [1], [1]));

    private static (double[] Values, double Cash, double[] Targets, double[] Rates) Drawn(Xoshiro256 chance)
    {
        var n = 1 + chance.NextInt(10);
        var targets = chance.NextInt(2) == 0 ? chance.Weights(n) : chance.Numbers(n, -1, 1);
        return (chance.Numbers(n, chance.NextInt(2) == 0 ? 0 : -50, 100), chance.Between(0, 500), targets, chance.Numbers(n, 0, 0.09));
    }
}
