using Ballast.Adapters.Files;
using Ballast.Market;
using Ballast.Money;

namespace Ballast.Tests.Adapters.Files;

/// <summary>Real files are read whole and without a fault; the counts are those of the data's own description.</summary>
public sealed class RealDataTests
{
    private static readonly Asset Usdt = new("USDT");

    [Fact]
    public void Daily_bars_of_eleven_coins_are_one_history_and_the_wide_table_beside_them_is_left_out()
    {
        var notes = new List<string>();

        var history = Read("crypto_daily_spot", notes);

        Assert.Equal(["ADA", "AVAX", "BNB", "BTC", "DOGE", "ETH", "LINK", "LTC", "SOL", "UNI", "XRP"], history.Series.Select(s => s.Base.Code));
        Assert.Equal([2085, 1196, 1001, 2328, 1001, 2328, 1811, 2113, 1001, 1201, 2068], history.Series.Select(s => s.Close.Count(c => !double.IsNaN(c))));
        Assert.Equal((2328, Duration.FromDays(1)), (history.Count, history.Spacing));
        Assert.Contains("closes_wide.csv: left out", Assert.Single(notes));
    }

    [Fact]
    public void The_wide_table_holds_the_closes_of_the_bars()
    {
        var (wide, bars) = (Read("crypto_daily_spot/closes_wide.csv"), Read("crypto_daily_spot"));

        Assert.Equal(bars.Opens, wide.Opens);
        Assert.Equal(11, wide.Series.Length);
        foreach (var series in wide.Series) Assert.Equal(bars.Find(series.Base, Usdt)!.Close, series.Close);
    }

    [Fact]
    public void Known_prices_are_where_they_were()
    {
        var btc = Read("crypto_daily_spot/BTCUSDT.csv");
        var series = Assert.Single(btc.Series);

        Assert.Equal((new Asset("BTC"), Usdt), (series.Base, series.Quote));
        Assert.Equal(4800.00, series.Close[Day(2020, 3, 12)]);
        Assert.Equal(3782.13, series.Low![Day(2020, 3, 13)]);
        Assert.Equal(69000.00, series.High![Day(2021, 11, 10)]);
        Assert.Equal(15781.29, series.Close[Day(2022, 11, 21)]);

        int Day(int year, int month, int day) => btc.Opens.IndexOf(Instant.FromUtc(year, month, day, 0, 0));
    }

    [Fact]
    public void Hourly_gzip_bars_keep_their_missing_hours_out_of_the_spacing()
    {
        var history = Read("crypto_hourly_spot");

        Assert.Equal(Duration.FromHours(1), history.Spacing);
        Assert.Equal(23988, history.Find(new Asset("BTC"), Usdt)!.Close.Count(c => !double.IsNaN(c)));
        Assert.Equal(23989, history.Find(new Asset("ETH"), Usdt)!.Close.Count(c => !double.IsNaN(c)));
        Assert.All(history.Series, s => Assert.NotNull(s.Volume));
    }

    [Fact]
    public void A_market_with_weekends_has_days_for_bars()
    {
        var history = Read("classical/etf_adj_close_daily.csv.gz", baseAsset: new Asset("USD"));

        Assert.Equal((6780, 16, Duration.FromDays(1)), (history.Count, history.Series.Length, history.Spacing));
        Assert.Equal(Instant.FromUtc(1993, 1, 29, 0, 0), history.Opens[0]);
        Assert.Equal(0, history.Find(new Asset("SPY"), new Asset("USD"))!.Listed.First);
    }

    [Theory]
    [InlineData("crypto_hourly_perp_2020", 11664, 2)]
    [InlineData("special_events/USDCUSDT_1h_march2023.csv", 489, 1)]
    [InlineData("special_events/USTUSDT_1h_depeg_2022.csv", 3353, 1)]
    [InlineData("special_events/LUNAUSDT_1h_collapse_2022.csv.gz", 9665, 1)]
    public void Other_files_of_bars_are_read(string file, int bars, int series)
    {
        var history = Read(file);

        Assert.Equal((bars, series, Duration.FromHours(1)), (history.Count, history.Series.Length, history.Spacing));
    }

    private static PriceHistory Read(string relative, List<string>? notes = null, Asset? baseAsset = null)
    {
        var reading = PriceFiles.Load(Repository.RealData(relative), baseAsset ?? Usdt, note: text => notes?.Add(text));
        Assert.Empty(reading.Faults);
        return reading.Value!;
    }
}
