using System.Text.Json.Nodes;
using Ballast.Tests.App;

namespace Ballast.Tests.Serving;

/// <summary>What is run at the desk comes to what the command line comes to, and can be ended.</summary>
public sealed class DeskLabTests(DeskProcess desk) : IClassFixture<DeskProcess>
{
    private string[] Files => [Path.Combine(desk.Folder.Path, "core.yaml"), "--prices", Path.Combine(desk.Folder.Path, "synthetic-prices.csv"), "--json"];

    private static JsonObject Asked(string kind = "sweep", string? vary = "1%..10%:1%", string? fee = null, string? fill = null)
    {
        var asked = new JsonObject { ["kind"] = kind, ["portfolio"] = "core" };
        if (vary is not null) asked["vary"] = new JsonObject { ["drift"] = vary };
        if (fee is not null) asked["fee"] = fee;
        if (fill is not null) asked["fill"] = fill;
        return asked;
    }

    private JsonNode Finished(JsonObject asked, Action<string>? meanwhile = null)
    {
        var started = desk.As("otto").Post("/api/v1/runs", asked);
        Assert.Equal(202, started.Code);
        var id = (string)started.Json["id"]!;
        meanwhile?.Invoke(id);
        return desk.Ended(id);
    }

    private static void SameButTime(JsonNode printed, JsonNode served) => Assert.All(printed.AsObject().Where(p => p.Key is not ("timing" or "outOfSample")), p => Assert.True(JsonNode.DeepEquals(p.Value, served[p.Key]), p.Key));

    [Fact]
    public void A_sweep_comes_to_what_the_command_line_comes_to()
    {
        var run = Finished(Asked());
        SameButTime(JsonNode.Parse(Cli.Run(["sweep", .. Files, "--vary", "drift=1%..10%:1%"]).Out)!, run["result"]!);
        Assert.Equal(("done", 10, 10), ((string?)run["state"], (int)run["done"]!, run["result"]!["rows"]!.AsArray().Count));
    }

    [Fact]
    public void The_deflated_ratio_of_the_best_is_that_of_the_command_line()
    {
        var printed = JsonNode.Parse(Cli.Run(["sweep", .. Files, "--vary", "drift=1%..10%:1%", "--split", "50%"]).Out)!["outOfSample"]!["deflatedSharpe"]!;
        Assert.Equal((double)printed, (double)Finished(Asked())["result"]!["evidence"]!["deflated"]!, 1e-12);
    }

    [Fact]
    public void A_fee_counts_instead_of_that_of_the_policy()
    {
        var printed = JsonNode.Parse(Cli.Run(["sweep", .. Files, "--vary", "fee=40 bps", "--vary", "drift=2%,5%", "--fill", "close"]).Out)!;
        Assert.Equal((string?)printed["sumEndValues"], (string?)Finished(Asked(vary: "2%,5%", fee: "40 bps", fill: "close"))["result"]!["sumEndValues"]);
    }

    [Fact]
    public void A_back_test_comes_to_what_the_command_line_comes_to_and_has_its_report()
    {
        using var folder = new TemporaryFolder();
        var printed = JsonNode.Parse(Cli.Run(["backtest", .. Files, "--out", folder.Path]).Out)!;
        var run = Finished(Asked("backtest", vary: null));
        SameButTime(printed, run["result"]!);
        var page = desk.As("vera").Get($"/api/v1/runs/{run["id"]}/report");
        Assert.Equal(File.ReadAllText(Path.Combine(folder.Path, "report.html")), page.Text);
        Assert.Contains("sandbox allow-scripts", page.Header("Content-Security-Policy"));
        Assert.Contains("script-src 'sha256-", page.Header("Content-Security-Policy"));
    }

    /// <summary>The figures of a row are of the same returns: what 100 becomes is the growth a year over all years, and the lowest point of the fall is the deepest fall.</summary>
    [Fact]
    public void The_curves_end_where_the_rows_say_and_fall_as_deep()
    {
        var run = Finished(Asked());
        var answer = desk.As("vera").Get($"/api/v1/runs/{run["id"]}/curves?places=4,0,9");
        var curves = answer.Json["curves"]!.AsArray();
        Assert.Equal([4, 0, 9], curves.Select(c => (int)c!["place"]!));
        foreach (var curve in curves)
        {
            var (row, values, falls) = (run["result"]!["rows"]!.AsArray().Single(r => (int)r!["place"]! == (int)curve!["place"]!)!, Numbers(curve!["values"]), Numbers(curve["falls"]));
            Assert.Equal(Math.Pow(1 + (double)row["cagr"]!, 1460 / 365.0), values[^1] / 100, 1e-5);
            Assert.Equal((double)row["maxDrawdown"]!, -falls.Min(), 1e-6);
            Assert.Equal((100, 400, 400), ((int)values[0], values.Length, falls.Length));
        }
        var held = Finished(Asked("backtest", vary: null));
        var alone = desk.As("vera").Get($"/api/v1/runs/{held["id"]}/curves").Json;
        Assert.Equal((double)held["result"]!["holdComparison"]!["maxDrawdown"]!, -Numbers(alone["hold"]!["falls"]).Min(), 1e-6);
        Assert.True(JsonNode.DeepEquals(alone["hold"], answer.Json["hold"]), "holding is the same in both");
        Assert.Equal((string?)held["result"]!["to"], (string?)JsonNode.Parse(Cli.Run(["backtest", .. Files]).Out)!["to"]);
        Assert.Equal(400, alone["times"]!.AsArray().Count);

        static double[] Numbers(JsonNode? list) => [.. list!.AsArray().Select(v => (double)v!)];
    }

    [Theory]
    [InlineData("x")]
    [InlineData("-1")]
    [InlineData("0,1,2,3,4,5,6,7,8")]
    public void Curves_of_no_row_are_refused(string places) => Assert.Equal(400, desk.As("vera").Get($"/api/v1/runs/{Finished(Asked(vary: "5%"))["id"]}/curves?places={places}").Code);

    [Fact]
    public void A_run_that_is_cancelled_keeps_what_is_done()
    {
        var run = Finished(Asked(vary: "0.01%..99%:0.01%"), id =>
        {
            while ((int)desk.As("vera").Get($"/api/v1/runs/{id}").Json["done"]! == 0) Thread.Sleep(10);
            Assert.Equal(200, desk.As("otto").Act("DELETE", $"/api/v1/runs/{id}", null).Code);
        });
        var done = (int)run["done"]!;
        Assert.Equal("cancelled", (string?)run["state"]);
        Assert.InRange(done, 1, 9_899);
        Assert.Equal(done, run["result"]!["rows"]!.AsArray().Count);
        Assert.Equal(done, (int)run["result"]!["evidence"]!["tried"]!);
    }

    [Fact]
    public void An_estimate_counts_the_policies_and_keeps_nothing()
    {
        var before = desk.As("vera").Get("/api/v1/runs").Json["items"]!.AsArray().Count;
        var estimate = desk.As("vera").Post("/api/v1/runs/estimate", Asked()).Json;
        Assert.Equal((10, 1461), ((int)estimate["policies"]!, (int)estimate["bars"]!));
        Assert.Equal(before, desk.As("vera").Get("/api/v1/runs").Json["items"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("fee", "-5 bps", "WRONG_REQUEST")]
    [InlineData("prices", "elsewhere.csv", "NO_SUCH_PRICES")]
    [InlineData("prices", "../../etc/passwd", "NO_SUCH_PRICES")]
    [InlineData("fill", "yesterday", "BAD_REQUEST")]
    [InlineData("kind", "guess", "BAD_REQUEST")]
    [InlineData("from", "tomorrow", "WRONG_REQUEST")]
    [InlineData("portfolio", "nobody", "NOT_FOUND")]
    public void What_is_wrong_is_refused_before_anything_runs(string key, string value, string code)
    {
        var asked = Asked();
        asked[key] = value;
        Assert.Equal(code, desk.As("otto").Post("/api/v1/runs", asked).Problem);
        Assert.Equal(code, desk.As("vera").Post("/api/v1/runs/estimate", asked).Problem);
    }

    [Fact]
    public void Prices_that_are_missing_are_said()
    {
        using var other = new DeskProcess();
        File.Delete(Path.Combine(other.Folder.Path, "synthetic-prices.csv"));
        var answer = other.As("otto").Post("/api/v1/runs", Asked());
        Assert.Equal((422, "FILES_WRONG"), (answer.Code, answer.Problem));
        Assert.Contains("core.prices.csv", (string)answer.Json["detail"]!);
    }
}
