using Ballast.Tests.Connectors;

namespace Ballast.Tests.App.Commands;

/// <summary><c>data fetch</c> through the real connector from the simulated exchange, and what it wrote read by the verbs that it is for.</summary>
[Collection(Terminal.Alone)]
public sealed class DataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Bars_of_several_symbols_are_fetched_gone_on_with_and_back_tested()
    {
        await using var exchange = await SimulatedExchange.StartAsync();
        var from = SystemClock.Instance.GetCurrentInstant() - Duration.FromDays(40);
        string[] fetch = ["data", "fetch", "--venue", "binance", "--symbols", "BTC/USDT,ETH/USDT", "--interval", "1h", "--from", from.ToString(), "--out", At("prices.csv"), "--exchange", exchange.Url.ToString()];
        var first = Terminal.Run([.. fetch, "--json"]).Json();

        Assert.Equal(["BTC/USDT", "ETH/USDT"], first.GetProperty("symbols").EnumerateArray().Select(s => s.GetProperty("symbol").GetString()));
        Assert.All(first.GetProperty("symbols").EnumerateArray(), s => Assert.Equal((960, 0), (s.GetProperty("bars").GetInt32(), s.GetProperty("gaps").GetInt32()), Near));
        var before = File.ReadAllText(At("prices.csv"));
        Assert.Contains("no gaps, none twice", Terminal.Run(fetch).Out);
        Assert.StartsWith(before, File.ReadAllText(At("prices.csv")));
        var policy = _folder.File("two.yaml", "version: 1\nname: two\nbase: USDT\ntargets:\n  weights: { BTC: 50%, ETH: 50% }\nrebalance:\n  when: [ { drift: 2% } ]\n");
        Assert.Equal(0, Terminal.Run("backtest", policy, "--prices", At("prices.csv")).ExitCode);
    }

    [Fact]
    public async Task Funding_is_what_was_paid_in_each_hour_and_hedge_test_takes_it()
    {
        await using var exchange = await SimulatedExchange.StartAsync();
        var run = Fetch(exchange, "funding", "BTC-PERPETUAL,ETH-PERPETUAL", "--from", "2026-01-20", "--to", "2026-03-01");
        Assert.True(run.ExitCode == 0, run.Err);

        var lines = File.ReadAllLines(At("funding.csv"));
        Assert.Equal("timestamp,symbol,funding_rate", lines[0]);
        Assert.Equal(2 * 40 * 24, lines.Length - 1);
        // What the exchange pays: by the hour of the day, from -0.00001 at midnight on.
        Assert.Equal("2026-01-20T00:00:00Z,BTC-PERPETUAL,-0.00001", lines[1]);
        Assert.Equal("2026-01-20T13:00:00Z,BTC-PERPETUAL,0.000003", lines[14]);
        Assert.Contains("960 rates added", run.Out);

        var marks = HedgeTestTests.Marks(_folder);
        var paid = Terminal.Run("hedge-test", marks, "--position", "-1 BTC-27FEB26-80000-C", "--rule", "6h", "--numeraire", "coin", "--funding", At("funding.csv"), "--json");
        Assert.True(paid.ExitCode == 0, paid.Err);
    }

    [Fact]
    public async Task Chains_grow_by_a_snapshot_and_smile_and_margin_take_them()
    {
        await using var exchange = await SimulatedExchange.StartAsync();
        Assert.Equal(0, Fetch(exchange, "chain", "BTC,ETH").ExitCode);
        var one = File.ReadAllText(At("chain.csv"));
        Assert.Equal(0, Fetch(exchange, "chain", "BTC,ETH").ExitCode);
        var two = File.ReadAllText(At("chain.csv"));

        Assert.StartsWith(one, two);
        var rows = two.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..].Select(l => l.Split(',')).ToArray();
        Assert.Equal([56, 56], rows.GroupBy(r => r[0]).Select(g => g.Count())); // Two coins, two expiries, seven strikes, calls and puts, under one time.
        Assert.All(rows, r => Assert.Equal("0.55", r[3]));
        Assert.Equal(0, Terminal.Run("smile", "--chain", At("chain.csv"), "--json").ExitCode);
        var option = rows[0][1];
        var margin = Terminal.Run("margin", _folder.File("book.csv", $"instrument,quantity\n{option},-1\n"), "--chain", At("chain.csv"), "--preset", "deribit-pm", "--json");
        Assert.True(margin.ExitCode == 0, margin.Err);
    }

    [Fact]
    public async Task Chains_are_taken_again_until_the_end()
    {
        await using var exchange = await SimulatedExchange.StartAsync();
        var end = SystemClock.Instance.GetCurrentInstant() + Duration.FromSeconds(8);
        var run = Fetch(exchange, "chain", "ETH", "--every", "2s", "--to", end.ToString());
        Assert.True(run.ExitCode == 0, run.Err);
        Assert.InRange(File.ReadLines(At("chain.csv")).Skip(1).Select(l => l.Split(',')[0]).Distinct().Count(), 2, 4);
    }

    [Theory]
    [InlineData("--kind: `trades`; expected bars, funding or chain", "--kind", "trades", "--symbols", "BTC")]
    [InlineData("--from is missing", "--kind", "funding", "--symbols", "BTC-PERPETUAL")]
    [InlineData("--from: no venue tells chains of the past", "--kind", "chain", "--symbols", "BTC", "--from", "2026-01-01")]
    [InlineData("--every is of chains", "--symbols", "BTC-PERPETUAL", "--from", "2026-01-01", "--every", "1h")]
    [InlineData("--to is not after --from", "--symbols", "BTC-PERPETUAL", "--from", "2026-01-02", "--to", "2026-01-01")]
    [InlineData("--symbols: there is none", "--symbols", ",", "--from", "2026-01-02")]
    public void What_cannot_be_fetched_is_said_before_anything_is_asked(string answer, params string[] args)
    {
        var run = Terminal.Run(["data", "fetch", "--venue", "deribit", "--out", At("x.csv"), .. args]);
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith(answer, run.Err);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task What_the_venue_does_not_have_is_said_and_nothing_is_lost()
    {
        await using var exchange = await SimulatedExchange.StartAsync();
        Assert.Equal(0, Fetch(exchange, "chain", "BTC").ExitCode);
        var before = File.ReadAllText(At("chain.csv"));

        var coin = Fetch(exchange, "chain", "BTC,DOGE");
        Assert.Equal((2, "--symbols: deribit has no options on `DOGE`; expected BTC, ETH\n"), (coin.ExitCode, coin.Err));
        var dated = Fetch(exchange, "funding", File.ReadLines(At("chain.csv")).ElementAt(1).Split(',')[1], "--from", "2026-01-01");
        Assert.Equal(2, dated.ExitCode);
        Assert.Contains("it is no perpetual", dated.Err);
        var kind = Terminal.Run("data", "fetch", "--venue", "deribit", "--kind", "funding", "--symbols", "BTC-PERPETUAL", "--from", "2026-01-01", "--out", At("chain.csv"), "--exchange", exchange.Url.ToString());
        Assert.Equal(2, kind.ExitCode);
        var away = Terminal.Run("data", "fetch", "--venue", "deribit", "--kind", "chain", "--symbols", "BTC", "--out", At("chain.csv"), "--exchange", "http://127.0.0.1:1");
        Assert.Equal(4, away.ExitCode);
        Assert.Equal(before, File.ReadAllText(At("chain.csv")));
    }

    private Cli Fetch(SimulatedExchange exchange, string kind, string symbols, params string[] more) =>
        Terminal.Run(["data", "fetch", "--venue", "deribit", "--kind", kind, "--symbols", symbols, "--out", At(kind + ".csv"), "--exchange", exchange.Url.ToString(), .. more]);

    private string At(string name) => Path.Combine(_folder.Path, name);

    /// <summary>The hour may turn while a test runs.</summary>
    private static bool Near((int Bars, int Gaps) wanted, (int Bars, int Gaps) found) => Math.Abs(wanted.Bars - found.Bars) <= 1 && wanted.Gaps == found.Gaps;
}
