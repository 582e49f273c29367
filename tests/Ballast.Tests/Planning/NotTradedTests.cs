using Ballast.Costs;
using Ballast.Holdings;
using Ballast.Market;
using Ballast.Money;
using Ballast.Planning;
using static Ballast.Tests.Planning.Given;

namespace Ballast.Tests.Planning;

/// <summary>Every line that is left alone says why, by a stable code and a sentence.</summary>
public class NotTradedTests
{
    private static readonly (string, decimal)[] Two = [("BTC", 100m), ("ETH", 10m)];
    private static readonly (string, decimal)[] Half = [("BTC", 0.5m), ("ETH", 0.5m)];

    [Theory]
    [InlineData(HoldingStatus.Locked, "LOCKED", "locked 8 of 8: they count, and are never sold")]
    [InlineData(HoldingStatus.Staked, "STAKED", "staked 8 of 8: they count, and are never sold")]
    [InlineData(HoldingStatus.Cold, "COLD", "in cold storage 8 of 8: they count, and are never sold")]
    [InlineData(HoldingStatus.Earn, "EARN", "lent out 8 of 8: they count, and are never sold")]
    [InlineData(HoldingStatus.Collateral, "COLLATERAL", "pledged as collateral 8 of 8: they count, and are never sold")]
    public void A_condition_keeps_what_it_holds(HoldingStatus status, string code, string reason)
    {
        var plan = Made(To(Half), Portfolio(Two, [Held("BTC", 8, status: status), Held("ETH", 20)]));
        Assert.Empty(plan.Trades);
        Assert.Contains(new NotTraded(A("BTC"), code, reason), plan.NotTraded);
    }

    [Fact]
    public void A_lock_says_until_when_and_is_over_then()
    {
        var locked = Held("BTC", 8, status: HoldingStatus.Locked) with { Unlock = Instant.FromUtc(2026, 12, 2, 0, 0) };
        Assert.Equal("locked 8 of 8 until 2 Dec 2026: they count, and are never sold", Made(To(Half), Portfolio(Two, [locked, Held("ETH", 20)])).NotTraded[0].Reason);
        Assert.Equal(["sell 3 BTC", "buy 30 ETH"], Words(Made(To(Half), Portfolio(Two, [locked with { Unlock = Now }, Held("ETH", 20)]))));
    }

    [Fact]
    public void Limits_on_single_assets_are_named()
    {
        var rules = PlanRules.Free.Limited(Limits.None with { NeverSell = [A("BTC")], NeverBuy = [A("ETH")] });
        var plan = Made(To(Half), Portfolio(Two, [Held("BTC", 8), Held("ETH", 10), Held("USDT", 100)]), rules);
        Assert.Empty(plan.Trades);
        Assert.Equal(["BTC NEVER_SELL", "ETH NEVER_BUY"], Codes(plan));
    }

    [Fact]
    public void What_no_target_names_stays()
    {
        var plan = Made(To(("BTC", 1m)), Portfolio(Two, [Held("ETH", 20), Held("USDT", 800)]));
        Assert.Equal(["buy 8 BTC"], Words(plan));
        Assert.Equal(new NotTraded(A("ETH"), "NOT_IN_TARGETS", "200.00 USDT of ETH are held and in no target: they stay"), Assert.Single(plan.NotTraded));
    }

    [Fact]
    public void A_line_without_a_price_stops_and_its_money_waits()
    {
        var portfolio = new Portfolio(Usdt, new Book([Account.Paper], [Held("USDT", 1000)]), Prices(("BTC", 100m)), HoldingRules.Default, [A("BTC"), A("ETH")]);
        var plan = Made(To(Half), portfolio);
        Assert.Equal(["buy 5 BTC"], Words(plan));
        Assert.Equal(["ETH PRICE_MISSING"], Codes(plan));
        Assert.Equal(500m, plan.After.Cash);
    }

    [Theory]
    [InlineData(-1, 0, false, "PRICE_NOT_POSITIVE")]
    [InlineData(10, 600, false, "PRICE_STALE")]
    [InlineData(10, 0, true, "PRICE_CARRIED")]
    public void A_price_that_cannot_be_used_is_named(int price, int seconds, bool carried, string code)
    {
        var market = new MarketSnapshot(Now, [new Quote(new Price(100, A("BTC"), Usdt), Now), new Quote(new Price(price, A("ETH"), Usdt), Now - Duration.FromSeconds(seconds), carried)], Duration.FromMinutes(2));
        var portfolio = new Portfolio(Usdt, new Book([Account.Paper], [Held("USDT", 1000)]), market, HoldingRules.Default, [A("BTC"), A("ETH")]);
        Assert.Equal([$"ETH {code}"], Codes(Made(To(Half), portfolio)));
    }

    [Fact]
    public void Accounts_that_are_only_watched_count_and_do_not_trade()
    {
        var portfolio = Portfolio(Two, [Held("BTC", 8, "cold"), Held("ETH", 20, "paper")], accounts: [Account.Paper, Place("cold", Permissions.None)]);
        var plan = Made(To(Half), portfolio);
        Assert.Empty(plan.Trades);
        Assert.Contains("BTC WATCHED_ACCOUNT", Codes(plan));
    }

    [Fact]
    public void Without_an_instrument_nothing_can_be_done()
    {
        var plan = Made(To(Half), Portfolio(Two, [Held("ETH", 80), Held("USDT", 200)]), PlanRules.Free.On(Spot("ETH", 1)));
        Assert.Equal(["sell 30 ETH"], Words(plan));
        Assert.Equal(["BTC NO_INSTRUMENT"], Codes(plan));
    }

    [Theory]
    [InlineData(10, 0, 0, 0, "BELOW_LOT", "0.5 is worth 50.00 USDT; the lot is 10")]
    [InlineData(0.1, 2, 0, 0, "MIN_QUANTITY", "0.5 is worth 50.00 USDT; the venue takes 2 BTC or more")]
    [InlineData(0.1, 0, 200, 0, "MIN_NOTIONAL", "0.5 is worth 50.00 USDT; the venue takes 200 USDT or more")]
    [InlineData(0.1, 0, 0, 200, "MIN_TRADE", "0.5 is worth 50.00 USDT; trades below 200 are not made")]
    public void What_is_too_small_says_which_minimum_it_missed(double lot, int quantity, int notional, int trade, string code, string reason)
    {
        var rules = PlanRules.Free.On(Spot("BTC", (decimal)lot, notional, quantity), Spot("ETH", 0.01m)).Limited(Limits.None with { MinTrade = new Amount(trade, Usdt) });
        var plan = Made(To(("BTC", 0.5m), ("ETH", 0m)), Portfolio(Two, [Held("BTC", 4.5m), Held("USDT", 550)]), rules);
        Assert.Equal(new NotTraded(A("BTC"), code, reason), Assert.Single(plan.NotTraded));
    }

    [Fact]
    public void Orders_are_capped_and_counted()
    {
        var capped = Made(To(Half), Portfolio(Two, [Held("USDT", 1000)]), PlanRules.Free.Limited(Limits.None with { MaxTrade = new Amount(200, Usdt) }));
        Assert.Equal(["buy 2 BTC", "buy 20 ETH"], Words(capped));
        Assert.Equal(["BTC MAX_TRADE", "ETH MAX_TRADE"], Codes(capped));
        var counted = Made(To(("BTC", 0.6m), ("ETH", 0.4m)), Portfolio(Two, [Held("USDT", 1000)]), PlanRules.Free.Limited(Limits.None with { MaxTrades = 1 }));
        Assert.Equal(["buy 6 BTC"], Words(counted));
        Assert.Equal(new NotTraded(A("ETH"), "MAX_TRADES", "0.00 of 400.00 USDT: a plan may have no more than 1 trades"), Assert.Single(counted.NotTraded));
    }

    [Fact]
    public void A_trade_that_costs_more_than_it_moves_is_not_made()
    {
        var rules = PlanRules.Free with { Costs = CostSchedule.None with { Default = CostRules.None with { Fixed = new Amount(20, Usdt) } } };
        var plan = Made(To(("BTC", 0.51m), ("ETH", 0.49m)), Portfolio(Two, [Held("BTC", 5), Held("ETH", 50)]), rules);
        Assert.Empty(plan.Trades);
    }
}
