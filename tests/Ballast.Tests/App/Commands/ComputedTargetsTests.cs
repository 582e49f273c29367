using System.Globalization;
using System.Text;
using System.Text.Json;
using Ballast.Numerics.Clustering;
using Ballast.Numerics.Convex;
using Ballast.Numerics.Linear;
using Ballast.Numerics.Online;
using Ballast.Numerics.Optimisation;
using Ballast.Numerics.Random;
using Ballast.Numerics.Statistics;

namespace Ballast.Tests.App.Commands;

/// <summary>Computed targets through the program as a user runs it, against the numerics called directly on the same window of prices.</summary>
public sealed class ComputedTargetsTests : IDisposable
{
    private const int Days = 420, Lookback = 365;

    private static readonly string[] Names = ["ADA", "BTC", "ETH", "SOL", "XRP"];

    private readonly TemporaryFolder _folder = new();

    private static double[,] Closes { get; } = MakeCloses();

    private static Matrix Returns { get; } = Algebra.Filled(Lookback, Names.Length, (t, i) => Closes[Days - Lookback + t, i] / Closes[Days - Lookback + t - 1, i] - 1);

    private static Matrix Covariance { get; } = LedoitWolf.ConstantCorrelation(Returns).Covariance;

    private static Limits Any { get; } = Limits.LongOnlyOf(Names.Length);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Minimum_variance() => Near(MeanVariance.MinVariance(Curvature.Dense(Covariance), Any).OrThrow().Weights, "method: minVariance");

    [Fact]
    public void Risk_budgets() => Near(RiskBudget.Solve(Covariance, [0.1, 0.4, 0.3, 0.1, 0.1]).OrThrow().Weights, "method: riskBudget, budgets: { BTC: 40%, ETH: 30%, SOL: 10%, XRP: 10%, ADA: 10% }");

    [Fact]
    public void Hierarchical_risk_parity() => Near(HierarchicalRiskParity.Of(Covariance).OrThrow().Weights, "method: hrp");

    [Fact]
    public void The_highest_Sharpe_ratio_falls_back_where_nothing_pays_more_than_cash()
    {
        Assert.All(ExpectedReturns.Arithmetic(Returns).OrThrow(), m => Assert.True(m * 365 < 1));
        var status = Near(MeanVariance.MinVariance(Curvature.Dense(Covariance), Any).OrThrow().Weights, "method: maxSharpe, riskFree: 100%, fallback: [minVariance]");
        var from = Assert.Single(status.GetProperty("targetsFrom").EnumerateArray()).GetString();
        Assert.StartsWith("ADA, BTC, ETH, SOL, XRP by minVariance, from 365 returns", from);
        Assert.Contains("maxSharpe was refused", from);
    }

    [Fact]
    public void Views_are_blended_into_the_equilibrium()
    {
        var views = ViewUncertainty.Idzorek(Covariance, 0.05, Algebra.Filled(2, 5, (k, i) => k == 0 ? i == 2 ? 1 : 0 : i == 2 ? 1 : i == 1 ? -1 : 0), [0.3 / 365, 0.05 / 365], [0.5, 0.25]).OrThrow();
        var blended = BlackLitterman.Of(Covariance, [0.05, 0.6, 0.2, 0.1, 0.05], 2.5, 0.05, views).OrThrow();
        Near(MeanVariance.MaxUtility(Curvature.Dense(blended.Covariance), blended.Mean, 3, Any).OrThrow().Weights,
            "method: maxUtility, riskAversion: 3, market: { BTC: 60%, ETH: 20%, SOL: 10%, XRP: 5%, ADA: 5% }, views: [ { of: ETH, return: 30%, confidence: 50% }, { of: ETH, over: BTC, return: 5%, confidence: 25% } ]");
    }

    [Fact]
    public void Equal_parts_are_scaled_to_a_volatility()
    {
        var volatility = PortfolioRisk.Volatility(ClosedForm.Equal(5), Covariance) * Math.Sqrt(365);
        Assert.True(volatility > 0.1);
        var status = Near([.. ClosedForm.Equal(5).Select(w => w * 0.1 / volatility)], "method: equalWeight, scaleTo: { volatility: 10%, max: 1x }");
        Assert.Contains("for a volatility of 10 % a year, and the rest in cash", status.GetProperty("targetsFrom")[0].GetString());
    }

    [Fact]
    public void Half_of_Kelly_leaves_the_other_half_in_cash() =>
        Near([.. Growth.Kelly(Returns, 0, Any).OrThrow().Weights.Select(w => w / 2)], "method: kelly, fraction: 50%");

    [Fact]
    public void An_online_rule_learns_over_the_look_back() => Near(
        OnlineRun.Of(Algebra.Filled(Lookback, 5, (t, i) => 1 + Returns[t, i]), new MovingAverageReversion(5)).OrThrow().Weights, "method: movingAverageReversion");

    [Fact]
    public void Limits_are_kept_inside_the_optimisation()
    {
        var limits = Limits.Between(5, 0.1, 0.3) with { Rows = [.. LinearLimit.Group("majors", 5, [1, 2], 0, 0.35)] };
        Near(MeanVariance.MinVariance(Curvature.Dense(Covariance), limits).OrThrow().Weights, "method: minVariance", "limits: { weights: { each: 10%..30% }, groups: [ { of: [BTC, ETH], share: 0%..35% } ] }\n");
    }

    [Fact]
    public void A_sleeve_has_its_share_of_what_was_computed()
    {
        var inner = MeanVariance.MinVariance(Curvature.Dense(Covariance), Any).OrThrow().Weights;
        var status = Status(File("sleeves: { calm: { share: 40%, weights: { USDT: 100% } }, coins: { share: 60%, compute: { method: minVariance, assets: [XRP, SOL, ETH, BTC, ADA] } } }", ""));
        for (var i = 0; i < 5; i++) Assert.Equal(0.6 * inner[i], TargetOf(status, Names[i]), 1e-9);
    }

    [Fact]
    public void Too_few_returns_are_said_and_nothing_is_traded()
    {
        var short_ = _folder.File("short.csv", string.Join('\n', Table().Split('\n').Take(16)) + "\n");
        var status = Status(File("compute: { method: minVariance, assets: [BTC, ETH] }", ""), short_);
        Assert.Equal("the targets are not known: the computed targets need at least 20 returns common to BTC, ETH", status.GetProperty("reason").GetString());
        Assert.False(status.GetProperty("due").GetBoolean());
    }

    [Fact]
    public void A_plan_a_story_and_a_back_test_say_where_targets_come_from()
    {
        var file = File("compute: { method: hrp, assets: [BTC, ETH, SOL], renew: month, lookback: 90d }", "costs: { fee: 10 bps }\n");
        const string from = "BTC, ETH, SOL by hrp, from 90 returns with ledoitWolfConstantCorrelation covariance";
        var plan = Cli.Run("plan", file, "--holdings", Holdings(), "--prices", Prices(), "--now");
        Assert.Contains($"Targets: {from}.", plan.Out);
        Assert.Contains($"The targets are computed: {from}.", Cli.Run("explain", file, "--holdings", Holdings(), "--prices", Prices(), "--now").Out);
        var test = Cli.Run("backtest", file, "--prices", Prices(), "--json").Json();
        Assert.Equal(from, test.GetProperty("targetsFrom")[0].GetString());
        Assert.True(test.GetProperty("rebalances").GetInt32() > 3);
    }

    [Fact]
    public void Methods_and_look_backs_can_be_swept()
    {
        var file = File("compute: { method: hrp, assets: [BTC, ETH, SOL], lookback: 90d }", "");
        var sweep = Cli.Run("sweep", file, "--prices", Prices(), "--vary", "method=hrp,minVariance", "--vary", "lookback=30d,90d", "--json").Json();
        Assert.Equal(4, sweep.GetProperty("runs").GetInt32());
        Assert.Contains("`targetReturn` has to be told what to aim at", Cli.Run("sweep", file, "--prices", Prices(), "--vary", "method=targetReturn").Err);
    }

    [Fact]
    public void A_file_is_read_back_with_its_fallbacks()
    {
        var check = Cli.Run("check", File("compute: { method: maxSharpe, assets: [BTC, ETH], covariance: oas, fallback: [minVariance, equalWeight] }", ""));
        Assert.Contains(
            "Hold the mix of BTC and ETH with the highest return for its volatility over 365 days, expecting the mean of the past (covariance: oas), computed anew at the end of each month; where that is impossible, minVariance, then equalWeight.", check.Out);
    }

    /// <summary>60/40 of the grammar: BTC and ETH share the risk of their 15 % in halves, which for two assets is inverse volatility, and BTC may have 12 % at most.</summary>
    [Fact]
    public void A_sleeve_of_risk_budgets_in_a_tree_with_taxes_and_two_accounts()
    {
        var prices = _folder.File("euro.csv", Table().Replace("ADA,BTC,ETH,SOL,XRP", "AGGH,BTC,ETH,IBCI,VWCE"));
        var holdings = _folder.File("euro-holdings.csv", "asset,quantity,account\nEUR,8000,broker\nEUR,2000,pension\n");
        var plan = Cli.Run("plan", _folder.File("sixty.yaml", Adapters.PolicyFiles.Examples.SixtyForty.Replace("to: band-edge", "to: target")), "--holdings", holdings, "--prices", prices, "--now", "--json").Json();
        var pair = LedoitWolf.ConstantCorrelation(Algebra.Filled(Lookback, 2, (t, i) => Returns[t, i + 1])).Covariance;
        var (btc, eth) = (1 / Math.Sqrt(pair[0, 0]), 1 / Math.Sqrt(pair[1, 1]));
        var assets = plan.GetProperty("after").GetProperty("assets").EnumerateArray()
            .Where(a => a.GetProperty("target").ValueKind == JsonValueKind.Number).ToDictionary(a => a.GetProperty("asset").GetString()!, a => a.GetProperty("target").GetDouble());
        Assert.Equal(0.15 * btc / (btc + eth), assets["BTC"], 1e-9);
        Assert.Equal(0.15 * eth / (btc + eth), assets["ETH"], 1e-9);
        Assert.Equal(0.45, assets["VWCE"], 1e-9);
        Assert.StartsWith("BTC, ETH by riskBudget, from 365 returns", plan.GetProperty("targetsFrom")[0].GetString());
        Assert.True(plan.GetProperty("trades").GetArrayLength() > 0);
    }

    /// <summary>The targets that the program gives, which must be the expected ones.</summary>
    private JsonElement Near(double[] expected, string compute, string more = "")
    {
        var status = Status(File($"compute: {{ {compute}, assets: [XRP, SOL, ETH, BTC, ADA], lookback: {Lookback}d }}", more));
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], TargetOf(status, Names[i]), 1e-9);
        return status;
    }

    private JsonElement Status(string file, string? prices = null) => Cli.Run("status", file, "--holdings", Holdings(), "--prices", prices ?? Prices(), "--json").Json();

    private static double TargetOf(JsonElement status, string asset) =>
        status.GetProperty("assets").EnumerateArray().First(a => a.GetProperty("asset").GetString() == asset).GetProperty("target").GetDouble();

    private string File(string targets, string more) =>
        _folder.File("core.yaml", $"version: 1\nname: core\nbase: USDT\ntargets:\n  {targets}\nrebalance: {{ when: [ {{ every: month }} ] }}\n{more}");

    private string Holdings() => _folder.File("holdings.csv", "asset,quantity\nUSDT,10000\n");

    private string Prices() => _folder.File("prices.csv", Table());

    private static string Table()
    {
        var text = new StringBuilder("timestamp," + string.Join(',', Names) + "\n");
        for (var t = 0; t < Days; t++)
            text.Append(CultureInfo.InvariantCulture, $"{new DateTime(2025, 1, 1).AddDays(t):yyyy-MM-dd},{string.Join(',', Enumerable.Range(0, 5).Select(i => Closes[t, i].ToString(CultureInfo.InvariantCulture)))}\n");
        return text.ToString();
    }

    /// <summary>Seeded; each coin moves with a common factor and on its own, and all of them rise a little.</summary>
    private static double[,] MakeCloses()
    {
        var chance = new Xoshiro256(20260101);
        var closes = new double[Days, 5];
        for (var t = 0; t < Days; t++)
        {
            var common = chance.NextNormal();
            for (var i = 0; i < 5; i++)
                closes[t, i] = t == 0 ? 100 : Math.Round(closes[t - 1, i] * (1 + 0.0004 + 0.01 * (1 + 0.3 * i) * (0.6 * common + 0.8 * chance.NextNormal())), 10);
        }
        return closes;
    }
}
