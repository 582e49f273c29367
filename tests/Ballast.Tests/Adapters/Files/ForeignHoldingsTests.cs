using Ballast.Adapters.Files;
using Ballast.Tests.App;

namespace Ballast.Tests.Adapters.Files;

/// <summary>Lists of holdings as venues, trackers and people write them.</summary>
public class ForeignHoldingsTests
{
    private static TakenHoldings Taken(string text) => ForeignHoldings.Read(text) is { } list && list.Guess() is { } columns ? TakenHoldings.Of(list, columns) : throw new ArgumentException("no list");

    private static string Said(string text) => string.Join(' ', Taken(text).Holdings.Select(h => $"{(h.Account is null ? "" : h.Account + ":")}{h.Asset}={h.Quantity}{(h.Price is { } p ? "@" + p : "")}"));

    [Theory]
    [InlineData("asset,quantity\nBTC,0.5\nETH,2\n", "BTC=0.5 ETH=2")]
    [InlineData("Coin;Menge\nBTC;0,5\n", "BTC=0.5")]
    [InlineData("Coin;Total;Price\nBitcoin (BTC);0,5;96.000,25\n", "BTC=0.5@96000.25")]
    [InlineData("Coin\tAvailable\tIn Order\nBTC\t0.5\t0.25\nETH\t1\t0\n", "BTC=0.75 ETH=1")]
    [InlineData("Symbol,Amount,Price (USD),Value (USD)\nBTC,0.5,\"96,000.50\",\"48,000.25\"\n", "BTC=0.5@96000.50")]
    [InlineData("Currency,Balance,Value\nBTC,0.5,$48000\nUSDT,10,$10\n", "BTC=0.5@96000 USDT=10@1")]
    [InlineData("Wallet,Asset,Qty\nLedger,BTC,1\nKraken,BTC,2\n", "Kraken:BTC=2 Ledger:BTC=1")]
    [InlineData("Account statement\nof anna\n\nAsset,Free,Locked\nBTC,1,0.5\n", "BTC=1.5")]
    [InlineData("BTC,0.5\nETH,2\n", "BTC=0.5 ETH=2")]
    [InlineData("0.5,BTC\n2,ETH\n", "BTC=0.5 ETH=2")]
    [InlineData("Asset,Quantity\nBTC,0.5 BTC\nETH,1e-3\n", "BTC=0.5 ETH=0.001")]
    [InlineData("asset,quantity\nXXBT,1\nETH.S,2\n", "BTC=1 ETH=2")]
    [InlineData("asset,quantity\n1INCH,5\n", "1INCH=5")]
    [InlineData("\uFEFFAsset,Amount\r\nBTC,1\r\n", "BTC=1")]
    [InlineData("Asset,Amount\nBTC,1'250.5\n", "BTC=1250.5")]
    [InlineData("Name,Amount\n\"Bitcoin, the first (BTC)\",\"1,250\"\n", "BTC=1250")]
    public void Lists_are_read_as_a_person_reads_them(string text, string expected) => Assert.Equal(expected, Said(text));

    [Fact]
    public void What_cannot_be_read_is_named_by_line_and_reason_and_nothing_else_is_lost()
    {
        var taken = Taken("asset,quantity\nBTC,1\n???,2\nETH,many\nSOL,-3\nADA,0\nBTC,0.5\n");

        Assert.Equal([(3, "`???` is no code of an asset"), (4, "the quantity is no number"), (5, "the quantity is below zero, and a portfolio is long only")], taken.Left.Select(l => (l.Line, l.Reason)));
        Assert.Equal(1.5m, Assert.Single(taken.Holdings).Quantity);
        Assert.Equal(["1 row with nothing held is left out", "BTC stands in 2 rows; they are summed"], taken.Notes);
    }

    [Fact]
    public void What_was_taken_is_read_by_every_verb()
    {
        using var folder = new TemporaryFolder();
        var taken = Taken("Wallet;Coin;Total;Value\nLedger, cold;BTC;1,5;150.000\nKraken;ETH;2;6.000,5\n");
        var file = Path.Combine(folder.Path, "h.csv");
        File.WriteAllText(file, taken.HoldingsCsv());
        var book = HoldingsFile.Load(file, [Ballast.Holdings.Account.Paper], Instant.FromUtc(2026, 11, 23, 0, 0)).Value!;

        Assert.Equal([("ETH", 2m, "Kraken"), ("BTC", 1.5m, "Ledger-cold")], book.Holdings.Select(h => (h.Asset.Code, h.Quantity, h.Account)));
        Assert.Equal("timestamp,ETH,BTC\n2026-11-23,3000.25,100000\n", taken.PricesCsv("USDT", new LocalDate(2026, 11, 23)));
        Assert.Null(Taken("asset,quantity\nBTC,1\n").PricesCsv("USDT", new LocalDate(2026, 11, 23)));
    }

    [Theory]
    [InlineData("1,5", true)]
    [InlineData("1.234,56", true)]
    [InlineData("1,234", false)]
    [InlineData("1,234.5", false)]
    [InlineData("1234.5", false)]
    public void A_comma_is_a_decimal_sign_where_it_cannot_group_thousands(string number, bool decimalComma) => Assert.Equal(decimalComma, ForeignHoldings.Read($"asset;quantity\nBTC;{number}\n")!.DecimalComma);

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("\n\n\n")]
    public void What_is_no_list_is_none(string text) => Assert.Null(ForeignHoldings.Read(text));
}
