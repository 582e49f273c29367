using Ballast.Engine.Hedges;
using Ballast.Numerics.Derivatives;
using Ballast.Numerics.Hedging;
using Ballast.Numerics.Options;

namespace Ballast.Tests.Engine.Hedges;

public class HedgeBacktestTests
{
    private const double Year = 365;
    private static readonly HedgeSettings Money = new(0.001, 0.03), Coin = new(0.001, 0.03) { InCoin = true, Inverse = true };

    /// <summary>A call on a price that takes these values a day each.</summary>
    private static HedgePath Path(double[] prices, double coins, bool inverse = false, double strike = 100, double volatility = 0.6)
    {
        HedgePoint At(double price, int day) => new(day / Year, price,
            [new Leg(inverse ? LegKind.InverseOption : LegKind.LinearOption, coins, price, (prices.Length - 1 - day) / Year) { Right = OptionKind.Call, Strike = strike, Volatility = volatility }]);
        return new([.. prices.Select(At)], MoveAverage.Of(volatility, 1 / Year));
    }

    private static double[] Walk(int seed, int steps, double volatility, double interval)
    {
        var (random, prices) = (new System.Random(seed), new double[steps + 1]);
        prices[0] = 100;
        for (var i = 1; i <= steps; i++)
            prices[i] = prices[i - 1] * Math.Exp(volatility * Math.Sqrt(interval) * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()) - volatility * volatility * interval / 2);
        return prices;
    }

    /// <summary>Two days by hand: a short call of delta d is hedged with d coins, which gain 10 d; the call is settled at 10.</summary>
    [Fact]
    public void Profit_is_what_was_sold_less_what_was_settled_and_what_the_hedge_gained()
    {
        var (call, free) = (BlackScholes.OnForward(OptionKind.Call, 100, 100, 1 / Year, 0, 0.6), Money with { Cost = 0 });
        var run = HedgeBacktest.Run(Path([100, 110], -1), new HedgeRule.FixedTime(), free);
        Assert.Equal(call.Price - 10 + 10 * call.Delta, run.ProfitMoney, 1e-12);
        Assert.Equal(run.ProfitMoney / 110, run.ProfitCoin, 1e-12);
        Assert.Equal(0, run.Mismatch, 1e-12);
        // At half of a per mille of 100 to open and of 110 to close, and a funding of 36.5 % a year for a day.
        var paid = HedgeBacktest.Run(Path([100, 110], -1), new HedgeRule.FixedTime(), Money with { Funding = 0.365 });
        Assert.Equal(0.001 * call.Delta * 210, paid.Ends, 1e-12);
        Assert.Equal(0.1 * call.Delta, paid.Funding, 1e-12);
        Assert.Equal(run.ProfitMoney - paid.Ends - paid.Funding, paid.ProfitMoney, 1e-12);
    }

    /// <summary>The hedge of whoever counts in coin holds fewer coins, by the premium; what it gains is counted in coin.</summary>
    [Fact]
    public void In_coin_the_premium_is_part_of_the_hedge()
    {
        var call = BlackScholes.OnForward(OptionKind.Call, 100, 100, 1 / Year, 0, 0.6);
        var (net, free) = (call.Delta - call.Price / 100, Coin with { Cost = 0 });
        var run = HedgeBacktest.Run(Path([100, 110], -1, inverse: true), new HedgeRule.FixedTime(), free);
        Assert.Equal(call.Price / 100 - 10.0 / 110 + 100 * net * (1 / 100.0 - 1 / 110.0), run.ProfitCoin, 1e-12);
        Assert.Equal(0, run.Mismatch, 1e-12);
    }

    [Fact]
    public void Mismatch_is_the_move_times_how_far_delta_was_off()
    {
        // A band that is never left keeps the first hedge; delta moves from d₀ to d₁ and is d₁ − d₀ off for the second day.
        double D(double price, double days) => BlackScholes.OnForward(OptionKind.Call, price, 100, days / Year, 0, 0.6).Delta;
        var run = HedgeBacktest.Run(Path([100, 104, 103], -1), new HedgeRule.FixedBand(HedgeBand.Around(2)), Money);
        Assert.Equal(D(104, 1) - D(100, 2), run.Mismatch, 1e-12);
        Assert.Equal(run.Mismatch * run.Mismatch, run.Squares, 1e-12);
        Assert.Equal((0, 0.0), (run.Trades, run.Cost));
    }

    [Fact]
    public void Looking_every_second_day_trades_every_second_day()
    {
        var prices = Walk(5, 20, 0.6, 1 / Year);
        Assert.Equal(19, HedgeBacktest.Run(Path(prices, -1), new HedgeRule.FixedTime(), Money).Trades);
        Assert.Equal(9, HedgeBacktest.Run(Path(prices, -1), new HedgeRule.FixedTime { Every = 2 / Year }, Money).Trades);
    }

    [Fact]
    public void What_is_bought_for_a_short_option_is_sold_for_a_long_one()
    {
        foreach (var model in (BandModel[])[BandModel.WhalleyWilmott, BandModel.FiniteLife])
        {
            var (sold, bought) = (Run(-1, model), Run(1, model));
            Assert.Equal((sold.Trades, sold.Cost, sold.Mismatch), (bought.Trades, bought.Cost, -bought.Mismatch));
        }
        Assert.NotEqual(Run(-1, BandModel.Zakamouline).Cost, Run(1, BandModel.Zakamouline).Cost);

        static HedgeOutcome Run(double coins, BandModel model) => HedgeBacktest.Run(Path(Walk(2, 30, 0.6, 1 / Year), coins), new HedgeRule.LeastCost(model), Money);
    }

    /// <summary>Without knowing the future: what comes after a day changes nothing before it.</summary>
    [Fact]
    public void No_rule_looks_ahead()
    {
        var one = Walk(9, 30, 0.6, 1 / Year);
        double[] other = [.. one[..20], .. one[20..].Select(p => p * 1.5)];
        foreach (var rule in (HedgeRule[])[new HedgeRule.FixedTime(), new HedgeRule.LeastCost(BandModel.Zakamouline), new HedgeRule.FixedBand(HedgeBand.Around(0.05))])
            Assert.Equal(Head(one, rule), Head(other, rule));

        // Both stop on the day before they part, at one price and a year before expiry.
        static HedgeOutcome Head(double[] prices, HedgeRule rule) => HedgeBacktest.Run(Path(prices[..20], -1), rule, Money);
    }

    /// <summary>Hedging without cost at every look pays for a volatility: the variance is Derman and Kamal's, the mean is nothing.</summary>
    [Fact]
    public void The_error_of_a_free_hedge_is_the_one_that_theory_says()
    {
        var (steps, σ, T) = (100, 0.6, 100 / Year);
        double[] profits = [.. Enumerable.Range(0, 2000).Select(seed => HedgeBacktest.Run(Path(Walk(seed, steps, σ, 1 / Year), -1), new HedgeRule.FixedTime(), Money with { Cost = 0 }).ProfitMoney)];
        var expected = Math.Sqrt(HedgingError.Variance(new(100, 100, T, σ), steps));
        Assert.Equal(0, profits.Average(), 4 * expected / Math.Sqrt(profits.Length));
        Assert.Equal(1, Math.Sqrt(profits.Average(p => p * p)) / expected, 0.08);
    }

    /// <summary>On walks without memory the forecasts are right on average; of bands as wide as a third of delta's range they are too low, so that these here are narrower.</summary>
    [Fact]
    public void Costs_are_forecast_where_the_model_holds()
    {
        var σ = 0.6;
        foreach (var (rule, tolerance) in (List<(HedgeRule, double)>)[(new HedgeRule.FixedTime(), 0.04), (new HedgeRule.LeastCost(BandModel.WhalleyWilmott, Scale: 100), 0.1), (new HedgeRule.FixedBand(HedgeBand.Around(0.1)), 0.1)])
        {
            HedgePath[] paths = [.. Enumerable.Range(0, 400).Select(seed => Path(Walk(seed, 100, σ, 1 / Year), -1))];
            HedgeOutcome[] runs = [.. paths.Select(p => HedgeBacktest.Run(p, rule, Money))];
            var realised = runs.Average(r => r.Cost);
            double[] ratios = [realised / HedgeForecast.Ahead(paths[0], rule, Money, 1 / Year), realised / runs.Average(r => r.Running), realised / runs.Average(r => r.Usual)];
            Assert.True(ratios.All(r => Math.Abs(r - 1) <= tolerance), $"{rule}: {string.Join(", ", ratios)}");
        }
    }

    [Fact]
    public void A_frontier_is_read_between_its_points()
    {
        var frontier = new HedgeFrontier([new(1, 8, 1), new(2, 2, 16)]);
        Assert.Equal(4, frontier.CostAt(4)!.Value, 1e-12);
        Assert.Equal(8, frontier.CostAt(1)!.Value, 1e-12);
        Assert.Null(frontier.CostAt(17));
    }
}
