using Ballast.Numerics.Allocation;
using Ballast.Numerics.Random;

namespace Ballast.Tests.Numerics.Allocation;

public class NoTradeTests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(5)]
    public void The_exact_edges_approach_the_asymptotic_ones_as_costs_vanish(double gamma)
    {
        var (mu, sigma, spread) = (0.4 * gamma * 0.04, 0.2, 1e-7);
        var exact = NoTradeBand.Exact(mu, sigma, gamma, spread).OrThrow();
        // A spread is paid once for a purchase and a sale: each way costs half of it.
        var near = NoTradeBand.Asymptotic(mu, sigma, gamma, spread / 2).OrThrow();
        Assert.Equal(near.Upper - near.Lower, exact.Upper - exact.Lower, 0.01 * (near.Upper - near.Lower));
    }

    [Fact]
    public void A_numerical_solution_of_the_equation_ends_at_the_sell_edge()
    {
        var (mu, sigma, gamma, spread) = (0.08, 0.16, 5.0, 0.01);
        var band = NoTradeBand.Exact(mu, sigma, gamma, spread).OrThrow();
        var distance = Math.Log(band.Upper * (band.Lower - 1) / (band.Lower * (band.Upper - 1)) / (1 - spread));
        var (w, steps) = (band.Lower, 2000);
        for (var i = 0; i < steps; i++) w = RungeKutta(w, distance / steps);
        Assert.Equal(band.Upper, w, 1e-12);

        double Slope(double y) => -(1 - gamma) * y * y - (2 * mu / (sigma * sigma) - 1) * y + gamma * band.Lower * band.Upper;

        double RungeKutta(double y, double h)
        {
            var a = Slope(y);
            var b = Slope(y + h / 2 * a);
            var c = Slope(y + h / 2 * b);
            return y + h / 6 * (a + 2 * b + 2 * c + Slope(y + h * c));
        }
    }

    [Fact]
    public void Dearer_trading_widens_the_region()
    {
        var widths = ((double[])[0.0001, 0.001, 0.01, 0.05]).Select(spread => NoTradeBand.Exact(0.05, 0.3, 2, spread).OrThrow()).Select(b => b.Upper - b.Lower).ToArray();
        Assert.Equal(widths.Order(), widths);
    }

    [Fact]
    public void Weights_of_all_or_nothing_have_no_region()
    {
        Assert.Equal("MertonWeightDegenerate", Assert.IsType<Answer<NoTradeBand>.Refused>(NoTradeBand.Asymptotic(0, 0.2, 2, 0.001)).Code);
        Assert.Equal("MertonWeightOutsideUnit", Assert.IsType<Answer<NoTradeBand>.Refused>(NoTradeBand.Exact(0.2, 0.2, 2, 0.001)).Code);
        Assert.StartsWith("MertonWeightOutsideUnit", NoTradeBand.Asymptotic(0.2, 0.2, 2, 0.001).OrThrow().Warning, StringComparison.Ordinal);
    }

    [Fact]
    public void An_asset_that_moves_with_the_rest_has_no_worthwhile_trade() =>
        Assert.Equal("NoRelativeVariance", Assert.IsType<Answer<CostBenefit>.Refused>(CostBenefit.Of(0.2, 0.2, 1, 3, 0.001)).Code);

    [Fact]
    public void At_the_break_even_the_gain_of_the_whole_move_is_its_cost()
    {
        var worth = CostBenefit.Of(0.25, 0.12, 0.3, riskAversion: 3, cost: 0.004, horizonYears: 0.5).OrThrow();
        var d = worth.BreakEvenDeviation;
        Assert.Equal(0.004 * d, 0.5 * 3 * 0.5 * worth.RelativeVariance * d * d, 1e-16);
    }

    [Fact]
    public void Least_cost_stays_put_inside_its_region_to_the_bit()
    {
        double[] weights = [0.5001, 0.2999, 0.2];
        Assert.Equal(weights, LeastCost.Weights(weights, [0.5, 0.3, 0.2], cost: 0.001, riskAversion: 4).OrThrow());
    }

    [Fact]
    public void Least_cost_goes_all_the_way_where_trading_is_free() =>
        Assert.Equal([0.5, 0.3, 0.2], LeastCost.Weights([0.6, 0.3, 0.1], [0.5, 0.3, 0.2], cost: 0, riskAversion: 4).OrThrow().Select(x => Math.Round(x, 14)));

    [Fact]
    public void Least_cost_weights_satisfy_the_conditions_of_an_optimum() =>
        Draws.ForManySeeds(chance =>
        {
            var n = 2 + chance.NextInt(10);
            var (w, t, cost, gamma) = (chance.Weights(n), chance.Weights(n), chance.Between(0, 0.01), chance.Between(1, 10));
            return LeastCost.Weights(w, t, cost, gamma) is Answer<double[]>.Found { Value: var y } && IsOptimal(w, t, y, Math.Cbrt(3 * cost / gamma));
        }, cases: 500);

    [Fact]
    public void Least_cost_moves_only_once() =>
        Draws.ForManySeeds(chance =>
        {
            var n = 2 + chance.NextInt(10);
            var (w, t) = (chance.Weights(n), chance.Weights(n));
            var once = LeastCost.Weights(w, t, 0.001, 4).OrThrow();
            return LeastCost.Weights(once, t, 0.001, 4).OrThrow().Zip(once, (a, b) => Draws.Near(a, b, 1e-14)).All(x => x);
        });

    [Fact]
    public void A_book_of_one_asset_and_nothing_else_is_kept() =>
        Assert.Equal([1, 0], LeastCost.Weights([0.9, 0.1], [1, 0], 0.001, 4).OrThrow());

    /// <summary>One ν between (y−t)/D + p·[−1, 1 or the sign of y − w] of every asset, one-sided on the bounds 0 and 1.</summary>
    private static bool IsOptimal(double[] w, double[] t, double[] y, double p)
    {
        var (least, most) = (double.NegativeInfinity, double.PositiveInfinity);
        for (var i = 0; i < y.Length; i++)
        {
            var slope = (y[i] - t[i]) / Math.Pow(t[i] * (1 - t[i]), 2.0 / 3);
            if (y[i] > 0) least = Math.Max(least, slope + (y[i] > w[i] ? p : -p));
            if (y[i] < 1) most = Math.Min(most, slope + (y[i] < w[i] ? -p : p));
        }
        return least <= most + 1e-10 && Draws.Near(1, y.Sum(), 1e-13) && y.All(x => x is >= 0 and <= 1);
    }
}
