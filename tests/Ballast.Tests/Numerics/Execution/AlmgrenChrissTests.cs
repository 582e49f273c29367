using Ballast.Numerics.Allocation;
using Ballast.Numerics.Execution;
using Ballast.Numerics.Random;
using FsCheck;
using FsCheck.Fluent;

namespace Ballast.Tests.Numerics.Execution;

public class AlmgrenChrissTests
{
    [Fact]
    [Trait("Category", "Vectors")]
    public void The_reference_schedules_come_out()
    {
        foreach (var x in DerivativeCases.Read("almgren_chriss.json"))
        {
            var impact = new PriceImpact(x.Number("epsilon"), x.Number("eta"), x.Number("gamma"));
            var found = AlmgrenChriss.Of(x.Number("X"), x.GetProperty("N").GetInt32(), x.Number("T"), x.Number("sigma_abs_per_sqrt_t"), impact, x.Number("lam")).OrThrow();

            DerivativeCases.Near(x.Number("kappa"), found.Kappa, 1e-9, "kappa");
            foreach (var (expected, actual) in x.Numbers("holdings").Zip(found.Holdings)) DerivativeCases.Near(expected, actual, 1e-9, "holdings");
            foreach (var (expected, actual) in x.Numbers("trades").Zip(found.Trades)) DerivativeCases.Near(expected, actual, 1e-9, "trades");
            DerivativeCases.Near(x.Number("expected_shortfall"), found.Cost.Expected, 1e-9, "expected");
            DerivativeCases.Near(x.Number("variance"), found.Cost.Variance, 1e-9, "variance");
            DerivativeCases.Near(x.Number("std"), found.Cost.StandardDeviation, 1e-9, "standard deviation");
            if (x.GetProperty("half_life").ValueKind == System.Text.Json.JsonValueKind.Number) DerivativeCases.Near(x.Number("half_life"), found.HalfLife, 1e-9, "half-life");
        }
    }

    /// <summary>Almgren and Chriss (2000), table 1: 50 dollars, 5 million shares a day, a spread of 1/8; impact from the volume, 0.6 a day.</summary>
    [Fact]
    public void The_paper_s_example_follows_from_spread_and_volume()
    {
        var impact = PriceImpact.OfVolume(0.125, 5e6);
        Assert.Equal(new PriceImpact(0.0625, 2.5e-6, 2.5e-7), impact);
        var slow = AlmgrenChriss.Of(1e6, 5, 5, 0.95, impact, 0).OrThrow();
        Assert.Equal(662_500, slow.Cost.Expected, 1e-6);
        Assert.Equal(0.61, AlmgrenChriss.Of(1e6, 5, 5, 0.95, impact, 1e-6).OrThrow().Kappa, 5e-3);
    }

    /// <summary>The conditions of the least cost, a tridiagonal system, solved by elimination.</summary>
    [Fact]
    public void It_solves_the_conditions_of_the_least_cost() => Prop.ForAll(Gen.Choose(1, 1_000_000).ToArbitrary(), seed =>
    {
        var chance = new Xoshiro256((ulong)seed);
        double Between(double low, double high) => low * Math.Pow(high / low, chance.NextDouble());
        var (steps, duration, sigma, lambda) = (2 + chance.NextInt(60), Between(0.01, 10), Between(0.01, 1000), Between(1e-12, 1e3));
        var impact = new PriceImpact(0.01, Between(1e-6, 1), 0);
        var found = AlmgrenChriss.Of(1000, steps, duration, sigma, impact, lambda).OrThrow();

        var tau = duration / steps;
        var direct = Direct(steps, 1000, impact.Temporary / tau, lambda * sigma * sigma * tau);
        for (var k = 0; k <= steps; k++) Assert.Equal(direct[k], found.Holdings[k], 1e-9 * 1000);
        Assert.Equal(1000, found.Trades.Sum(), 1e-9 * 1000);
    }).Check(Chance.Cases(300));

    [Theory]
    [InlineData(1e-30)]
    [InlineData(1e-18)]
    [InlineData(1e6)]
    [InlineData(1e300)]
    public void No_risk_aversion_is_too_small_or_too_large(double lambda)
    {
        var found = AlmgrenChriss.Of(1e6, 10, 5, 0.95, new(0.0625, 2.5e-6, 0), lambda).OrThrow();
        Assert.All(found.Holdings, x => Assert.InRange(x, 0, 1e6));
        if (lambda < 1e-12) Assert.Equal(500_000, found.Holdings[5], 1e-3);
        if (lambda > 1) Assert.Equal(0, found.Holdings[1], 1);
    }

    [Fact]
    public void A_buyer_trades_as_a_seller_does()
    {
        var (sells, buys) = (AlmgrenChriss.Of(1e6, 5, 5, 0.95, new(0.0625, 2.5e-6, 2.5e-7), 1e-6).OrThrow(), AlmgrenChriss.Of(-1e6, 5, 5, 0.95, new(0.0625, 2.5e-6, 2.5e-7), 1e-6).OrThrow());
        Assert.Equal(sells.Trades, buys.Trades.Select(x => -x));
        Assert.Equal(sells.Cost, buys.Cost);
    }

    [Fact]
    public void What_has_no_best_schedule_is_refused()
    {
        Assert.Equal("ImpactTooPermanent", Assert.IsType<Answer<AlmgrenChriss>.Refused>(AlmgrenChriss.Of(1, 1, 1, 1, new(0, 0.5, 1), 1)).Code);
        Assert.Equal("NegativeRiskAversion", Assert.IsType<Answer<AlmgrenChriss>.Refused>(AlmgrenChriss.Of(1, 1, 1, 1, new(0, 1, 1), -1)).Code);
        Assert.Throws<ArgumentOutOfRangeException>(() => AlmgrenChriss.Of(1, 0, 1, 1, new(0, 1, 1), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => AlmgrenChriss.Of(1, 1, 0, 1, new(0, 1, 1), 1));
    }

    /// <summary>−h x_{k−1} + (2h + r) x_k − h x_{k+1} = 0 between x_0 and 0.</summary>
    private static double[] Direct(int steps, double first, double h, double r)
    {
        var (x, slope) = (new double[steps + 1], new double[steps]);
        x[0] = first;
        for (var k = steps - 1; k >= 1; k--) slope[k] = h / (2 * h + r - (k == steps - 1 ? 0 : h * slope[k + 1]));
        for (var k = 1; k < steps; k++) x[k] = slope[k] * x[k - 1];
        return x;
    }
}
