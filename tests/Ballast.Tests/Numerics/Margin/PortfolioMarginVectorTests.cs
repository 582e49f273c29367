using System.Text.Json;
using Ballast.Numerics.Derivatives;
using Ballast.Numerics.Margin;

namespace Ballast.Tests.Numerics.Margin;

[Trait("Category", "Vectors")]
public class PortfolioMarginVectorTests
{
    /// <summary>In coin, as the specification of the vectors says.</summary>
    private const double Coin = 1e-9;

    [Fact]
    public void A_coin_account_needs_what_the_reference_says()
    {
        foreach (var item in MarginVectors.Json("margin_deribit_pm.json").EnumerateArray()) Case(item);
    }

    private static void Case(JsonElement item)
    {
        var (name, index, expected) = (item.GetProperty("name").GetString()!, item.Number("index"), item.GetProperty("expected"));
        var book = new ScenarioBook(MarginVectors.Rules(item.GetProperty("params")), CountedIn.Coin, index, [.. item.GetProperty("positions").EnumerateArray().Select(p => MarginVectors.Inverse(p, index))]);
        var margin = book.Margin;
        var standard = expected.GetProperty("standard_pnl_coin_down_same_up").EnumerateArray().SelectMany(b => b.EnumerateArray()).Select(x => x.GetDouble()).ToArray();
        Same(standard, margin.Gains[..27], name);
        Same(expected.Numbers("extended_raw_scaled_coin"), margin.Gains[27..], name + ", far");
        Same(expected.Numbers("extended_after_dampener_coin"), margin.Counted[27..], name + ", dampened");
        Near("worst_case_rounded_9dp", margin.Scan);
        Near("roll_shock", margin.Roll);
        Near("delta_shock", margin.Liquidity);
        Near("initial_margin", margin.Risk);
        Near("initial_margin", margin.Initial);
        Near("maintenance_margin", margin.Maintenance);
        if (item.TryGetProperty("official", out var official)) Official(official, margin);

        void Near(string key, double actual) => MarginVectors.Near(expected.Number(key), actual, 0, Coin, $"{name}: {key}");
    }

    /// <summary>Exact to the printed digits.</summary>
    private static void Official(JsonElement official, ScenarioMargin margin)
    {
        Assert.Equal(official.Number("worst_case"), -margin.Counted[margin.Worst], 1e-16);
        Assert.Equal(official.Number("roll_shock"), margin.Roll, 1e-16);
        Assert.Equal(official.Number("risk_matrix_margin"), margin.Risk, 1e-16);
        Assert.Equal(official.Number("maintenance_margin"), margin.Maintenance, 1e-16);
        Assert.Equal(official.Number("initial_margin"), margin.InitialWith(official.Number("mmp_margin") + official.Number("open_orders_margin")));
    }

    /// <summary>Several underlyings in one account counted in dollars: what each loses is added, coin collateral moves with its coin, and the haircut is in initial margin only.</summary>
    [Fact]
    public void A_cross_account_needs_what_was_captured()
    {
        var extras = MarginVectors.Json("verified_extras.json").GetProperty("deribit_cross_portfolio_margin");
        var p = extras.GetProperty("params");
        foreach (var item in extras.GetProperty("cases").EnumerateArray().Where(c => c.TryGetProperty("risk_matrix_margin_usd", out _)))
        {
            var eth = Unit(p.GetProperty("price_range").Number("eth_usd"), p,
            [
                new(LegKind.InverseFuture, item.Number("inverse_eth_perp_usd"), 1), new(LegKind.LinearFuture, item.Number("linear_eth_usd"), 1), new(LegKind.Coin, item.Number("eth_equity_usd~"), 1),
            ]);
            var btc = Unit(p.GetProperty("price_range").Number("btc_usd"), p, [new(LegKind.Coin, item.Number("btc_equity_usd~"), 1)]);
            var risk = eth.Risk + btc.Risk;
            MarginVectors.Near(item.Number("risk_matrix_margin_usd"), risk, 0, item.Number("tolerance_usd"), item.GetProperty("id").GetString()!);
            MarginVectors.Near(item.Number("maintenance_margin_usd"), eth.Maintenance + btc.Maintenance, 0, item.Number("tolerance_usd"), item.GetProperty("id").GetString()!);
        }
    }

    /// <summary>Prices of one: a quantity is then its value in money.</summary>
    private static ScenarioMargin Unit(double range, JsonElement p, Leg[] legs) => new ScenarioBook(
        new(ScenarioRules.Grid(range, 4, []), VolatilityRule.None) { Roll = new(0, p.Number("min_annualised_move_eth")), MaintenanceFactor = p.Number("mm_factor") }, CountedIn.Money, 1, legs).Margin;

    private static void Same(double[] expected, ReadOnlySpan<double> actual, string where)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) MarginVectors.Near(expected[i], actual[i], 0, Coin, $"{where}[{i}]");
    }
}
