using System.Globalization;
using System.Text.Json;
using Ballast.Tests.App;

namespace Ballast.Tests.Engine.Backtests;

/// <summary>Figures of independent programs on real prices, reproduced through the command line by both engines.</summary>
public class ReferenceResultsTests
{
    private const double Printed = 1e-8;

    [Theory]
    [InlineData("fast")]
    [InlineData("exact")]
    public void Every_reference_row_of_rebalancing_is_reproduced(string engine)
    {
        var prices = Repository.RealData("crypto_daily_spot/closes_wide.csv");
        using var folder = new TemporaryFolder();
        foreach (var row in Csv(Repository.RealData("reference_results/reference_rebalancing_results.csv")))
        {
            string[] assets = row["portfolio"].StartsWith("BTC/ETH", StringComparison.Ordinal) ? ["BTC", "ETH"] : ["BTC", "ETH", "XRP", "LTC", "ADA"];
            var fee = (decimal.Parse(row["cost_rate"], CultureInfo.InvariantCulture) * 10_000).ToString("0.####", CultureInfo.InvariantCulture);
            var policy = folder.File("policy.yaml", Equal(assets, "USDT", RuleOf(row["rule"]), $"costs: {{ fee: {fee} bps }}"));
            string[] lastBar = row["rule"] == "monthly_last_day" ? [] : ["--last-bar", "trades"];
            var json = Cli.Run(["backtest", policy, "--prices", prices, "--from", row["start"], "--to", After(row["end"]), "--fill", "close", "--initial", "free", .. lastBar, "--engine", engine, "--json"]).Json();

            var what = $"{row["portfolio"]}, {row["rule"]}, {row["cost_rate"]}, {engine}";
            Same(row["final_wealth"], json, "multiple", what);
            Same(row["ann_vol_simple_x_sqrt365"], json, "volatility", what);
            Same(row["max_drawdown"], json, "maxDrawdown", what);
            Same(row["total_turnover"], json, "turnover", what);
            Assert.Equal(int.Parse(row["rebalances"], CultureInfo.InvariantCulture), json.GetProperty("rebalances").GetInt32());
        }
    }

    /// <summary>Constant rebalanced portfolios of the online-selection data sets (Li and Hoi), equal weights, every N days without costs.</summary>
    [Theory]
    [InlineData("nyse-o")]
    [InlineData("djia")]
    [InlineData("sp500")]
    public void Uniform_constant_rebalancing_of_price_relatives_ends_where_it_was_computed_to_end(string set)
    {
        var relatives = Repository.RealData($"olps_price_relatives/{set}.csv.gz");
        var expected = Csv(Repository.RealData("olps_price_relatives/expected_final_wealth.csv")).Single(r => r["dataset"] == set);
        using var folder = new TemporaryFolder();
        var (prices, assets) = PriceRelatives.ToPrices(relatives, folder);
        foreach (var (key, rule) in expected.Where(e => e.Key.StartsWith("ucrp_every_", StringComparison.Ordinal)).Select(e => (e.Key, $"[ {{ every: {e.Key[11..]} days }} ]")).Append(("uniform_buy_and_hold", "[]")))
        {
            var policy = folder.File("policy.yaml", Equal(assets, "USD", rule, ""));
            var json = Cli.Run("backtest", policy, "--prices", prices, "--fill", "close", "--initial", "free", "--last-bar", "trades", "--json").Json();
            Same(expected[key], json, "multiple", $"{set} {key}");
        }
    }

    private static string RuleOf(string rule) => rule switch
    {
        "buy_and_hold" => "[]",
        "daily" => "[ { every: day } ]",
        "monthly_last_day" => "[ { every: month } ]",
        "abs_band_5pp" => "[ { drift: 5% } ]",
        "rel_band_25pct" => "[ { drift: 25% of target } ]",
        _ => throw new ArgumentException(rule),
    };

    private static string Equal(string[] assets, string unit, string rule, string costs) =>
        $"version: 1\nname: reference\nbase: {unit}\ntargets:\n  weights: {{ {string.Join(", ", assets.Select(a => $"{a}: 1/{assets.Length}"))} }}\nrebalance:\n  when: {rule}\n{costs}\n";

    private static void Same(string expected, JsonElement json, string key, string what)
    {
        var (want, have) = (double.Parse(expected, CultureInfo.InvariantCulture), json.GetProperty(key).GetDouble());
        Assert.True(Math.Abs(have - want) <= Printed * Math.Max(Math.Abs(want), 1e-3), $"{what}: {key} {have:R}, expected {expected}");
    }

    private static string After(string date) => DateOnly.Parse(date, CultureInfo.InvariantCulture).AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Dictionary<string, string>[] Csv(string path)
    {
        var lines = File.ReadAllLines(path);
        var heads = lines[0].Split(',');
        return [.. lines.Skip(1).Where(l => l.Length > 0).Select(l => heads.Zip(l.Split(',')).ToDictionary(x => x.First, x => x.Second))];
    }
}
