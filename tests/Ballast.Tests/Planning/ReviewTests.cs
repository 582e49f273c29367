using Ballast.Holdings;
using Ballast.Money;
using Ballast.Planning;
using static Ballast.Tests.Planning.Given;

namespace Ballast.Tests.Planning;

public class ReviewTests
{
    private static readonly Portfolio Cash = Portfolio([("BTC", 100m), ("ETH", 10m)], [Held("USDT", 1000)]);
    private static readonly Plan Bought = Made(To(("BTC", 0.7m), ("ETH", 0.2m)), Cash, Fees(0.001m, spread: 0.01m, sizing: Costs.Sizing.BeforeCosts));

    [Fact]
    public void A_plan_within_its_limits_is_approved() => Assert.IsType<ReviewResult.Approved>(Review.Of(Bought, Cash, Limits.None));

    [Fact]
    public void A_weight_out_of_its_range_is_an_objection() =>
        Objects("WEIGHT_RANGE", Limits.None with { EachWeight = new ShareRange(0, 0.5m) }, "BTC would weigh 70.38 %, outside 0 % to 50 %");

    [Fact]
    public void A_group_out_of_its_range_is_an_objection() =>
        Objects("GROUP_RANGE", Limits.None with { Groups = [new GroupLimit([A("BTC"), A("ETH")], new ShareRange(0, 0.8m))] }, "BTC and ETH would weigh 90.49 % together, outside 0 % to 80 %");

    [Fact]
    public void Too_little_cash_is_an_objection() => Objects("CASH_BUFFER", Limits.None with { CashBuffer = new Amount(200, Usdt) }, "cash would fall to 94.60 USDT, below the buffer of 200.00");

    [Fact]
    public void Exposure_out_of_its_range_is_an_objection() => Objects("GROSS_EXPOSURE", Limits.None with { GrossExposure = new ShareRange(0, 0.5m) }, "gross exposure would be 0.90 x value, outside 0 % to 50 %");

    [Fact]
    public void Turnover_over_its_limit_is_an_objection() =>
        Objects("TURNOVER_LIMIT", Limits.None with { Turnover = new TurnoverLimit(0.5m, Period.FromMonths(1)) }, "turnover of the period would be 90 %, over the limit of 50 %");

    [Fact]
    public void A_trade_that_would_lose_too_much_besides_its_fee_is_an_objection() =>
        Objects("SLIPPAGE", Limits.None with { Slippage = 0.003m }, "trade 1 is expected to lose 50 bps besides its fee, over the limit of 30 bps");

    [Fact]
    public void What_was_outside_and_comes_nearer_is_no_objection()
    {
        var portfolio = Portfolio([("BTC", 100m), ("ETH", 10m)], [Held("BTC", 9), Held("USDT", 100)]);
        var plan = Made(To(("BTC", 0.7m)), portfolio);
        Assert.IsType<ReviewResult.Approved>(Review.Of(plan, portfolio, Limits.None with { EachWeight = new ShareRange(0, 0.5m) }));
    }

    private static void Objects(string code, Limits limits, string reason)
    {
        var objection = Assert.IsType<ReviewResult.Refused>(Review.Of(Bought, Cash, limits)).Objections[0];
        Assert.Equal((code, reason), (objection.Code, objection.Reason));
    }
}
