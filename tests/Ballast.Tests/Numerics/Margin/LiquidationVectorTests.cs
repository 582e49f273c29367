using System.Text.Json;
using Ballast.Numerics.Derivatives;
using Ballast.Numerics.Margin;
using Ballast.Tests.Numerics.Options;

namespace Ballast.Tests.Numerics.Margin;

[Trait("Category", "Vectors")]
public class LiquidationVectorTests
{
    [Fact]
    public void Short_options_need_what_the_reference_says()
    {
        foreach (var row in OptionRow.Read("margin_deribit_sm_options.csv"))
        {
            var (underlying, mark, qty) = (row["index(underlying)"], row["mark_coin"], row["qty"]);
            var rules = new StandardMargin(0.15, 0.10, 0.075, default, default);
            var each = qty >= 0 ? default : rules.ShortOption(row.Kind, row["K"], underlying, 1, mark);
            var inMoney = qty >= 0 ? default : rules.ShortOption(row.Kind, row["K"], underlying, underlying, mark * underlying);
            Near(row, "im_per_contract_coin", each.Initial, 0, 1e-12);
            Near(row, "mm_per_contract_coin", each.Maintenance, 0, 1e-12);
            Near(row, "im_coin", each.Initial * Math.Abs(qty), 0, 1e-9);
            Near(row, "mm_coin", each.Maintenance * Math.Abs(qty), 0, 1e-9);
            Near(row, "linear_equivalent_im_usd", inMoney.Initial * Math.Abs(qty), 1e-12, 1e-9);
            Near(row, "linear_equivalent_mm_usd", inMoney.Maintenance * Math.Abs(qty), 1e-12, 1e-9);
        }
    }

    [Fact]
    public void Futures_need_more_the_larger_they_are()
    {
        foreach (var row in OptionRow.Read("margin_deribit_sm_futures.csv"))
        {
            var (initial, maintenance) = row.Cells["underlying"] switch
            {
                "BTC" => (new SizedRate(0.02, 5e-5), new SizedRate(0.01, 5e-5)),
                "SOL_USDC" => (new SizedRate(0.04, 5e-6), new SizedRate(0.02, 5e-6)),
                var other => throw new InvalidOperationException($"no rates of {other}"),
            };
            var rules = new StandardMargin(0, 0, 0, initial, maintenance);
            var (size, price) = (row["size_coins"], row["price"]);
            var inCoin = rules.Of(new Leg(LegKind.InverseFuture, size, price), price);
            var inMoney = rules.Of(new Leg(LegKind.LinearFuture, -size, price), price);
            foreach (var (column, actual) in ((string, double)[])[("im_rate", initial.At(size)), ("mm_rate", maintenance.At(size)), ("im_coins", inCoin.Initial), ("mm_coins", inCoin.Maintenance), ("im_usd", inMoney.Initial), ("mm_usd", inMoney.Maintenance)])
                Near(row, column, actual, 1e-14, 0);
        }
    }

    [Fact]
    public void One_position_by_itself_is_liquidated_there()
    {
        foreach (var row in OptionRow.Read("liquidation_price.csv"))
        {
            var (size, entry, margin) = (row["size(linear coins / inverse USD)"], row["entry"], row["margin(USD / coins)"]);
            var tiers = MaintenanceTiers.Flat(row["mmr"], row["maint_amount_cum"]);
            var found = row.Cells["kind"] == "linear" ? IsolatedLiquidation.Linear(size, entry, margin, tiers) : IsolatedLiquidation.Inverse(size, entry, margin, tiers);
            if (row.Cells["liq_price"] == "none") Assert.Null(found);
            else
            {
                Near(row, "liq_price", found!.Value, 1e-9, 1e-15 * entry);
                Near(row, "move_from_entry", found.Value / entry - 1, 1e-9, 1e-15);
            }
        }
    }

    [Fact]
    public void A_whole_account_is_liquidated_there()
    {
        foreach (var item in MarginVectors.Json("liquidation_cross.json").EnumerateArray())
        {
            var (name, account) = (item.GetProperty("name").GetString()!, Account(item));
            var rate = item.GetProperty("positions").EnumerateArray().Max(p => p.Number("mmr", 0));
            var rules = new StandardMargin(0.15, 0.10, 0.075, default, new(rate, 0));
            var found = LiquidationSearch.Of(account.Headroom(rules));

            MarginVectors.Near(item.Number("equity0"), account.Equity, 1e-12, 0, name);
            MarginVectors.Near(item.Number("mm0"), account.Maintenance(rules), 1e-12, 0, name);
            Same(item, "shock_down_to_liquidation", found.Below);
            Same(item, "shock_up_to_liquidation", found.Above);
        }
    }

    [Fact]
    public void Collateral_counts_in_slices()
    {
        var file = MarginVectors.Json("haircut_tiers.json");
        var slices = new Slices([.. file.GetProperty("tiers").EnumerateArray().Select(t => (t[0].GetDouble(), t[1].GetDouble()))]);
        foreach (var pair in file.GetProperty("cases").EnumerateArray()) MarginVectors.Near(pair[1].GetDouble(), slices.Collateral(pair[0].GetDouble()), 1e-12, 0, $"{pair[0]}");
    }

    [Fact]
    public void A_minimum_charge_grows_in_tiers()
    {
        var okx = MarginVectors.Json("verified_extras.json").GetProperty("okx_portfolio_margin");
        var example = okx.GetProperty("official_example_MR7");
        var tiers = new Slices([.. example.GetProperty("tiers_upper_usd_multiplier").EnumerateArray().Select(t => (t[0].ValueKind == JsonValueKind.Null ? double.PositiveInfinity : t[0].GetDouble(), t[1].GetDouble()))]);

        foreach (var row in okx.GetProperty("MR7_computed_same_tiers").EnumerateArray()) Assert.Equal(row.Number("adjusted"), tiers.Of(row.Number("raw")), 1e-6);
        Assert.Equal(example.Number("MR7_adjusted"), tiers.Of(example.Number("MR7_raw")));
        Assert.Equal(example.Number("MMR"), new CombinedCharge(tiers, 1.3).Of(new(40_000, 0, 0, 0, 0, 0, example.Number("MR7_raw"), 0)).Maintenance);

        var depeg = okx.GetProperty("MR9_example");
        var end = 0.0;
        var slices = new Slices([.. depeg.GetProperty("slices").EnumerateArray().Select(s => (end += s[0].GetDouble(), s[1].GetDouble()))]);
        Assert.Equal(depeg.Number("MR9"), slices.Of(depeg.Number("hedge_usd")), 1e-9);
    }

    private static CrossAccount Account(JsonElement item)
    {
        var spot = item.Number("spot");
        return new(CountedIn.Money, spot, [.. item.GetProperty("positions").EnumerateArray().Select(Leg)],
            [.. item.GetProperty("collateral").EnumerateArray().Select(c => new Collateral(c.Number("amount"), c.Is("asset", "COIN"), Slices.Flat(1 - c.Number("haircut"))))]);
    }

    private static AccountLeg Leg(JsonElement p) => p.GetProperty("type").GetString() switch
    {
        "linear" => AccountLeg.Entered(new(LegKind.LinearFuture, p.Number("qty"), p.Number("mark")), p.Number("entry")),
        "inverse" => AccountLeg.Entered(new(LegKind.InverseFuture, p.Number("usd") / p.Number("mark"), p.Number("mark")), p.Number("entry")),
        _ => AccountLeg.Entered(new(LegKind.LinearOption, p.Number("qty"), p.Number("F"), p.Number("T")) { Right = p.Right(), Strike = p.Number("K"), Volatility = p.Number("sigma") }, 0),
    };

    private static void Same(JsonElement item, string key, double? actual)
    {
        if (item.GetProperty(key).ValueKind == JsonValueKind.Null) Assert.Null(actual);
        else Assert.Equal(item.Number(key), actual!.Value, 1e-9);
    }

    private static void Near(OptionRow row, string column, double actual, double relative, double absolute) =>
        MarginVectors.Near(row[column], actual, relative, absolute, $"{row.File}: {string.Join(',', row.Cells.Values.Take(2))}.{column}");
}
