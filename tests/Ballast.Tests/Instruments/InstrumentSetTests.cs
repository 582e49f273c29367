using Ballast.Instruments;
using Ballast.Money;

namespace Ballast.Tests.Instruments;

public class InstrumentSetTests
{
    private static readonly VenueId Venue = new("binance");
    private static readonly Asset Btc = new("BTC"), Sol = new("SOL"), Usdt = new("USDT");
    private static readonly InstrumentSet Listed = new("a list", [new Instrument.Spot { Venue = Venue, Symbol = "BTCUSDT", Base = Btc, Quote = Usdt, Rules = new TradingRules(0.00001m, 0.01m, 0.00001m, 5m) }]) { UnlistedMinNotional = 5m };

    [Fact]
    public void A_listed_pair_has_its_own_rules() => Assert.Equal(0.00001m, Listed.Spot(Btc, Usdt, Venue, 96_000m)!.Rules.Lot);

    [Theory]
    [InlineData("151.22", "0.001")]
    [InlineData("5.05", "0.1")]
    [InlineData("0.51", "1")]
    [InlineData("0.00002", "10000")]
    [InlineData("96412.5", "0.00001")]
    public void The_lot_of_an_unlisted_pair_is_a_power_of_ten_worth_a_tenth_to_one(string price, string lot) =>
        Assert.Equal(new TradingRules(decimal.Parse(lot), 0m, decimal.Parse(lot), 5m), Listed.Spot(Sol, Usdt, Venue, decimal.Parse(price))!.Rules);

    [Fact]
    public void Nothing_is_assumed_for_another_quote_asset_another_venue_or_without_a_price()
    {
        Assert.Null(Listed.Spot(Sol, Btc, Venue, 0.001m));
        Assert.Null(Listed.Spot(Sol, Usdt, new VenueId("kraken"), 150m));
        Assert.Null(Listed.Spot(Sol, Usdt, Venue));
        Assert.Null((Listed with { UnlistedMinNotional = null }).Spot(Sol, Usdt, Venue, 150m));
    }

    [Fact]
    public void Paper_trades_everything() => Assert.Equal(TradingRules.None, InstrumentSet.Paper.Spot(Sol, Btc, new VenueId("paper"))!.Rules);
}
