using Ballast.Money;
using Ballast.Planning;
using Ballast.Tests.Planning;
using Ballast.Triggers;
using static Ballast.Tests.Planning.Given;
using static Ballast.Tests.Planning.Situation;

namespace Ballast.Tests.Triggers;

public class CashTests
{
    [Theory]
    [InlineData(100, true, "100.00 USDT has arrived", "")]
    [InlineData(99, false, "99.00 USDT has arrived", "1.00 USDT to go")]
    [InlineData(-150, true, "150.00 USDT has left", "")]
    [InlineData(0, false, "no money has come or gone", "100.00 USDT to go")]
    public void A_flow_fires_from_its_amount_on_in_both_directions(int flow, bool fires, string reason, string toGo)
    {
        var answer = (Of("BTC 100", "BTC 500", new Flow(new Amount(100m, Usdt))) with { Flow = flow }).Answer();
        Assert.Equal((fires, reason, toGo), (answer.Fired, answer.Reason, answer.ToGo));
    }

    [Fact]
    public void Small_flows_add_up_until_the_next_rebalance()
    {
        var look = Of("BTC 100", "BTC 500", new Flow(new Amount(100m, Usdt))) with { Flow = 60 };
        var after = look.Decide().Memory;
        Assert.Equal(60m, after.Uninvested);
        Assert.True(look.Answer(after).Fired);
        Assert.False(look.Answer(after.AfterTrade(Now, 0.1)).Fired);
    }

    [Fact]
    public void A_flow_in_an_asset_without_a_price_is_unknown() =>
        Assert.Equal(TriggerState.Unknown, Of("BTC 100", "BTC 500", new Flow(new Amount(100m, A("EUR")))).Answer().State);

    [Theory]
    [InlineData("BTC 95, USDT 5", true)]
    [InlineData("BTC 95.1, USDT 4.9", false)]
    public void Idle_cash_fires_from_its_share_on(string held, bool fires) => Assert.Equal(fires, Of("BTC 100", held, new IdleCash(null, 0.05m)).Answer().Fired);

    [Fact]
    public void Cash_that_is_wanted_or_kept_is_not_idle()
    {
        Assert.Equal("5.00 USDT lies idle", Of("BTC 90", "BTC 85, USDT 15", new IdleCash(new Amount(6m, Usdt), null)).Answer().Reason);
        Assert.Equal("5.00 USDT lies idle", Of("BTC 90, USDT 10", "BTC 85, USDT 15", new IdleCash(new Amount(6m, Usdt), null)).Answer().Reason);
        Assert.Equal("3.00 USDT lies idle", (Of("BTC 90", "BTC 85, USDT 15", new IdleCash(new Amount(6m, Usdt), null)) with { Limits = Limits.None with { CashBuffer = new Amount(12m, Usdt) } }).Answer().Reason);
    }

    [Fact]
    public void The_rules_read_well()
    {
        Assert.Equal("100 USDT or more arrives or leaves", new Flow(new Amount(100m, Usdt)).Words);
        Assert.Equal("5 % of value or more lies idle in cash", new IdleCash(null, 0.05m).Words);
    }
}
