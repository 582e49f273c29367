using Ballast.Market;
using Ballast.Money;

namespace Ballast.Tests.Market;

public class MarketSnapshotTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 1, 2, 12, 0);
    private static readonly Asset Btc = new("BTC"), Eth = new("ETH"), Usdt = new("USDT"), Eur = new("EUR"), Sol = new("SOL");

    [Fact]
    public void A_direct_quote_is_taken_as_it_is() => Assert.Equal(60_000m, Known(Of(Q("BTC/USDT", 60_000m)), Btc, Usdt).Price);

    [Fact]
    public void An_inverse_quote_is_turned_round() => Assert.Equal(1.25m, Known(Of(Q("EUR/USDT", 0.8m)), Usdt, Eur).Price);

    [Fact]
    public void With_bitcoin_as_base_dollars_are_worth_bitcoin() => Assert.Equal(0.00002m, Known(Of(Q("BTC/USDT", 50_000m)), Usdt, Btc).Price);

    [Fact]
    public void A_chain_shows_its_path()
    {
        var known = Known(Of(Q("SOL/BTC", 0.002m), Q("BTC/USDT", 50_000m), Q("EUR/USDT", 1.25m)), Sol, Eur);
        Assert.Equal(80m, known.Price);
        Assert.Equal([Sol, Btc, Usdt, Eur], known.Path);
    }

    [Fact]
    public void The_fewest_conversions_win_and_among_equals_the_first_by_code()
    {
        Quote[] quotes = [Q("SOL/ETH", 0.05m), Q("SOL/BTC", 0.002m), Q("ETH/USDT", 2_000m), Q("BTC/USDT", 50_000m)];
        Assert.Equal([Sol, Btc, Usdt], Known(Of(quotes), Sol, Usdt).Path);
        Assert.Equal([Sol, Btc, Usdt], Known(Of([.. quotes.Reverse()]), Sol, Usdt).Path);
    }

    [Fact]
    public void Of_several_quotes_for_a_pair_the_last_counts() => Assert.Equal(2m, Known(Of(Q("BTC/USDT", 1m), Q("BTC/USDT", 2m)), Btc, Usdt).Price);

    [Fact]
    public void A_pair_quoted_both_ways_is_taken_its_own_way() =>
        Assert.Equal((4m, 4m), (Known(Of(Q("A/B", 4m), Q("B/A", 0.3m)), new("A"), new("B")).Price, Known(Of(Q("B/A", 0.3m), Q("A/B", 4m)), new("A"), new("B")).Price));

    [Fact]
    public void What_has_no_quote_is_missing() => Assert.Equal("PRICE_MISSING", Unknown(Of(Q("BTC/USDT", 1m)), Eth, Usdt).Code);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_price_that_is_not_positive_is_none(int price) => Assert.Equal("PRICE_NOT_POSITIVE", Unknown(Of(Q("BTC/USDT", price)), Btc, Usdt).Code);

    [Fact]
    public void A_quote_at_the_age_limit_is_good_and_a_second_later_stale()
    {
        Assert.Equal(1m, Known(Aged(120, Q("BTC/USDT", 1m, 120)), Btc, Usdt).Price);
        var stale = Unknown(Aged(120, Q("BTC/USDT", 1m, 121)), Btc, Usdt);
        Assert.Equal(("PRICE_STALE", "the price of BTC/USDT is 2 min old; the limit is 2 min"), (stale.Code, stale.Reason));
    }

    [Fact]
    public void No_detour_stands_in_for_a_stale_market() =>
        Assert.Equal("PRICE_STALE", Unknown(Aged(60, Q("BTC/USDT", 1m, 61), Q("BTC/EUR", 1m), Q("EUR/USDT", 1m)), Btc, Usdt).Code);

    [Fact]
    public void A_chain_goes_round_a_stale_link() =>
        Assert.Equal([Sol, Eth, Usdt], Known(Aged(60, Q("SOL/BTC", 1m, 61), Q("BTC/USDT", 1m), Q("SOL/ETH", 1m), Q("ETH/USDT", 1m)), Sol, Usdt).Path);

    [Fact]
    public void A_chain_of_one_carried_price_is_carried() =>
        Assert.True(Known(Of(Q("SOL/BTC", 1m) with { Carried = true }, Q("BTC/USDT", 1m)), Sol, Usdt).Carried);

    [Fact]
    public void Amounts_convert_or_say_that_they_cannot()
    {
        var market = Of(Q("BTC/USDT", 50_000m));
        Assert.Equal(new Amount(0.0002m, Btc), market.Convert(new Amount(10m, Usdt), Btc));
        Assert.Equal(new Amount(0m, Btc), market.Convert(default, Btc));
        Assert.Null(market.TryConvert(new Amount(1m, Eur), Btc));
        Assert.Throws<InvalidOperationException>(() => market.Convert(new Amount(1m, Eur), Btc));
    }

    private static Quote Q(string pair, decimal price, int age = 0) =>
        new(new Price(price, new Asset(pair.Split('/')[0]), new Asset(pair.Split('/')[1])), Now - Duration.FromSeconds(age));

    private static MarketSnapshot Of(params Quote[] quotes) => new(Now, quotes);

    private static MarketSnapshot Aged(int seconds, params Quote[] quotes) => new(Now, quotes, Duration.FromSeconds(seconds));

    private static Valuation.Known Known(MarketSnapshot market, Asset asset, Asset unit) => Assert.IsType<Valuation.Known>(market.ValueIn(asset, unit));

    private static Valuation.Unknown Unknown(MarketSnapshot market, Asset asset, Asset unit) => Assert.IsType<Valuation.Unknown>(market.ValueIn(asset, unit));
}
