using System.Text.Json;
using Ballast.Adapters.Files;
using Ballast.Tests.Adapters.Files;

namespace Ballast.Tests.App.Commands;

/// <summary>Frontiers through the command line, proofs that capped weights are best, and what both verbs refuse.</summary>
[Collection(Terminal.Alone)]
public sealed class FrontierTests : IDisposable
{
    private const string Two = "A,B\n0.04,0.006\n0.006,0.09\n";
    private const string Means = "asset,mean\nA,0.05\nB,0.1\n";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_workload_has_twenty_nine_turning_points()
    {
        var json = Terminal.Run("frontier", "--cov", Bench("S100.csv.gz"), "--mean", Bench("mu100.csv"), "--points", "50", "--json").Json();

        Assert.Equal(29, json.GetProperty("turningPoints").GetArrayLength());
        Assert.Equal(50, json.GetProperty("points").GetArrayLength());
        Assert.Equal(.0128312900821, Math.Pow(json.GetProperty("minVariance").GetProperty("volatility").GetDouble(), 2) / 2, 5e-14);
    }

    /// <summary>½w'Σw exceeds the least by at most g'w − min g'v, g = Σw: the least is taken by filling the cheapest assets to their cap (Frank and Wolfe 1956).</summary>
    [Theory]
    [InlineData(20)]
    [InlineData(100)]
    [InlineData(500)]
    public void Weights_under_a_cap_cannot_be_improved(int n)
    {
        var json = Terminal.Run("optimize", "--method", "minVariance", "--cov", Bench($"S{n}.csv.gz"), "--max", $"2/{n}", "--json").Json();
        var table = CovarianceFile.Load(Bench($"S{n}.csv.gz")).Value!;
        double[] weights = [.. table.Names.Select(name => json.GetProperty("weights").GetProperty(name).GetDouble())];

        Assert.Equal(1, weights.Sum(), 1e-12);
        Assert.All(weights, w => Assert.InRange(w, -1e-15, 2.0 / n + 1e-15));
        var slope = table.Covariance.Times(weights);
        var (left, least) = (1.0, 0.0);
        foreach (var s in slope.Order())
        {
            var filled = Math.Min(left, 2.0 / n);
            (left, least) = (left - filled, least + filled * s);
        }
        Assert.InRange(slope.Zip(weights, (s, w) => s * w).Sum() - least, -1e-14, 1e-12);
    }

    [Fact]
    public void The_portfolio_of_now_is_shown_what_less_risk_returns_as_much()
    {
        var now = _folder.File("w.csv", "asset,weight\nA,0.9\nB,0.1\n");
        var json = Terminal.Run(["frontier", .. Given(Two), "--current", now, "--json"]).Json();

        Assert.Equal(0.055, json.GetProperty("current").GetProperty("return").GetDouble(), 1e-15);
        // Nine tenths of A return less than the least variance does, which is therefore enough: (0.09 − 0.006)/(0.04 + 0.09 − 2·0.006) of A.
        Assert.Equal(0.084 / 0.118, json.GetProperty("sameReturn").GetProperty("weights").GetProperty("A").GetDouble(), 1e-12);
    }

    [Theory]
    [InlineData("--min 60%", "at least 60% of each of A, B")]
    [InlineData("--group A=70%..100% --group B=70%..100%", "at least 70% of A")]
    public void Limits_without_a_frontier_are_told_by_name(string words, string said)
    {
        var run = Terminal.Run(["frontier", .. Given(Two), .. words.Split(' ')]);

        Assert.Equal(3, run.ExitCode);
        Assert.Contains(said, run.Err);
    }

    [Theory]
    [InlineData("A,B\n1,2\n2,1\n", "", "NOT_POSITIVE_SEMIDEFINITE")]
    [InlineData("A,B\n1,2\n2,1\n", "--group A=0%..100%", "NOT_POSITIVE_SEMIDEFINITE")]
    [InlineData("A,B\n0.04,0.04\n0.04,0.04\n", "", "SINGULAR_COVARIANCE")]
    public void Covariances_without_a_frontier_are_refused_by_name(string covariance, string limits, string code)
    {
        var run = Terminal.Run(["frontier", .. Given(covariance), .. limits.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--json"]);

        Assert.Equal(3, run.ExitCode);
        Assert.Equal(code, JsonDocument.Parse(run.Out).RootElement.GetProperty("code").GetString());
        Assert.DoesNotMatch(@"asset \d", run.Err);
    }

    [Theory]
    [InlineData("targetReturn --return 20%", "an expected return of at least 20% a year")]
    [InlineData("targetVolatility --volatility 5%", "a volatility below 17.3791% a year")]
    [InlineData("maxSharpe --risk-free 50%", "the most is -40% a year")]
    public void Refusals_speak_of_years_as_the_options_do(string words, string said)
    {
        var run = Terminal.Run(["optimize", .. Given(Two), "--method", .. words.Split(' ')]);

        Assert.Equal(3, run.ExitCode);
        Assert.Contains(said, run.Err);
    }

    [Fact]
    public void Daily_estimates_are_refused_in_years_too()
    {
        var returns = _folder.File("r.csv", "timestamp,A\n2024-01-01,-0.02\n2024-01-02,0.02\n2024-01-03,-0.02\n2024-01-04,0.02\n");
        var run = Terminal.Run("optimize", "--method", "targetVolatility", "--volatility", "5%", "--covariance", "sample", "--returns", returns);

        // √(4·0.02²/3 · 365).
        Assert.Contains("a volatility below 44.121% a year", run.Err);
    }

    [Theory]
    [InlineData("--assets A", "--assets belongs to")]
    [InlineData("--budgets A=50%,A=50%,B=50%", "`A` stands twice")]
    [InlineData("--repeat 0", "--repeat: expected 1 to 10000")]
    [InlineData("--current w.csv --turnover -10%", "expected zero or more")]
    public void Options_that_would_be_passed_over_are_refused(string words, string said)
    {
        var now = _folder.File("w.csv", "asset,weight\nA,0.9\nB,0.1\n");
        var run = Terminal.Run(["optimize", "--method", "riskBudget", .. Given(Two), .. words.Split(' ').Select(w => w == "w.csv" ? now : w)]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(said, run.Err);
    }

    [Fact]
    public void An_asset_is_chosen_from_once()
    {
        var returns = _folder.File("r.csv", "timestamp,A,B\n2024-01-01,0.01,0.02\n2024-01-02,-0.02,0.01\n2024-01-03,0.01,-0.02\n");
        var run = Terminal.Run("optimize", "--method", "equalWeight", "--returns", returns, "--assets", "A,B,A");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--assets: `A` stands twice", run.Err);
    }

    private string[] Given(string covariance) => ["--cov", _folder.File("c.csv", covariance), "--mean", _folder.File("m.csv", Means)];

    private static string Bench(string file)
    {
        var path = Path.Combine(Repository.Root, "..", "shared", "bench", file);
        Assert.SkipUnless(File.Exists(path), "the workloads' inputs are not there");
        return path;
    }
}
