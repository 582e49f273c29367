using Ballast.Costs;
using Ballast.Holdings;
using Ballast.Money;
using Ballast.Planning;
using static Ballast.Tests.Planning.Given;

namespace Ballast.Tests.Planning;

public class PlannerTests
{
    private static readonly (string, decimal)[] Two = [("BTC", 100m), ("ETH", 10m)];

    [Fact]
    public void Sells_come_before_buys_and_each_buy_says_what_pays_for_it()
    {
        var plan = Made(To(("BTC", 0.5m), ("ETH", 0.5m)), Portfolio(Two, [Held("BTC", 8), Held("ETH", 20)]));
        Assert.Equal(["sell 3 BTC", "buy 30 ETH"], Words(plan));
        Assert.Equal("over by 30.00 points", plan.Trades[0].Reason);
        Assert.Equal("short by 30.00 points, paid by 1", plan.Trades[1].Reason);
        Assert.Equal([300m, 0m], plan.Trades.Select(t => t.CashAfter));
    }

    [Fact]
    public void Costs_come_out_of_all_lines_when_sized_after_costs()
    {
        // V' + 1 % · V' = 1010 gives V' = 1000.
        var plan = Made(To(("BTC", 0.6m), ("ETH", 0.4m)), Portfolio(Two, [Held("USDT", 1010)]), Fees(0.01m));
        Assert.Equal(["buy 6 BTC", "buy 40 ETH"], Words(plan));
        Assert.Equal(10m, plan.Cost);
        Assert.Equal(1000m, plan.After.Value);
        Assert.Equal(0m, plan.After.Cash);
    }

    [Fact]
    public void Costs_come_out_of_cash_when_sized_before_costs()
    {
        var plan = Made(To(("BTC", 0.5m), ("ETH", 0.4m)), Portfolio(Two, [Held("USDT", 1000)]), Fees(0.01m, sizing: Sizing.BeforeCosts));
        Assert.Equal(["buy 5 BTC", "buy 40 ETH"], Words(plan));
        Assert.Equal(91m, plan.After.Cash);
    }

    [Fact]
    public void A_portfolio_at_its_targets_is_left_alone()
    {
        var plan = Made(To(("BTC", 0.5m), ("ETH", 0.5m)), Portfolio(Two, [Held("BTC", 5), Held("ETH", 50)]), Fees(0.001m));
        Assert.Empty(plan.Trades);
        Assert.Empty(plan.NotTraded);
    }

    [Fact]
    public void The_cash_buffer_stays_and_the_targets_share_the_rest()
    {
        var rules = PlanRules.Free.Limited(Limits.None with { CashBuffer = new Amount(100, Usdt) });
        var plan = Made(To(("BTC", 0.5m), ("ETH", 0.5m)), Portfolio(Two, [Held("USDT", 1000)]), rules);
        Assert.Equal(["buy 4.5 BTC", "buy 45 ETH"], Words(plan));
        Assert.Equal(100m, plan.After.Cash);
    }

    [Fact]
    public void What_is_staked_fills_its_target_first_and_the_others_shrink_in_proportion()
    {
        // Staked BTC is 80 % against a target of 50 %; the rest shares 20 % as 3 : 2.
        var plan = Made(To(("BTC", 0.5m), ("ETH", 0.3m)), Portfolio(Two, [Held("BTC", 8, status: HoldingStatus.Staked), Held("USDT", 200)]));
        Assert.Equal(["buy 12 ETH"], Words(plan));
        Assert.Equal(["BTC STAKED"], Codes(plan));
        Assert.Equal("staked 8 of 8: they count, and are never sold", plan.NotTraded[0].Reason);
    }

    [Fact]
    public void Buy_only_spends_idle_cash_on_the_largest_shortfalls()
    {
        var plan = Made(To(Mode.BuyOnly, null, ("BTC", 0.5m), ("ETH", 0.5m)), Portfolio(Two, [Held("BTC", 6), Held("ETH", 20), Held("USDT", 200)]));
        Assert.Equal(["buy 20 ETH"], Words(plan));
        Assert.Equal(["BTC MODE"], Codes(plan));
    }

    [Fact]
    public void Sell_only_never_buys()
    {
        var plan = Made(To(Mode.SellOnly, null, ("BTC", 0.5m), ("ETH", 0.5m)), Portfolio(Two, [Held("BTC", 8), Held("ETH", 20)]));
        Assert.Equal(["sell 3 BTC"], Words(plan));
        Assert.Equal(["ETH MODE"], Codes(plan));
    }

    [Fact]
    public void A_withdrawal_is_raised_by_selling_what_is_over()
    {
        var plan = Made(To(Mode.CashFlow, -300m, ("BTC", 0.5m), ("ETH", 0.5m)), Portfolio(Two, [Held("BTC", 6), Held("ETH", 40)]));
        Assert.Equal(["sell 2.5 BTC", "sell 5 ETH"], Words(plan));
        Assert.Equal(300m, plan.After.Cash);
    }

    [Fact]
    public void More_than_there_is_cannot_be_raised()
    {
        var refused = Refused(To(Mode.CashFlow, -2000m, ("BTC", 0.5m), ("ETH", 0.5m)), Portfolio(Two, [Held("BTC", 6), Held("ETH", 40)]));
        Assert.Equal("INSUFFICIENT_LIQUIDITY", refused.Code);
        Assert.Equal("2 000.00 are to be raised; at most 1 000.00 can be", refused.Reason);
    }

    [Fact]
    public void Nothing_is_planned_for_a_portfolio_without_value()
    {
        Assert.Equal("NAV_NOT_POSITIVE", Refused(To(("BTC", 1m)), Portfolio(Two, [])).Code);
    }

    [Fact]
    public void Turnover_beyond_its_limit_scales_every_trade()
    {
        var rules = PlanRules.Free.Limited(Limits.None with { Turnover = new TurnoverLimit(0.3m, Period.FromMonths(1)) });
        var plan = Made(To(("BTC", 0.5m), ("ETH", 0.5m)), Portfolio(Two, [Held("BTC", 8), Held("ETH", 20)]), rules);
        Assert.Equal(["sell 1.5 BTC", "buy 15 ETH"], Words(plan));
        Assert.Equal(["BTC TURNOVER_LIMIT", "ETH TURNOVER_LIMIT"], Codes(plan));
    }
}
