using System.Text.Json;
using Ballast.Adapters;
using Ballast.Adapters.Secrets;
using Ballast.Tests.Connectors;

namespace Ballast.Tests.App.Commands;

/// <summary>Accounts at two venues are one portfolio: weights are of both together, and each trade is made where it can be.</summary>
public sealed class SeveralAccountsTests : IDisposable
{
    private const string Portfolio = """
        version: 1
        name: one-book
        base: USDT
        accounts:
          spot:    { venue: binance }
          options: { venue: deribit }
        targets:
          weights: { BTC: 83%, ETH: 12.5%, USDT: 4.5% }
        rebalance:
          when: [ { drift: 1% } ]
        costs: { fee: 10 bps }
        limits: { minTrade: 10 USDT }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Both at once, for each waits for its venues more than it works.</summary>
    [Fact]
    public async Task Two_venues_are_one_book_and_so_are_two_accounts_at_one_venue() => await Task.WhenAll(Task.Run(TwoVenues), Task.Run(TwoKeys));

    private async Task TwoVenues()
    {
        await using var exchange = await SimulatedExchange.StartAsync();
        await exchange.TellAsync("spread", new { spread = "0" });
        await exchange.TellAsync("fees", new { fee = "0.001", inReceived = false });
        var (file, data) = (_folder.File("one-book.yaml", Portfolio), Path.Combine(_folder.Path, "venues"));
        var run = Cli.Run("run", file, "--live", "--yes", "--once", "--exchange", exchange.Url.ToString(), "--data", data);
        Assert.True(run.ExitCode == 0, run.Out + run.Err);

        // At binance 100,000 USDT, 0.5 BTC and 5 ETH, at deribit 10 BTC and 50 ETH, at 96,000 and 2,900: 1,267,500 USDT in all, and 83 % of that less the fees is 10.9582 BTC.
        var (spot, options) = (await exchange.BooksAsync(), await exchange.BooksAsync("deribit"));
        Assert.Equal(("10", "50"), (Of(options, "BTC"), Of(options, "ETH")));
        Assert.Equal(0.9582m, decimal.Parse(Of(spot, "BTC")), 4);
        Assert.Equal(0.125m * 1_267_500m / 2900m - 50, decimal.Parse(Of(spot, "ETH")), 1);
        Assert.Equal(0, options.GetProperty("trades").GetArrayLength());

        Assert.Equal(0, Cli.Run("journal", "verify", file, "--data", data).ExitCode);
        Assert.Equal(0, Cli.Run("journal", "export", file, "--to", "holdings", "--out", Path.Combine(_folder.Path, "held.csv"), "--data", data).ExitCode);
        var held = File.ReadAllLines(Path.Combine(_folder.Path, "held.csv"));
        Assert.Contains($"BTC,{Of(spot, "BTC")},spot", held);
        Assert.Contains("BTC,10,options", held);
    }

    /// <summary>Each account is traded with its own key.</summary>
    private async Task TwoKeys()
    {
        await using var exchange = await SimulatedExchange.StartAsync();
        await exchange.TellAsync("spread", new { spread = "0" });
        await exchange.TellAsync("fees", new { fee = "0.001", inReceived = false });
        await exchange.HoldAsync(new Dictionary<string, decimal> { ["USDT"] = 10_000 });
        await exchange.HoldAsync(new Dictionary<string, decimal> { ["BTC"] = 1, ["USDT"] = 20 }, "binance2");
        var data = Path.Combine(_folder.Path, "keys");
        var file = _folder.File("two.yaml", Portfolio.Replace("options: { venue: deribit }", "second:  { venue: binance }").Replace("name: one-book", "name: two-keys").Replace("BTC: 83%, ETH: 12.5%, USDT: 4.5%", "BTC: 50%, ETH: 25%, USDT: 25%"));
        Vault.Open(new DataFolder(data).Vault, "a long passphrase").Put("second", "binance", """{"key":"demo-key-2","secret":"demo-secret","passphrase":null}""", SystemClock.Instance.GetCurrentInstant());
        var run = Cli.Run("a long passphrase", ["run", file, "--live", "--yes", "--once", "--exchange", exchange.Url.ToString(), "--data", data]);
        Assert.True(run.ExitCode == 0, run.Out + run.Err);

        // 106,020 USDT in all: half of it is 0.552 BTC, and all BTC is in the second account, which sells; nothing is moved, so that each pays for its own ETH.
        var (spot, second) = (await exchange.BooksAsync(), await exchange.BooksAsync("binance2"));
        Assert.Equal(0.552m, decimal.Parse(Of(second, "BTC")), 2);
        Assert.Equal("0", Of(spot, "BTC"));
        Assert.Equal(0.25m * 106_020m / 2900m, decimal.Parse(Of(spot, "ETH")) + decimal.Parse(Of(second, "ETH")), 1);
        Assert.True(decimal.Parse(Of(spot, "USDT")) >= 0 && decimal.Parse(Of(second, "USDT")) >= 0);
        Assert.Equal(0, Cli.Run("journal", "verify", file, "--data", data).ExitCode);
    }

    private static string Of(JsonElement books, string asset) => books.GetProperty("balances").TryGetProperty(asset, out var held) ? held.GetString()! : "0";
}
