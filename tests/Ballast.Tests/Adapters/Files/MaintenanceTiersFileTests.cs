using Ballast.Adapters.Files;
using Ballast.Margin;
using Ballast.Derivatives;
using static Ballast.Tests.Derivatives.Contracts;

namespace Ballast.Tests.Adapters.Files;

public sealed class MaintenanceTiersFileTests : IDisposable
{
    private const string Header = "symbol,tier,min_notional_usd,max_notional_usd,maintenance_margin_rate,max_leverage,maintenance_amount_usd\n";

    private readonly App.TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_table_is_read_and_an_account_margined_by_it()
    {
        var tables = MaintenanceTiersFile.Load(_folder.File("t.csv", Header + "BTCUSDC,1,0,50000,0.004,125,0\nBTCUSDC,2,50000,600000,0.005,100,50\n")).Value!;
        var preset = MarginPresetFile.BuiltIn.Find("binance-um", null)! with { Rules = new MarginRules.Tiered(tables) };
        var chain = new Chain(Now, [Quote("BTC_USDC-PERPETUAL", 60_000, null, 60_000, 60_000), Quote("ETH_USDC-PERPETUAL", 3_000, null, 3_000, 3_000)]);
        PositionBook book = new([Position("BTC_USDC-PERPETUAL", 2, 61_000)], [Balance("USDC", 5_000)]);

        var figures = MarginFigures.Of(MarginAccounts.Of(preset, book, chain).Account!);

        Assert.Equal((3_000, 1_200, 550), (Math.Round(figures.Account.Equity, 6), Math.Round(figures.Margin.Initial, 6), Math.Round(figures.Margin.Maintenance, 6)));
        // 5,000 + 2 (P − 61,000) = 0.005 × 2 P − 50.
        Assert.Equal((117_000 - 50) / 1.99 / 60_000 - 1, MarginLiquidation.Of(figures.Account).Price.Below!.Value, 1e-9);
        Assert.Equal("TIERS_MISSING", MarginAccounts.Of(preset, new([Position("ETH_USDC-PERPETUAL", 1)], []), chain).Refusals.Single().Code);
    }

    [Theory]
    [InlineData("BTCUSDC,1,0,50000,0.4%,125,0", "maintenance_margin_rate", "NUMBER")]
    [InlineData("BTCUSDC,1,0,50000,4,125,0", "expected a fraction such as 0.004", "UNIT_SUSPECT")]
    [InlineData("BTCUSDC,1,0,50000,0.004,125,0\nBTCUSDC,2,0,40000,0.005,100,50", "expected tiers of a symbol in order", "TIER_ORDER")]
    [InlineData("BTCUSDC,1,0,50000,0.004,,0", "max_leverage is missing", "NUMBER_MISSING")]
    public void A_faulty_row_has_its_place(string rows, string said, string code)
    {
        var fault = Assert.Single(MaintenanceTiersFile.Load(_folder.File("t.csv", Header + rows + "\n")).Faults);

        Assert.StartsWith(code, fault.Code);
        Assert.True(code == "NUMBER" || fault.Sentence.Contains(said, StringComparison.Ordinal), fault.Sentence);
        Assert.Equal(rows.Split('\n').Length + 1, fault.Line);
    }

    /// <summary>A venue's own table: margin is continuous from tier to tier.</summary>
    [Fact]
    public void A_venues_table_is_continuous()
    {
        var tables = MaintenanceTiersFile.Load(Repository.RealData("margin/binance_usdm_leverage_tiers.csv")).Value!;

        Assert.NotEmpty(tables);
        foreach (var (symbol, table) in tables)
            foreach (var (below, above) in table.Tiers.Zip(table.Tiers.Skip(1)))
                Assert.True(Math.Abs(below.Rate * below.UpTo - below.Deduction - (above.Rate * below.UpTo - above.Deduction)) < 1, $"{symbol} at {below.UpTo}");
    }
}
