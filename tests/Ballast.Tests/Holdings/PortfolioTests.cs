using Ballast.Holdings;
using Ballast.Market;
using Ballast.Money;
using Ballast.Tests.Planning;
using static Ballast.Tests.Planning.Given;

namespace Ballast.Tests.Holdings;

public class PortfolioTests
{
    [Fact]
    public void Several_accounts_are_one_book()
    {
        var portfolio = Portfolio([("BTC", 100m)], [Held("BTC", 2, "a"), Held("BTC", 3, "b"), Held("USDT", 500, "b")], accounts: [Place("a"), Place("b")]);
        Assert.Equal((1000m, 5m, 0.5), (portfolio.Value, portfolio[A("BTC")].Quantity, portfolio.WeightOf(A("BTC"))));
    }

    [Fact]
    public void What_is_not_free_counts_and_is_not_sold_unless_the_file_says_so()
    {
        var rules = HoldingRules.Default with
        {
            ByStatus = ImmutableDictionary<HoldingStatus, StatusRule>.Empty
                .Add(HoldingStatus.Cold, new(false, SellRule.No)).Add(HoldingStatus.Earn, new(true, SellRule.Last)),
        };
        Holding[] held = [Held("BTC", 1), Held("BTC", 2, status: HoldingStatus.Locked), Held("BTC", 4, status: HoldingStatus.Cold), Held("BTC", 8, status: HoldingStatus.Earn)];
        var line = Portfolio([("BTC", 1m)], held, rules)[A("BTC")];
        Assert.Equal((11m, 9m), (line.Quantity, line.Sellable));
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 0)]
    public void A_lock_that_has_run_out_is_free(int secondsLeft, int sellable)
    {
        var held = Held("BTC", 5, status: HoldingStatus.Locked) with { Unlock = Now + Duration.FromSeconds(secondsLeft) };
        Assert.Equal(sellable, Portfolio([("BTC", 1m)], [held])[A("BTC")].Sellable);
    }

    [Fact]
    public void A_lock_without_an_end_stays_locked() =>
        Assert.Equal(0m, Portfolio([("BTC", 1m)], [Held("BTC", 5, status: HoldingStatus.Staked)])[A("BTC")].Sellable);

    [Fact]
    public void A_staked_form_counts_as_its_asset_at_its_own_price()
    {
        var line = Portfolio([("ETH", 100m), ("stETH", 99m)], [Held("ETH", 1), Held("stETH", 2)], StakedEth)[A("ETH")];
        Assert.Equal((1m, 1m, 198m, 298m), (line.Quantity, line.Sellable, line.OtherForms, line.Value));
    }

    [Fact]
    public void A_staked_form_without_a_price_takes_that_of_its_asset() =>
        Assert.Equal(300m, Portfolio([("ETH", 100m)], [Held("ETH", 1), Held("stETH", 2)], StakedEth).Value);

    [Fact]
    public void A_line_without_a_price_takes_no_part()
    {
        var portfolio = Portfolio([("BTC", 100m)], [Held("BTC", 1), Held("XYZ", 7), Held("USDT", 100)]);
        Assert.Equal((200m, 0.5, 0.0), (portfolio.Value, portfolio.WeightOf(A("BTC")), portfolio.WeightOf(A("XYZ"))));
        Assert.Equal("PRICE_MISSING", Assert.IsType<Valuation.Unknown>(portfolio[A("XYZ")].Valuation).Code);
        Assert.Null(portfolio[A("XYZ")].Price);
    }

    [Fact]
    public void A_carried_price_values_and_does_not_trade()
    {
        var market = new MarketSnapshot(Now, [new Quote(new Price(100m, A("BTC"), Usdt), Now, Carried: true)]);
        var line = new Portfolio(Usdt, new Book([Account.Paper], [Held("BTC", 1)]), market, HoldingRules.Default, [])[A("BTC")];
        Assert.Equal((100m, false), (line.Value, line.Tradable));
    }

    [Fact]
    public void Bitcoin_can_be_the_unit_of_account()
    {
        var portfolio = new Portfolio(A("BTC"), new Book([Account.Paper], [Held("BTC", 1), Held("USDT", 50_000)]), Prices(("BTC", 50_000m)), HoldingRules.Default, []);
        Assert.Equal((2m, 0.5), (portfolio.Value, portfolio.WeightOf(Usdt)));
    }

    [Fact]
    public void Wanted_assets_and_the_base_have_a_line_though_nothing_is_held() =>
        Assert.Equal([A("BTC"), Usdt], Portfolio([("BTC", 1m)], []).Lines.Select(l => l.Asset));

    [Fact]
    public void What_is_neither_held_nor_wanted_has_no_weight() => Assert.Equal(0, Portfolio([("BTC", 1m)], [Held("BTC", 1)]).WeightOf(A("DOGE")));

    private static HoldingRules StakedEth => HoldingRules.Default with { SameAs = ImmutableDictionary<Asset, Asset>.Empty.Add(A("stETH"), A("ETH")) };
}
