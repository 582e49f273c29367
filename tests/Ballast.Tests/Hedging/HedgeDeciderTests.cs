using Ballast.Costs;
using Ballast.Derivatives;
using Ballast.Hedging;
using Ballast.Holdings;
using Ballast.Instruments;
using Ballast.Market;
using Ballast.Money;
using Ballast.Numerics.Allocation;
using Ballast.Numerics.Options;
using Ballast.Numerics.Random;
using Ballast.Targets;
using Ballast.Triggers;
using static Ballast.Tests.Derivatives.Contracts;

namespace Ballast.Tests.Hedging;

public class HedgeDeciderTests
{
    private const decimal Index = 60_000;
    private static readonly Asset Btc = new("BTC");
    private static readonly ContractFees Fees = new(0, 0.0005m, 0.0003m, 0.125m);

    /// <summary>A broker's published rule: −Σ (Δ − mark)·quantity·price; ten calls of delta 0.50 marked at 0.10 are hedged by 240,000 USD sold.</summary>
    [Fact]
    public void Ten_calls_are_hedged_by_their_delta_net_of_the_premium()
    {
        var quote = AtDelta(0.50, mark: 0.10m);

        var plan = Plan(Rules(0, HedgeTo.Target), new([new Position(quote.Contract, 10, null, "")], [Balance("BTC", 5)]), quote);

        var trade = Assert.Single(plan.Trades);
        Assert.Equal(("BTC-PERPETUAL", false), (trade.Contract.Symbol, trade.Buys));
        Assert.Equal(240_000m, trade.Quantity, 0);
    }

    /// <summary>A trader's thresholds: target −3, one above and half a coin below; at −1.9 it sells 1.1 and at −3.6 it buys 0.6.</summary>
    [Theory]
    [InlineData(-1.9, -1.1)]
    [InlineData(-2.1, 0)]
    [InlineData(-3.4, 0)]
    [InlineData(-3.6, 0.6)]
    public void Thresholds_may_differ_above_and_below(double now, double traded)
    {
        var rules = Rules(-3, HedgeTo.Target) with { Band = null, When = [new GreekDrift(Greek.Delta, new(1, Btc), new(0.5m, Btc), 1)] };
        var plan = Plan(rules, new([Position("BTC-PERPETUAL", (decimal)now * Index)], [Balance("BTC", 5)]));

        Assert.Equal(traded, plan.Trades.Sum(t => t.Delta), 1e-3);
    }

    /// <summary>Coins themselves are exposure to whoever counts in money, and none to whoever counts in coin.</summary>
    [Theory]
    [InlineData(Numeraire.Coin, 0)]
    [InlineData(Numeraire.Money, -5)]
    public void The_numeraire_decides_what_is_neutral(Numeraire numeraire, double traded)
    {
        var rules = Rules(0, HedgeTo.Target) with { Numeraire = numeraire };
        Assert.Equal(traded, Plan(rules, new([Position("BTC-PERPETUAL", 10)], [Balance("BTC", 5)])).Trades.Sum(t => t.Delta), 1e-2);
    }

    [Fact]
    public void A_trade_goes_to_the_edge_of_the_band_and_the_next_look_holds()
    {
        var rules = Rules(0, HedgeTo.BandEdge);
        var book = new PositionBook([Position("BTC-PERPETUAL", -0.62m * Index)], [Balance("BTC", 5)]);

        var plan = Plan(rules, book);

        Assert.Equal(0.37, plan.Trades.Sum(t => t.Delta), 2e-3);
        Assert.Empty(Plan(rules, plan.Book).Trades);
    }

    /// <summary>The hedge of several Greeks ends inside all its ranges, and a second look finds nothing to do; for any short book.</summary>
    [Fact]
    public void Vega_and_delta_come_into_their_ranges_together()
    {
        var chance = new Xoshiro256(4);
        for (var run = 0; run < 20; run++)
        {
            var quotes = Enumerable.Range(0, 6).Select(i => Option($"BTC-26JUN26-{50_000 + 5_000 * i}-{(i < 3 ? 'P' : 'C')}", 0.4 + 0.3 * chance.NextDouble())).ToArray();
            var book = new PositionBook([.. quotes.Select(q => new Position(q.Contract, -Math.Round(1 + 20 * (decimal)chance.NextDouble(), 1), null, ""))], [Balance("BTC", 20)]);
            var rules = Rules(0, HedgeTo.Target) with { Outlook = new(Exactly(0), new Aim.Free(), new Aim.Between(new(-100, new("USD")), new(100, new("USD")))), With = [new("BTC-*")], When = [new GreekDrift(Greek.Vega, new(1, new("USD")), new(1, new("USD")), 1)] };

            var plan = Plan(rules, book, quotes);

            Assert.InRange(plan.After.Exposure.Greeks.VegaPoint, -101, 101);
            Assert.Equal(0, plan.After.Exposure.DeltaCoin, 1e-3);
            Assert.Equal(plan.Before.Exposure.DeltaCoin + plan.Trades.Sum(t => t.Delta), plan.After.Exposure.DeltaCoin, 2e-3);
            Assert.Empty(Plan(rules, plan.Book, quotes).Trades);
        }
    }

    [Fact]
    public void What_a_plan_costs_is_what_equity_loses()
    {
        var quotes = new[] { Option("BTC-26JUN26-70000-C", 0.5), Option("BTC-26JUN26-50000-P", 0.6) };
        var rules = Rules(0, HedgeTo.Target) with { Outlook = new(Exactly(0), new Aim.Free(), new Aim.Between(new(0, new("USD")), new(10, new("USD")))), With = [new("BTC-*")] };
        var plan = Plan(rules, new([new Position(quotes[0].Contract, -10, null, ""), Position("BTC-PERPETUAL", 12_000, 50_000)], [Balance("BTC", 5)]), quotes);

        Assert.True(plan.Trades.Length > 1);
        Assert.Equal((double)(plan.Cost / Index), plan.Before.Exposure.Equity - plan.After.Exposure.Equity, 1e-12);
    }

    [Fact]
    public void Around_funding_nothing_is_traded()
    {
        var rules = Rules(0, HedgeTo.Target) with { Pauses = [new(VenueEvent.Funding, Duration.FromMinutes(10))] };

        var plan = Plan(rules, new([Position("BTC-PERPETUAL", 600_000)], [Balance("BTC", 5)]));

        Assert.Empty(plan.Trades);
        Assert.StartsWith("paused around funding at 08:00 UTC", plan.Reason);
    }

    [Fact]
    public void A_book_that_is_not_wholly_priced_is_refused() =>
        Assert.Equal("INCOMPLETE", Refusal(Rules(0, HedgeTo.Target), new([Position("BTC-26JUN26-70000-C", 1)], [])));

    [Fact]
    public void Two_underlyings_are_refused() =>
        Assert.Equal("SEVERAL_UNDERLYINGS", Refusal(Rules(0, HedgeTo.Target), new([Position("BTC-PERPETUAL", 100), Position("ETH-PERPETUAL", 100)], []), Quote("ETH-PERPETUAL", 3_000, null, null, 3_000)));

    [Fact]
    public void With_nothing_to_trade_the_hedge_is_refused() =>
        Assert.Equal("NOTHING_TO_HEDGE_WITH", Refusal(Rules(0, HedgeTo.Target) with { With = [new("BTC-31DEC26")] }, new([Position("BTC-PERPETUAL", 600_000)], [])));

    /// <summary>A perpetual has no vega: the bound that is in the way is named.</summary>
    [Fact]
    public void What_cannot_be_reached_is_named()
    {
        var rules = Rules(0, HedgeTo.Target) with { Outlook = new(Exactly(0), new Aim.Free(), new Aim.Between(new(0, new("USD")), new(10, new("USD")))), With = [new("BTC-PERPETUAL")] };
        var quote = Option("BTC-26JUN26-70000-C", 0.5);

        var refused = Assert.IsType<Answer<HedgePlan>.Refused>(Decide(rules, new([new Position(quote.Contract, -10, null, "")], [Balance("BTC", 5)]), quote));

        Assert.Equal("Infeasible", refused.Code);
        Assert.Contains("vega cannot come within 0 and 10", refused.Reason);
    }

    private static HedgeRules Rules(decimal delta, HedgeTo to) =>
        new("deribit", new(Exactly(delta), new Aim.Free(), new Aim.Free()), Numeraire.Coin, [new("BTC-PERPETUAL")]) { Band = new DeltaBand.Fixed(new(0.25m, Btc)), To = to };

    private static Aim.Between Exactly(decimal coins) => new(new(coins, Btc), new(coins, Btc));

    private static HedgePlan Plan(HedgeRules rules, PositionBook book, params ChainQuote[] quotes) => Decide(rules, book, quotes).OrThrow();

    private static string Refusal(HedgeRules rules, PositionBook book, params ChainQuote[] quotes) => Assert.IsType<Answer<HedgePlan>.Refused>(Decide(rules, book, quotes)).Code;

    private static Answer<HedgePlan> Decide(HedgeRules rules, PositionBook book, params ChainQuote[] quotes)
    {
        var chain = new Chain(Now, [Quote("BTC-PERPETUAL", Index, null, null, Index) with { Bid = Index - 1, Ask = Index + 1 }, .. quotes]);
        var sight = new HedgeSight(book, chain, [], Fees, 0, default, null);
        var portfolio = new Portfolio(Btc, new Book([Account.Paper], []), new MarketSnapshot(Now, []), HoldingRules.Default, []);
        return HedgeDecider.Decide(rules, sight, new Look(Now, null, portfolio, null, 365, 0, new TargetSet([], 0, []), new Reach(portfolio, WeightBounds.None), CostSchedule.None, 0, Memory.Empty));
    }

    private static ChainQuote Option(string name, double volatility)
    {
        var option = (Instrument.Option)Contract(name);
        var mark = (decimal)(BlackScholes.OnForward(option.Right, (double)Index, (double)option.Strike, PositionPricer.Years(Now, option.Expiry), 0, volatility).Price / (double)Index);
        return Quote(name, mark, volatility, Index, Index) with { Bid = 0.98m * mark, Ask = 1.02m * mark };
    }

    /// <summary>A call of this Black delta, whatever its mark: the strike at which it has it.</summary>
    private static ChainQuote AtDelta(double delta, decimal mark)
    {
        var option = (Instrument.Option)Contract("BTC-26JUN26-70000-C");
        var years = PositionPricer.Years(Now, option.Expiry);
        var strike = (double)Index * Math.Exp(0.5 * 0.36 * years - 0.6 * Math.Sqrt(years) * Ballast.Numerics.Statistics.Normal.InverseCdf(delta));
        return new(option with { Strike = (decimal)strike }, Now, mark, 0.6, null, null, Index, Index);
    }
}
