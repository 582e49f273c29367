using System.Text.Json;
using Ballast.Tests.App;

namespace Ballast.Tests.Engine.Backtests;

/// <summary>The workloads of the benchmarks through the command line: the results that their C kernel and other programs agree on.</summary>
[Collection(Terminal.Alone)]
public class BenchmarkRowTests
{
    private static readonly string[] AsTheKernelDoes = ["--fill", "close", "--initial", "charged", "--last-bar", "trades", "--start-value", "1000000", "--json"];

    [Theory]
    [InlineData("d10", "{ every: month, on: first }", 292766.16939235, 83)]
    [InlineData("d100", "{ every: month, on: first }", 551593.01924262, 83)]
    [InlineData("d500", "{ every: month, on: first }", 887124.36965019, 83)]
    [InlineData("h10", "{ drift: 5% of target }", 100927.77340871, 1362)]
    public void A_back_test_ends_where_the_kernel_ends(string name, string rule, double endValue, int rebalances)
    {
        using var folder = new TemporaryFolder();
        var json = Terminal.Run(["backtest", Policy(folder, name, rule), "--prices", Input(name + ".csv.gz"), .. AsTheKernelDoes]).Json();

        Assert.Equal(endValue, Exact(json, "endValue"), 1e-11 * endValue + 0.5e-8);
        Assert.Equal(rebalances, json.GetProperty("rebalances").GetInt32());
    }

    [Fact]
    public void A_sweep_of_a_thousand_settings_sums_to_what_the_kernel_sums_to()
    {
        using var folder = new TemporaryFolder();
        var json = Terminal.Run(["sweep", Policy(folder, "h10", "{ drift: 5% of target }"), "--prices", Input("h10.csv.gz"), .. AsTheKernelDoes,
            "--vary", "drift=1% of target..40% of target:1% of target", "--vary", "interval=1,2,3,4,6,8,12,18,24,30,36,42,48,60,72,84,96,120,144,168,192,240,336,504,720"]).Json();

        Assert.Equal(1000, json.GetProperty("runs").GetInt32());
        Assert.Equal(100985886.665629, Exact(json, "sumEndValues"), 1e-11 * 100985886.665629);
        Assert.Equal(302_844, json.GetProperty("rebalances").GetInt64());
        Assert.Equal(("40% of target", "504"), (json.GetProperty("best").GetProperty("drift").GetString(), json.GetProperty("best").GetProperty("interval").GetString()));
        Assert.Equal(106868.609058, Exact(json.GetProperty("best"), "endValue"), 0.5e-6 + 1e-6);
    }

    private static string Policy(TemporaryFolder folder, string name, string rule)
    {
        var weights = File.ReadLines(Input(name + "_w.csv")).Skip(1).Select(l => l.Split(',')).Select(c => $"    {c[0]}: {c[1]}\n");
        return folder.File("policy.yaml", $"version: 1\nname: {name}\nbase: USD\ntargets:\n  weights:\n{string.Concat(weights)}  cash: rest\nrebalance:\n  when: [ {rule} ]\n  initialRebalance: yes\ncosts: {{ fee: 10 bps, sizing: before-costs }}\n");
    }

    private static string Input(string file)
    {
        var folder = Environment.GetEnvironmentVariable("BALLAST_BENCH") is { Length: > 0 } chosen ? chosen : Path.Combine(Repository.Root, "../shared/bench");
        var path = Path.Combine(folder, file);
        Assert.SkipUnless(File.Exists(path), $"needs the benchmark input {file}: set BALLAST_BENCH");
        return path;
    }

    private static double Exact(JsonElement json, string key) => double.Parse(json.GetProperty(key).GetString()!, System.Globalization.CultureInfo.InvariantCulture);
}
