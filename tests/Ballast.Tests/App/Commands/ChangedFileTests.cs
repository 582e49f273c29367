using System.Diagnostics;
using System.Text.Json;
using Ballast.Adapters;
using Ballast.Tests.Connectors;

namespace Ballast.Tests.App.Commands;

/// <summary>A file that is changed while its policy runs: limits hold at once or wait, the rest is what the next look decides by, and a spoiled file changes nothing.</summary>
public sealed class ChangedFileTests : IDisposable
{
    private const string Portfolio = """
        version: 1
        name: changed
        base: USDT
        accounts:
          spot: { venue: binance }
        targets:
          weights: { BTC: 50%, ETH: 25%, USDT: 25% }
        rebalance:
          when: [ { drift: 60% } ]
        costs: { fee: 10 bps }
        run: { check: 1s }
        safety: { turnoverDay: 150%, openOrders: 10 }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_changed_is_taken_while_it_runs_and_what_is_spoiled_is_not()
    {
        await using var exchange = await SimulatedExchange.StartAsync();
        await exchange.HoldAsync(new Dictionary<string, decimal> { ["USDT"] = 10_000 });
        var (file, data) = (_folder.File("changed.yaml", Portfolio), Path.Combine(_folder.Path, "data"));
        var status = new DataFolder(data).Portfolio("changed").Status;
        using var run = Start("run", file, "--live", "--yes", "--exchange", exchange.Url.ToString(), "--data", data);
        await Until(() => Said(status) is { } s && s.GetProperty("lastDecision").GetString() != "");
        Assert.Equal((10, 10), Limit(status, "openOrders"));

        // A spoiled file changes nothing, and a later one does.
        File.WriteAllText(file, Portfolio.Replace("BTC: 50%", "BTC: 90%"));
        await Until(() => run.Said.Contains("nothing of it is taken"));
        File.WriteAllText(file, Portfolio.Replace("openOrders: 10", "openOrders: 3").Replace("turnoverDay: 150%", "turnoverDay: 180%").Replace("drift: 60%", "drift: 1%"));
        await Until(() => Limit(status, "openOrders") == (3, 3));
        Assert.Equal((1.5m, 1.8m), Limit(status, "turnoverDay"));

        // The next look decides by the new rule: half of the money is BTC then.
        await Until(() => exchange.BooksAsync().Result.GetProperty("balances") is var b && b.TryGetProperty("BTC", out _) && b.TryGetProperty("ETH", out _));

        // What the venues were opened by waits; the limits of the same text do not.
        File.WriteAllText(file, Portfolio.Replace("openOrders: 10", "openOrders: 2").Replace("ETH: 25%", "ETH: 15%, SOL: 10%"));
        await Until(() => Limit(status, "openOrders") == (2, 2));
        Assert.Contains("SOL is new in it", run.Said);
        run.End();
        Assert.Equal(0, Cli.Run("journal", "verify", file, "--data", data).ExitCode);
    }

    private static JsonElement? Said(string status) => File.Exists(status) ? JsonDocument.Parse(File.ReadAllText(status)).RootElement : null;

    private static (decimal InForce, decimal Wanted) Limit(string status, string key) =>
        Said(status)!.Value.GetProperty("limits").EnumerateArray().First(l => l.GetProperty("limit").GetString() == key) is var limit
            ? (decimal.Parse(limit.GetProperty("inForce").GetString()!), decimal.Parse(limit.GetProperty("wanted").GetString()!)) : default;

    private static async Task Until(Func<bool> holds)
    {
        for (var i = 0; !holds(); i++)
        {
            Assert.True(i < 600, "it did not come to pass");
            await Task.Delay(100);
        }
    }

    private static Running Start(params string[] args) => new(args);

    private sealed class Running : IDisposable
    {
        private readonly Process _process;
        private readonly System.Text.StringBuilder _said = new();

        public Running(string[] args)
        {
            _process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ballast.dll"), .. args]) { RedirectStandardOutput = true })!;
            _process.OutputDataReceived += (_, line) =>
            {
                lock (_said) _said.AppendLine(line.Data);
            };
            _process.BeginOutputReadLine();
        }

        public string Said
        {
            get
            {
                lock (_said) return _said.ToString();
            }
        }

        public void End()
        {
            Process.Start("kill", ["-TERM", _process.Id.ToString()]).WaitForExit();
            Assert.True(_process.WaitForExit(30_000), "it does not end");
        }

        public void Dispose()
        {
            _process.Kill(entireProcessTree: true);
            _process.Dispose();
        }
    }
}
