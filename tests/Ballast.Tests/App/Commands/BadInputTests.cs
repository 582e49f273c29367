using System.Text.Json;
using Ballast.Tests.Adapters.Files;
using Ballast.Tests.Adapters.PolicyFiles;

namespace Ballast.Tests.App.Commands;

/// <summary>Bad input through the command line: every faulty file ends with 2, shows its place, its words and a caret, and leaves nothing behind.</summary>
[Collection(Terminal.Alone)]
public sealed class BadInputTests : IDisposable
{
    private const string Policy = "version: 1\nname: core\nbase: USDT\naccounts: { main: { venue: paper }, ledger: { venue: ethereum, may: [] } }\ntargets:\n  weights: { BTC: 50% }\n  cash: rest\nrebalance:\n  when: [ { drift: 5% } ]\n";
    private const string Prices = "timestamp,BTC\n2024-05-31,100\n2024-06-01,101\n";
    private const string Holdings = "asset,quantity\nBTC,1\nUSDT,100\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_faulty_portfolio_file_is_refused_with_its_place_and_a_caret()
    {
        foreach (var wrong in FaultCases.All)
        {
            var path = _folder.File("core.yaml", wrong.Text);
            Refused(Terminal.Run("check", path), path, wrong.Text, wrong.Line, wrong.Column, wrong.Sentence);
        }
        Assert.True(FaultCases.All.Length >= 100, $"only {FaultCases.All.Length} faulty portfolio files");
    }

    [Fact]
    public void Every_faulty_table_is_refused_with_its_place_and_a_caret()
    {
        var (policy, prices, holdings) = (_folder.File("core.yaml", Policy), _folder.File("prices.csv", Prices), _folder.File("holdings.csv", Holdings));
        var tried = 0;
        foreach (var wrong in FaultyFiles.All.Where(f => f.Limits is null && f.Kind < FileKind.Returns))
        {
            var path = _folder.File("faulty.csv", wrong.Text);
            string[] files = wrong.Kind switch
            {
                FileKind.Prices => ["--holdings", holdings, "--prices", path],
                FileKind.Holdings => ["--holdings", path, "--prices", prices],
                _ => ["--holdings", holdings, "--prices", prices, "--instruments", path],
            };
            Refused(Terminal.Run(["plan", policy, .. files]), path, wrong.Text, wrong.Line, wrong.Column, wrong.Sentence);
            tried++;
        }
        Assert.True(tried >= 80, $"only {tried} faulty tables");
    }

    [Fact]
    public void With_json_the_faults_are_one_object_on_stdout()
    {
        var run = Terminal.Run("check", _folder.File("core.yaml", FaultCases.All[0].Text), "--json");

        Assert.Equal(2, run.ExitCode);
        var json = JsonDocument.Parse(run.Out).RootElement;
        Assert.False(json.GetProperty("ok").GetBoolean());
        Assert.Equal(FaultCases.All[0].Line, json.GetProperty("faults")[0].GetProperty("line").GetInt32());
        Assert.Empty(json.GetProperty("rules").EnumerateArray());
    }

    [Fact]
    public void Nothing_is_written_on_bad_input()
    {
        var (policy, prices) = (_folder.File("core.yaml", Policy), _folder.File("prices.csv", "timestamp,BTC\n2024-06-01,-100\n"));
        var before = Directory.GetFileSystemEntries(_folder.Path);

        var run = Terminal.Run("backtest", policy, "--prices", prices, "--out", Path.Combine(_folder.Path, "report"));

        Assert.Equal(2, run.ExitCode);
        Assert.Equal(before, Directory.GetFileSystemEntries(_folder.Path));
    }

    [Theory]
    [InlineData("plan")]
    [InlineData("plam", "x")]
    [InlineData("check", "core.yaml", "--nonsense")]
    public void Bad_usage_ends_with_2_and_points_to_help(params string[] args)
    {
        var run = Terminal.Run(args);

        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Out);
        Assert.Contains("--help` shows what is expected", run.Err);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_the_worlds_failure()
    {
        var (policy, prices) = (_folder.File("core.yaml", Policy), _folder.File("prices.csv", Prices));

        var run = Terminal.Run("backtest", policy, "--prices", prices, "--out", Path.Combine(prices, "report"));

        Assert.Equal(4, run.ExitCode);
    }

    private static void Refused(Cli run, string path, string text, int line, int column, string sentence)
    {
        var place = line == 0 ? $"{path}: " : $"{path}:{line}:{column}: ";
        Assert.True(run.ExitCode == 2, $"exit {run.ExitCode} for {sentence}: {run.Out}{run.Err}");
        Assert.Empty(run.Out);
        Assert.Contains(place + sentence, run.Err);
        if (line > 0 && text.Split('\n').ElementAtOrDefault(line - 1) is { } words && words.Trim().Length > 0) Assert.Contains("^", run.Err);
        Assert.Contains("Nothing was written.", run.Err);
    }
}
