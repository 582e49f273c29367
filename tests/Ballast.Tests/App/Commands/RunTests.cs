using System.Diagnostics;
using System.Text.Json;

namespace Ballast.Tests.App.Commands;

/// <summary>The running loop through history, and what its journal proves.</summary>
[Collection(Terminal.Alone)]
public sealed class RunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public RunTests() => Assert.Equal(0, Terminal.Run("init", _folder.Path).ExitCode);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void History_through_the_live_path_trades_as_the_back_test_does()
    {
        var run = Run("2024-01-01", "2024-07-01", "--holdings", At("holdings.csv"));
        var backtest = Terminal.Run("backtest", At("core.yaml"), "--prices", At("synthetic-prices.csv"), "--from", "2024-01-01", "--to", "2024-07-01", "--holdings", At("holdings.csv"), "--fill", "close", "--last-bar", "trades", "--json").Json();

        var plans = run.GetProperty("plans").GetInt32();
        Assert.Equal(backtest.GetProperty("rebalances").GetInt32(), plans);
        Assert.True(run.GetProperty("fills").GetInt32() >= plans);
        var (live, past) = (Exact(run, "endValue"), Exact(backtest, "endValue"));
        // A back-test pays half the spread as a cost of the close; an order pays it as a price, and the fee on it: 10 bps of 1 bp of what is traded.
        var most = 0.001m * 0.0001m * (decimal)backtest.GetProperty("turnover").GetDouble();
        Assert.InRange(Math.Abs(live / past - 1), 0, 1.5m * most);
    }

    [Fact]
    public void The_same_history_gives_the_same_journal()
    {
        var first = Run("2024-01-01", "2024-03-01").GetProperty("head").GetString();
        Assert.Equal(first, Run("2024-01-01", "2024-03-01").GetProperty("head").GetString());
    }

    [Fact]
    public void Two_programs_prove_the_journal_and_what_it_exports_is_read_back()
    {
        var run = Run("2024-01-01", "2024-05-01");
        var journal = run.GetProperty("journal").GetString()!;
        var proof = Terminal.Run("journal", "verify", At("core.yaml"), "--journal", journal, "--json").Json();
        Assert.True(proof.GetProperty("ok").GetBoolean());
        Assert.Equal(run.GetProperty("head").GetString(), proof.GetProperty("head").GetString());

        Assert.StartsWith($"ok {proof.GetProperty("entries")} records head {run.GetProperty("head").GetString()}", Python("tools/verify-journal.py", journal), StringComparison.Ordinal);

        Assert.Equal(0, Terminal.Run("journal", "export", At("core.yaml"), "--journal", journal, "--to", "holdings", "--out", At("again.csv")).ExitCode);
        var status = Terminal.Run("status", At("core.yaml"), "--holdings", At("again.csv"), "--prices", At("synthetic-prices.csv"), "--at", "2024-05-01", "--json").Json();
        Assert.InRange(Exact(status, "value") / Exact(run, "endValue"), 0.9m, 1.1m);
    }

    private JsonElement Run(string from, string to, params string[] more) => Terminal.Run(["run", At("core.yaml"), "--paper", "--prices", At("synthetic-prices.csv"), "--from", from, "--to", to, "--data", At("data"), "--json", .. more]).Json();

    private string At(string name) => Path.Combine(_folder.Path, name);

    private static decimal Exact(JsonElement json, string name) => decimal.Parse(json.GetProperty(name).GetString()!, System.Globalization.CultureInfo.InvariantCulture);

    private static string Python(string script, string argument)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("python3", [Path.Combine(Repository.Root, script), argument]) { RedirectStandardOutput = true })!;
            return process.StandardOutput.ReadToEnd();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("there is no python3 here");
            return "";
        }
    }
}
