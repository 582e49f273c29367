using Ballast.Costs;
using Ballast.Holdings;
using Ballast.Market;
using Ballast.Money;
using Ballast.Planning;
using static Ballast.Tests.Planning.Given;

namespace Ballast.Tests.Planning;

/// <summary>Several accounts are one book; cash and fees stay where they are.</summary>
public class AccountsTests
{
    private static readonly (string, decimal)[] Two = [("BTC", 100m), ("ETH", 10m)];
    private static readonly Account[] Places = [Place("one"), Place("two")];

    [Fact]
    public void The_account_with_most_sells_first()
    {
        var portfolio = Portfolio(Two, [Held("BTC", 2, "one"), Held("BTC", 6, "two"), Held("USDT", 200, "two")], accounts: Places);
        var plan = Made(To(("BTC", 0.1m)), portfolio);
        Assert.Equal([("two", 6m), ("one", 1m)], plan.Trades.Select(t => (t.Account, t.Quantity)));
    }

    [Fact]
    public void A_buy_goes_where_the_money_is()
    {
        var portfolio = Portfolio(Two, [Held("USDT", 200, "one"), Held("USDT", 800, "two")], accounts: Places);
        var plan = Made(To(("BTC", 0.7m), ("ETH", 0.3m)), portfolio);
        Assert.Equal(["two BTC 7", "one ETH 20", "two ETH 10"], plan.Trades.Select(t => $"{t.Account} {t.Instrument.Base} {Figures.Exact(t.Quantity)}"));
        Assert.All(plan.Trades, t => Assert.True(t.CashAfter >= 0));
    }

    [Fact]
    public void Cash_that_is_only_watched_is_not_spent_and_counts_for_the_buffer()
    {
        var rules = PlanRules.Free.Limited(Limits.None with { CashBuffer = new Amount(300, Usdt) });
        var portfolio = Portfolio(Two, [Held("USDT", 600, "one"), Held("USDT", 400, "cold")], accounts: [Place("one"), Place("cold", Permissions.None)]);
        var plan = Made(To(("BTC", 1m)), portfolio, rules);
        Assert.Equal(["buy 6 BTC"], Words(plan));
        Assert.Equal(400m, plan.After.Cash);
    }

    [Fact]
    public void Staked_quantities_that_may_be_sold_last_are_used_only_when_the_free_ones_do_not_suffice()
    {
        var rules = HoldingRules.Default with { ByStatus = ImmutableDictionary<HoldingStatus, StatusRule>.Empty.Add(HoldingStatus.Staked, new(true, SellRule.Last)) };
        var portfolio = Portfolio(Two, [Held("BTC", 6, status: HoldingStatus.Staked), Held("BTC", 4)], rules);
        var plan = Made(To(("BTC", 0.5m)), portfolio);
        Assert.Equal(["sell 5 BTC"], Words(plan));
        Assert.Equal([5m, 0m], Settlement.Apply(portfolio.Book, plan).Holdings.Where(h => h.Asset == A("BTC")).Select(h => h.Quantity));
    }

    [Fact]
    public void A_fee_kept_back_from_what_is_bought_leaves_the_target_weight()
    {
        // Half of V' = V - 1 % of what is ordered: 505.05 ordered, 500 received ... both sides are worth the same after.
        var plan = Made(To(("BTC", 0.5m)), Portfolio(Two, [Held("USDT", 1000)]), Fees(0.01m).On(Spot("BTC", 0.000000000001m, fee: "BTC")));
        var trade = Assert.Single(plan.Trades);
        Assert.Equal(new Amount(trade.Quantity * 0.01m, A("BTC")), trade.Fee);
        Assert.Equal(0.5, plan.After.Lines.First(l => l.Asset == A("BTC")).Weight, 1e-12);
        Assert.Equal(plan.Before.Value - plan.Cost, plan.After.Value);
    }

    [Fact]
    public void Fees_in_a_third_asset_are_taken_while_there_is_enough_of_it()
    {
        (string, decimal)[] prices = [("BNB", 500m), ("BTC", 100m), ("ETH", 10m)];
        var rules = Fees(0.01m) with { Costs = new CostSchedule(CostRules.None with { Fee = 0.01m, FeeAsset = A("BNB") }, ImmutableDictionary<string, CostRules>.Empty, Sizing.AfterCosts) };
        var portfolio = Portfolio(prices, [Held("BNB", 0.013m), Held("USDT", 1000)]);
        var plan = Made(To(("BTC", 0.6m), ("ETH", 0.3m)), portfolio, rules);
        Assert.Equal(["BNB", "USDT"], plan.Trades.Select(t => t.Fee.Asset.Code));
        Assert.Equal("trade 2: there is not enough BNB in paper for its fee, which is taken in USDT", Assert.Single(plan.Warnings));
        Assert.True(plan.After.Lines.First(l => l.Asset == A("BNB")).Quantity >= 0);
    }

    [Fact]
    public void A_pair_in_another_quote_asset_pays_with_that_asset()
    {
        var market = new MarketSnapshot(Now, [new Quote(new Price(100, A("BTC"), A("EUR")), Now), new Quote(new Price(1.1m, A("EUR"), Usdt), Now)]);
        var portfolio = new Portfolio(Usdt, new Book([Account.Paper], [Held("EUR", 500), Held("BTC", 1)]), market, HoldingRules.Default, [A("BTC"), A("EUR")]);
        var plan = Made(To(("BTC", 0.5m), ("EUR", 0.5m)), portfolio, PlanRules.Free.On(Spot("BTC", 0.01m, quote: "EUR")));
        var trade = Assert.Single(plan.Trades);
        Assert.Equal((2m, 100m, 220m, 300m), (trade.Quantity, trade.Price, trade.Value, trade.CashAfter));
        Assert.Equal(plan.Before.Value, plan.After.Value);
    }

    [Fact]
    public void Each_account_has_its_own_prices_of_trading()
    {
        var costs = new CostSchedule(CostRules.None, ImmutableDictionary<string, CostRules>.Empty.Add("two", CostRules.None with { Fee = 0.01m }), Sizing.AfterCosts);
        var portfolio = Portfolio(Two, [Held("BTC", 1, "one"), Held("BTC", 1, "two")], accounts: Places);
        var plan = Made(To(("BTC", 0m)), portfolio, PlanRules.Free with { Costs = costs });
        Assert.Equal([("one", 0m), ("two", 1m)], plan.Trades.Select(t => (t.Account, t.Cost)));
    }
}
