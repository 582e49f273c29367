using System.Text;
using Ballast.Adapters.Files;
using Ballast.Market;
using Ballast.Money;

namespace Ballast.Tests.Adapters.Files;

public sealed class PriceFilesTests : IDisposable
{
    private static readonly Asset Usdt = new("USDT"), Btc = new("BTC"), Eth = new("ETH");

    private readonly Written _written = new();

    public void Dispose() => _written.Dispose();

    [Fact]
    public void A_wide_table_has_a_series_a_column()
    {
        var history = Load("timestamp,BTC,ETH\n2024-01-01,100.5,10\n2024-01-02,101,11.25\n");

        Assert.Equal([Instant.FromUtc(2024, 1, 1, 0, 0), Instant.FromUtc(2024, 1, 2, 0, 0)], history.Opens);
        Assert.Equal([100.5, 101], history.Find(Btc, Usdt)!.Close);
        Assert.Equal([10, 11.25], history.Find(Eth, Usdt)!.Close);
        Assert.Null(history.Series[0].Open);
    }

    [Fact]
    public void An_empty_cell_is_a_missing_price_and_a_leading_gap_is_not_listed_yet()
    {
        var eth = Load("timestamp,BTC,ETH\n2024-01-01,100,\n2024-01-02,101,11\n2024-01-03,102,\n").Find(Eth, Usdt)!;

        Assert.Equal([double.NaN, 11, double.NaN], eth.Close);
        Assert.Equal((1, 1), eth.Listed);
    }

    [Theory]
    [InlineData("timestamp,BTC\r\n2024-01-01,100\r\n2024-01-02,101\r\n")]
    [InlineData("timestamp,BTC\n2024-01-01,100\n2024-01-02,101")]
    [InlineData("\uFEFFtimestamp,BTC\n2024-01-01,100\n2024-01-02,101\n\n\n")]
    [InlineData("# from my sheet\n\"Date\",\"BTC\"\n\"2024-01-01\",\"100\"\n\n 2024-01-02 , 101\t\n")]
    [InlineData("DateTime,BTC\n2024-01-01 00:00:00,1e2\n2024-01-02 00:00,1.01E+2\n")]
    [InlineData("time,BTCUSDT\n2024-01-01T00:00:00Z,100.0\n2024-01-02T02:00:00.000+02:00,101.00\n")]
    [InlineData("time,BTC/USDT\n1704067200,100\n1704153600.0,101\n")]
    [InlineData("time,BTC\n1704067200000,100\n1704153600000,101\n")]
    [InlineData("time,BTC\n1704067200000000,100\n1704153600000000,101\n")]
    [InlineData("timestamp,close,symbol\n2024-01-01,100,BTC\n2024-01-02,101,BTC\n")]
    [InlineData("timestamp,symbol,open,high,low,close,volume\n2024-01-01,BTC-USDT,99,101,98,100,5\n2024-01-02,BTC-USDT,100,102,100,101,0\n")]
    [InlineData("date,USDT,BTC\n2024-01-01,1,100\n2024-01-02,,101\n")]
    public void One_history_can_be_written_in_many_ways(string text)
    {
        var history = Load(text);

        Assert.Equal([Instant.FromUtc(2024, 1, 1, 0, 0), Instant.FromUtc(2024, 1, 2, 0, 0)], history.Opens);
        Assert.Equal(Duration.FromDays(1), history.Spacing);
        var series = Assert.Single(history.Series);
        Assert.Equal((Btc, Usdt), (series.Base, series.Quote));
        Assert.Equal([100, 101], series.Close);
    }

    [Fact]
    public void A_gzip_file_is_known_by_its_bytes_and_may_have_several_members()
    {
        byte[] packed = [.. Written.Gzip("timestamp,BTC\n2024-01-01,100\n"), .. Written.Gzip("2024-01-02,101\n")];

        Assert.Equal([100, 101], Ok(_written.File("prices.csv", packed)).Series[0].Close);
    }

    [Fact]
    public void Times_that_close_bars_are_moved_to_their_opens()
    {
        var path = _written.File("p.csv", "timestamp,BTC\n2024-01-01T01:00:00Z,100\n2024-01-01T02:00:00Z,101\n");

        var history = PriceFiles.Load(path, Usdt, Stamp.Close).Value!;

        Assert.Equal(Instant.FromUtc(2024, 1, 1, 0, 0), history.Opens[0]);
        Assert.Equal(Instant.FromUtc(2024, 1, 1, 1, 0), history.CloseTime(0));
    }

    [Fact]
    public void The_spacing_is_the_most_frequent_step_and_the_smallest_of_equals()
    {
        Assert.Equal(Duration.FromDays(1), Load("date,BTC\n2024-01-01,1\n2024-01-02,1\n2024-01-05,1\n2024-01-06,1\n").Spacing);
        Assert.Equal(Duration.FromDays(2), Load("date,BTC\n2024-01-01,1\n2024-01-06,1\n2024-01-08,1\n").Spacing);
        Assert.Equal(Duration.FromDays(1), Load("date,BTC\n2024-01-01,1\n").Spacing);
    }

    [Fact]
    public void Files_of_a_folder_meet_on_the_union_of_their_times()
    {
        _written.File("BTCUSDT.csv", "timestamp,open,close,volume\n2024-01-01,99,100,1\n2024-01-03,101,102,3\n");
        _written.File("ETHUSDT.csv.gz", Written.Gzip("timestamp,open,high,low,close\n2024-01-02,10,12,9,11\n2024-01-03,11,12,10,12\n"));
        _written.File("ETHBTC.csv", "timestamp,close\n2024-01-03,0.05\n");
        _written.File("README.md", "not a table");

        var history = Ok(_written.Folder);

        Assert.Equal(["BTC/USDT", "ETH/BTC", "ETH/USDT"], history.Series.Select(s => $"{s.Base}/{s.Quote}"));
        Assert.Equal([100, double.NaN, 102], history.Find(Btc, Usdt)!.Close);
        Assert.Equal([99, double.NaN, 101], history.Find(Btc, Usdt)!.Open!);
        Assert.Equal([1, double.NaN, 3], history.Find(Btc, Usdt)!.Volume!);
        Assert.Equal([double.NaN, 11, 12], history.Find(Eth, Usdt)!.Close);
        Assert.Equal([double.NaN, double.NaN, 0.05], history.Find(Eth, Btc)!.Close);
    }

    [Theory]
    [InlineData("BTCUSDT", "USDT", "BTC", "USDT")]
    [InlineData("btcusdt", "USDT", "BTC", "USDT")]
    [InlineData("BTC", "USDT", "BTC", "USDT")]
    [InlineData("BTCUSDT", "EUR", "BTC", "USDT")]
    [InlineData("ETHBTC", "USDT", "ETH", "BTC")]
    [InlineData("ETH-BTC", "USDT", "ETH", "BTC")]
    [InlineData("ETH_BTC", "BTC", "ETH", "BTC")]
    [InlineData("TUSDT", "USDT", "T", "USDT")]
    [InlineData("WBTC", "USDT", "WBTC", "USDT")]
    [InlineData("WBTC", "BTC", "WBTC", "BTC")]
    [InlineData("WBTCUSDT", "USDT", "WBTC", "USDT")]
    [InlineData("STETH", "USD", "STETH", "USD")]
    [InlineData("PYUSD", "USD", "PYUSD", "USD")]
    [InlineData("BTCFDUSD", "USDT", "BTC", "FDUSD")]
    public void A_file_is_named_after_its_pair(string name, string baseAsset, string asset, string quote)
    {
        var series = Assert.Single(PriceFiles.Load(_written.File(name + ".csv", "time,close\n2024-01-01,5\n"), new Asset(baseAsset)).Value!.Series);

        Assert.Equal((new Asset(asset), new Asset(quote)), (series.Base, series.Quote));
    }

    [Fact]
    public void A_column_is_an_asset_unless_it_names_its_quote()
    {
        var series = Load("time,ETH/BTC,BTCEUR,WBTC,A000\n2024-01-01,1,2,3,4\n").Series;

        Assert.Equal(["ETH/BTC", "BTCEUR/USDT", "WBTC/USDT", "A000/USDT"], series.Select(s => $"{s.Base}/{s.Quote}"));
    }

    [Fact]
    public void A_long_table_keeps_its_series_in_the_order_of_their_first_rows()
    {
        var history = Load("timestamp,symbol,close\n2024-01-01,ETH,10\n2024-01-01,BTC,100\n2024-01-02,ETH,11\n2024-01-03,BTC,102\n");

        Assert.Equal(["ETH", "BTC"], history.Series.Select(s => s.Base.Code));
        Assert.Equal([10, 11, double.NaN], history.Series[0].Close);
        Assert.Equal([100, double.NaN, 102], history.Series[1].Close);
    }

    [Fact]
    public void What_is_left_out_is_said()
    {
        var notes = new List<string>();
        var path = _written.File("BTCUSDT.csv", "timestamp,close,trades\n2024-01-01,100,7\n");

        PriceFiles.Load(path, Usdt, note: notes.Add);

        Assert.Equal([$"{path}: columns not read: trades"], notes);
    }

    [Fact]
    public void Only_the_first_faults_are_listed_and_the_rest_is_counted()
    {
        var text = new StringBuilder("timestamp,BTC\n");
        for (var day = 1; day <= 28; day++) text.Append(System.Globalization.CultureInfo.InvariantCulture, $"2024-01-{day:00},0\n");

        var faults = PriceFiles.Load(_written.File("p.csv", text.ToString()), Usdt).Faults;

        Assert.Equal(21, faults.Length);
        Assert.Equal(("MORE_FAULTS", "there are 8 more faults"), (faults[^1].Code, faults[^1].What));
    }

    [Fact]
    public void A_bomb_stops_at_the_limit()
    {
        var packed = Written.Gzip("timestamp,BTC\n" + new string('\n', 20_000_000));
        var limits = ReadingLimits.Default with { Bytes = 1_000_000 };
        var before = GC.GetAllocatedBytesForCurrentThread();

        var faults = PriceFiles.Load(_written.File("p.csv.gz", packed), Usdt, limits: limits).Faults;

        Assert.Equal("FILE_TOO_LARGE", Assert.Single(faults).Code);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 5_000_000);
    }

    [Fact]
    public void A_gzip_file_cut_anywhere_is_refused()
    {
        var packed = Written.Gzip("timestamp,BTC\n2024-01-01,100\n2024-01-02,101\n");
        for (var length = 2; length < packed.Length; length++)
            Assert.Equal("GZIP_DAMAGED", Assert.Single(PriceFiles.Load(_written.File("p.csv.gz", packed[..length]), Usdt).Faults).Code);
    }

    private PriceHistory Load(string text) => Ok(_written.File("prices.csv", text));

    private static PriceHistory Ok(string path)
    {
        var reading = PriceFiles.Load(path, Usdt);
        Assert.Empty(reading.Faults);
        return reading.Value!;
    }
}
