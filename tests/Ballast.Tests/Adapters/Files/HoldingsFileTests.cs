using Ballast.Adapters.Files;
using Ballast.Holdings;
using Ballast.Money;

namespace Ballast.Tests.Adapters.Files;

public sealed class HoldingsFileTests : IDisposable
{
    private static readonly Instant Now = Instant.FromUtc(2024, 6, 1, 0, 0);
    private static readonly Asset Btc = new("BTC");

    private readonly Written _written = new();

    public void Dispose() => _written.Dispose();

    [Fact]
    public void Two_columns_are_enough_and_the_first_account_holds_it_all()
    {
        var book = Load("asset,quantity\nBTC,0.5\nUSDT,1000\n");

        Assert.Equal([new Holding(Btc, 0.5m, "main"), new Holding(new Asset("USDT"), 1000m, "main")], book.Holdings);
        Assert.Equal(FaultyFile.Accounts, book.Accounts);
    }

    [Fact]
    public void A_row_may_say_where_in_which_condition_at_what_cost_and_since_when()
    {
        var book = Load("tag,acquired,cost,unlock,status,account,quantity,asset\nold,2020-03-13,3782.13,2025-01-01T12:00:00Z,Staked,ledger,1.25,BTC\n");

        Assert.Equal(
            new Holding(Btc, 1.25m, "ledger", HoldingStatus.Staked, Instant.FromUtc(2025, 1, 1, 12, 0), 3782.13m, Instant.FromUtc(2020, 3, 13, 0, 0), "old"),
            Assert.Single(book.Holdings));
    }

    [Fact]
    public void What_is_locked_need_not_say_until_when()
    {
        Assert.Null(Assert.Single(Load("asset,quantity,status\nBTC,1,locked\n").Holdings).Unlock);
    }

    [Fact]
    public void Rows_of_one_asset_are_lots_and_add_up()
    {
        var book = Load("asset,quantity,cost\nBTC,0.1,100\nBTC,0.2,200\nBTC,0.3,\n");

        Assert.Equal((3, 0.6m), (book.Holdings.Length, book.QuantityOf(Btc)));
    }

    [Fact]
    public void A_file_of_no_rows_is_an_empty_book() => Assert.Empty(Load("asset,quantity\n").Holdings);

    [Theory]
    [InlineData("0.1", "0.1")]
    [InlineData("1e-8", "0.00000001")]
    [InlineData("1.5E+3", "1500")]
    [InlineData("1234567890.123456789012345678", "1234567890.123456789012345678")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    [InlineData("0.5000000000000000000000000000000000000000", "0.5")]
    [InlineData("0.0000000000000000000000000001", "0.0000000000000000000000000001")]
    [InlineData("100000000000000000000.10", "100000000000000000000.1")]
    [InlineData("-0", "0")]
    public void Quantities_are_exact_to_the_last_digit(string written, string exact)
    {
        Assert.Equal(exact, Figures.Exact(Assert.Single(Load($"asset,quantity\nBTC,{written}\n").Holdings).Quantity));
    }

    [Fact]
    public void A_portfolio_that_may_be_short_reads_negative_quantities()
    {
        var path = _written.File("h.csv", "asset,quantity\nBTC,-2\n");

        Assert.Equal(-2m, HoldingsFile.Load(path, FaultyFile.Accounts, Now, allowShort: true).Value!.QuantityOf(Btc));
    }

    private Book Load(string text)
    {
        var reading = HoldingsFile.Load(_written.File("h.csv", text), FaultyFile.Accounts, Now);
        Assert.Empty(reading.Faults);
        return reading.Value!;
    }
}
