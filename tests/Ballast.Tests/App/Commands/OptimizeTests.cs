using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Ballast.Tests.Adapters.Files;

namespace Ballast.Tests.App.Commands;

/// <summary>Weights and frontiers through the command line: the published workloads, limits, refusals in words, and the files that are written.</summary>
[Collection(Terminal.Alone)]
public sealed class OptimizeTests : IDisposable
{
    private const string Two = "A,B\n0.04,0.006\n0.006,0.09\n";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The workloads' printed results; the inputs stand beside the project, not in it.</summary>
    [Theory]
    [InlineData("minVariance --cov S20.csv.gz", .0182327558789, 5e-14)]
    [InlineData("minVariance --cov S100.csv.gz", .0128312900821, 5e-14)]
    [InlineData("minVariance --cov S500.csv.gz", .0124153855469, 5e-14)]
    [InlineData("maxUtility --cov S20.csv.gz --mean mu20.csv --current w0_20.csv --cost 10bps --turnover 0.3 --max 4/20", .07786105411128, 1e-14)]
    [InlineData("maxUtility --cov S100.csv.gz --mean mu100.csv --current w0_100.csv --cost 10bps --turnover 0.3 --max 4/100", .01462303072705, 1e-14)]
    [InlineData("maxUtility --cov S500.csv.gz --mean mu500.csv --current w0_500.csv --cost 10bps --turnover 0.3 --max 4/500", -.00047754687674, 1e-14)]
    [InlineData("riskBudget --cov S100.csv.gz", .225616665045, 1e-11)]
    [InlineData("riskBudget --cov S500.csv.gz", .228873187977, 1e-11)]
    [InlineData("minCVaR --returns R50.csv.gz", .0227090471268, 1e-12)]
    public void The_workloads_give_their_printed_objectives(string words, double objective, double tolerance)
    {
        var bench = Path.Combine(Repository.Root, "..", "shared", "bench");
        Assert.SkipUnless(Directory.Exists(bench), "the workloads' inputs are not there");

        var json = Run([.. words.Split(' ').Select(w => w.Contains(".csv") ? Path.Combine(bench, w) : w)]);

        Assert.Equal("optimal", json.GetProperty("status").GetString());
        Assert.Equal(objective, json.GetProperty("objective").GetDouble(), tolerance);
        Assert.Equal(1, json.GetProperty("weights").EnumerateObject().Sum(w => w.Value.GetDouble()), 1e-9);
        Assert.Equal(1, json.GetProperty("riskShares").EnumerateObject().Sum(w => w.Value.GetDouble()), 1e-9);
        Assert.InRange(json.GetProperty("residuals").GetDouble(), 0, 1e-9);
    }

    [Fact]
    public void Two_assets_can_be_checked_on_paper()
    {
        var json = Run("minVariance", "--cov", _folder.File("c.csv", Two));

        // (0.09 − 0.006)/(0.04 + 0.09 − 2·0.006).
        Assert.Equal(0.084 / 0.118, json.GetProperty("weights").GetProperty("A").GetDouble(), 1e-14);
    }

    [Fact]
    public void Costs_and_turnover_hold_the_weights_of_now()
    {
        var (cov, now) = (_folder.File("c.csv", Two), _folder.File("w.csv", "asset,weight\nA,0.2\nB,0.8\n"));

        var kept = Run("minVariance", "--cov", cov, "--current", now, "--cost", "20%", "--risk-aversion", "1");
        Assert.Equal(0.2, kept.GetProperty("weights").GetProperty("A").GetDouble(), 1e-12);
        var half = Run("minVariance", "--cov", cov, "--current", now, "--turnover", "20%");
        Assert.Equal(0.3, half.GetProperty("weights").GetProperty("A").GetDouble(), 1e-9);
        Assert.Equal(0.2, half.GetProperty("turnover").GetDouble(), 1e-9);
    }

    [Theory]
    [InlineData("minVariance --min 60%", "at least 60% of each of A, B")]
    [InlineData("minVariance --max 40%", "at most 40% of each of A, B")]
    [InlineData("minVariance --max 40% --group A+B=90%..100%", "weights that sum to 100%")]
    [InlineData("maxSharpe", "maxSharpe needs expected returns")]
    [InlineData("minCVaR", "needs at least 2 past returns")]
    public void What_cannot_be_is_refused_in_words_and_with_three(string words, string said)
    {
        var run = Terminal.Run(["optimize", "--cov", _folder.File("c.csv", Two), "--method", .. words.Split(' ')]);

        Assert.Equal(3, run.ExitCode);
        Assert.Contains(said, run.Err);
    }

    [Theory]
    [InlineData("A,B\n1,2\n2,1\n", "NOT_POSITIVE_SEMIDEFINITE")]
    [InlineData("A,B\n1e-4,0\n0,1e-4\n", "NO_POSITIVE_EXCESS_RETURN")]
    public void Covariances_and_returns_that_allow_no_answer_are_refused_by_name(string covariance, string code)
    {
        var mean = _folder.File("m.csv", "asset,mean\nA,-0.1\nB,-0.2\n");
        var run = Terminal.Run("optimize", "--method", "maxSharpe", "--cov", _folder.File("c.csv", covariance), "--mean", mean, "--json");

        Assert.Equal(3, run.ExitCode);
        Assert.Equal(code, JsonDocument.Parse(run.Out).RootElement.GetProperty("code").GetString());
    }

    [Fact]
    public void One_asset_and_two_that_are_the_same_have_answers()
    {
        Assert.Equal(1, Run("riskBudget", "--cov", _folder.File("c.csv", "A\n0.04\n")).GetProperty("weights").GetProperty("A").GetDouble());
        var twins = Run("minVariance", "--cov", _folder.File("c.csv", "A,B\n0.04,0.04\n0.04,0.04\n"));
        Assert.Equal(0.2, twins.GetProperty("volatility").GetDouble(), 1e-9);
    }

    [Fact]
    public void A_fallback_stands_in_and_says_so()
    {
        var json = Run("maxSharpe", "--cov", _folder.File("c.csv", Two), "--fallback", "minVariance");

        Assert.Equal("minVariance", json.GetProperty("method").GetString());
        Assert.Contains("maxSharpe was refused", json.GetProperty("said")[0].GetString());
    }

    [Theory]
    [InlineData("--cov", "--returns", "expected one of --returns, --cov and --prices")]
    [InlineData("--cov", "--turnover", "--turnover needs --current")]
    [InlineData("--cov", "--cost", "`c.csv` is no cost")]
    [InlineData("--cov", "--group", "expected names and bounds")]
    [InlineData("--cov", "--budgets", "expected a name and a share")]
    public void Options_that_do_not_fit_are_refused_with_two(string first, string second, string said)
    {
        _folder.File("c.csv", Two);
        var path = Path.Combine(_folder.Path, "c.csv");
        var run = Terminal.Run("optimize", "--method", "riskBudget", first, path, second, second == "--turnover" ? "10%" : second == "--returns" ? path : "c.csv");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(said, run.Err);
    }

    [Fact]
    public void Every_faulty_covariance_and_weights_file_shows_its_place()
    {
        var good = _folder.File("good.csv", "BTC\n0.04\n");
        foreach (var wrong in FaultyFiles.All.Where(f => f.Limits is null && f.Kind is FileKind.Covariance or FileKind.Values))
        {
            var path = _folder.File("faulty.csv", wrong.Text);
            var run = Terminal.Run(["optimize", "--method", "minVariance", .. wrong.Kind == FileKind.Covariance ? (string[])["--cov", path] : ["--cov", good, "--current", path]]);
            Assert.Equal(2, run.ExitCode);
            Assert.Contains($"{path}:{(wrong.Line > 0 ? $"{wrong.Line}:{wrong.Column}:" : "")} {wrong.Sentence}", run.Err);
        }
    }

    [Fact]
    public void A_page_and_a_table_are_written_whose_weights_are_those_printed()
    {
        var prices = Prices();
        var json = Run("hrp", "--prices", prices, "--out", _folder.Path);

        var page = File.ReadAllText(Path.Combine(_folder.Path, "report.html"));
        Assert.Contains("Who moves with whom", page);
        foreach (var row in File.ReadLines(Path.Combine(_folder.Path, "weights.csv")).Skip(1).Select(l => l.Split(',')))
            Assert.Equal(json.GetProperty("weights").GetProperty(row[0]).GetDouble(), double.Parse(row[1], CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_frontier_rises_and_no_point_of_it_is_beaten_by_another()
    {
        var run = Terminal.Run("frontier", "--prices", Prices(), "--points", "12", "--max", "60%", "--out", _folder.Path, "--json");

        Assert.Equal(0, run.ExitCode);
        var points = run.Json().GetProperty("points").EnumerateArray().Select(p => (Volatility: p.GetProperty("volatility").GetDouble(), Return: p.GetProperty("return").GetDouble())).ToArray();
        Assert.Equal(12, points.Length);
        for (var k = 1; k < points.Length; k++) Assert.True(points[k].Return > points[k - 1].Return && points[k].Volatility > points[k - 1].Volatility);
        Assert.Equal(13, File.ReadLines(Path.Combine(_folder.Path, "frontier.csv")).Count());
        Assert.Contains("The efficient frontier", File.ReadAllText(Path.Combine(_folder.Path, "report.html")));
    }

    private string Prices()
    {
        var folder = Path.Combine(_folder.Path, "example");
        Assert.Equal(0, Terminal.Run("init", folder).ExitCode);
        return Path.Combine(folder, "synthetic-prices.csv");
    }

    private static JsonElement Run(params string[] words)
    {
        var run = Terminal.Run(["optimize", "--method", .. words, "--json"]);
        Assert.True(run.ExitCode == 0, run.Err);
        return run.Json();
    }
}
