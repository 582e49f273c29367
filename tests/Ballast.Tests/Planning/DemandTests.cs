using Ballast.Holdings;
using Ballast.Money;
using Ballast.Planning;
using static Ballast.Tests.Planning.Given;

namespace Ballast.Tests.Planning;

/// <summary>Cases that users of other programs have asked for, with their own numbers.</summary>
public class DemandTests
{
    [Fact]
    public void Funds_of_several_classes_are_bought_and_sold_to_the_goal_of_classes()
    {
        // Fund A is 90 % shares and 10 % bonds, fund B all bonds; half and half of 100 holds 45 % shares. 70 % shares needs 77.778 of A.
        var a = Math.Round(0.7m / 0.9m, 12);
        var plan = Made(To(("A", a), ("B", 1 - a)), Portfolio([("A", 1m), ("B", 1m)], [Held("A", 50), Held("B", 50)]));
        Assert.Equal(["sell 27.7777777778 B", "buy 27.7777777778 A"], Words(plan));
    }

    [Fact]
    public void New_cash_fills_the_gaps_of_five_equal_holdings()
    {
        // 5 x 20 and 100 of cash, for 30/25/20/15/10 %: 60, 50, 40, 30, 20. The last has its share and is not bought.
        (string, decimal)[] prices = [("ADA", 1m), ("BCH", 1m), ("BTC", 1m), ("ETH", 1m), ("LTC", 1m)];
        Holding[] holdings = [.. prices.Select(p => Held(p.Item1, 20)), Held("USDT", 100)];
        var plan = Made(To(Mode.BuyOnly, 100, ("BTC", 0.30m), ("ETH", 0.25m), ("LTC", 0.20m), ("ADA", 0.15m), ("BCH", 0.10m)), Portfolio(prices, holdings));
        Assert.Equal(["buy 40 BTC", "buy 30 ETH", "buy 20 LTC", "buy 10 ADA"], Words(plan));
        Assert.Equal(0m, plan.After.Cash);
    }

    [Fact]
    public void Deposits_do_not_go_to_a_class_that_is_over_its_target()
    {
        // 33 333.00 in all; bonds are to be 6 666.60 of 40/20/20/10/10 % against 13 491.80, and get nothing of 8 863.50.
        (string, decimal)[] prices = [("BND", 1m), ("VEA", 1m), ("VNQ", 1m), ("VTI", 1m), ("VWO", 1m)];
        Holding[] holdings = [Held("BND", 13_491.80m), Held("VTI", 3_696.00m), Held("VEA", 3_435.60m), Held("VWO", 1_919.20m), Held("VNQ", 1_926.90m), Held("USDT", 8_863.50m)];
        var portfolio = Portfolio(prices, holdings);
        Assert.Equal(33_333.00m, portfolio.Value);
        var plan = Made(To(Mode.CashFlow, null, ("BND", 0.4m), ("VTI", 0.2m), ("VEA", 0.2m), ("VWO", 0.1m), ("VNQ", 0.1m)), portfolio);
        Assert.DoesNotContain(plan.Trades, t => t.Instrument.Base == A("BND"));
        Assert.True(plan.After.Cash is >= 0 and < 0.000001m);
        Assert.Contains("BND MODE", Codes(plan));
    }

    [Fact]
    public void A_remainder_below_the_venue_s_minimum_is_never_a_position()
    {
        // 0.01184 ENA is above the step of 0.01 and worth 0.0013 USDT where the venue takes 5 or more.
        (string, decimal)[] prices = [("BTC", 100m), ("ENA", 0.11m)];
        var portfolio = Portfolio(prices, [Held("BTC", 5), Held("ENA", 0.01184m), Held("USDT", 500)]);
        var rules = PlanRules.Free.On(Spot("ENA", 0.01m, minNotional: 5), Spot("BTC", 0.001m, minNotional: 5));
        var plan = Made(To(("BTC", 0.5m), ("ENA", 0m)), portfolio, rules);
        Assert.Empty(plan.Trades);
        Assert.Equal(new NotTraded(A("ENA"), "MIN_NOTIONAL", "0.01184 is worth 0.0013 USDT; the venue takes 5 USDT or more"), Assert.Single(plan.NotTraded));
    }

    [Fact]
    public void Dust_that_the_file_names_is_left_where_it_is()
    {
        var rules = HoldingRules.Default with { Dust = new Amount(5, Usdt) };
        var portfolio = Portfolio([("BTC", 100m), ("ENA", 0.11m)], [Held("BTC", 5), Held("ENA", 0.01184m), Held("USDT", 500)], rules);
        var plan = Made(To(("BTC", 0.5m)), portfolio);
        Assert.Equal(["ENA DUST"], Codes(plan));
    }

    [Fact]
    public void Ten_thousand_in_does_not_leave_nine_thousand_idle()
    {
        var plan = Made(To(Mode.CashFlow, 10_000, ("BTC", 0.6m), ("ETH", 0.4m)), Portfolio([("BTC", 95_000m), ("ETH", 3_000m)], [Held("USDT", 10_000)]),
            Fees(0.001m).On(Spot("BTC", 0.00001m, 5), Spot("ETH", 0.0001m, 5)));
        Assert.True(plan.After.Cash < 5, $"{plan.After.Cash} stay idle");
    }
}
