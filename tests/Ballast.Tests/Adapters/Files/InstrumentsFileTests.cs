using Ballast.Adapters.Files;
using Ballast.Instruments;
using Ballast.Money;

namespace Ballast.Tests.Adapters.Files;

public sealed class InstrumentsFileTests : IDisposable
{
    private static readonly Asset Btc = new("BTC"), Usdt = new("USDT");

    private readonly Written _written = new();

    public void Dispose() => _written.Dispose();

    [Fact]
    public void A_row_is_a_pair_with_its_steps_and_minima()
    {
        var path = _written.File("i.csv", "instrument,base,quote,lot,tick,minQuantity,minNotional,feeAsset,venue\nBTCUSDT,BTC,USDT,0.00001,0.01,0.0001,5,BNB,binance\n");

        var set = InstrumentsFile.Load(path).Value!;

        var spot = Assert.IsType<Instrument.Spot>(Assert.Single(set.Instruments));
        Assert.Equal(("BTCUSDT", Btc, Usdt, new VenueId("binance"), new Asset("BNB")), (spot.Symbol, spot.Base, spot.Quote, spot.Venue, spot.FeeAsset!.Value));
        Assert.Equal(new TradingRules(0.00001m, 0.01m, 0.0001m, 5m), spot.Rules);
        Assert.Equal(path, set.Source);
    }

    [Fact]
    public void What_is_left_empty_is_no_rule_and_a_row_without_a_venue_is_of_any()
    {
        var set = InstrumentsFile.Load(_written.File("i.csv", "instrument,base,quote,lot,tick,minQuantity,minNotional,feeAsset\nX,BTC,USDT,1,,,,\n")).Value!;

        var spot = set.Spot(Btc, Usdt, new VenueId("anywhere"))!;
        Assert.Equal(new TradingRules(1m, 0m, 0m, 0m), spot.Rules);
        Assert.Null(spot.FeeAsset);
    }

    [Fact]
    public void A_preset_says_its_date_and_to_check_it()
    {
        var set = InstrumentPresets.For(new VenueId("binance"))!;

        Assert.Equal("preset binance-spot of 2026-11-23, lots assumed for pairs that it does not list; check with --instruments", set.Source);
        Assert.Equal(new TradingRules(0.00001m, 0.01m, 0.00001m, 5m), set.Spot(Btc, Usdt, new VenueId("binance"))!.Rules);
        Assert.Null(set.Spot(new Asset("UNHEARDOF"), Usdt, new VenueId("binance")));
    }

    [Fact]
    public void Every_preset_that_is_promised_is_there_and_whole()
    {
        foreach (var venue in InstrumentPresets.Venues)
            Assert.All(InstrumentPresets.For(venue)!.Instruments, i => Assert.True(i.Venue == venue && i.Rules.Lot > 0));
    }

    [Fact]
    public void Paper_trades_everything_and_an_unknown_venue_nothing()
    {
        Assert.Same(InstrumentSet.Paper, InstrumentPresets.For(new VenueId("paper")));
        Assert.Null(InstrumentPresets.For(new VenueId("nowhere")));
    }
}
