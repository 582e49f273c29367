using System.Text.Json;
using Ballast.Numerics.Futures;
using Ballast.Tests.Numerics.Options;

namespace Ballast.Tests.Numerics.Futures;

[Trait("Category", "Vectors")]
public class FuturesVectorTests
{
    [Fact]
    public void Gains_exposures_funding_and_basis_agree()
    {
        foreach (var x in OptionRow.Read("perps_futures.csv"))
        {
            var (size, entry, mark, index) = (x["size(linear coins / inverse USD)"], x["entry"], x["mark"], x["index"]);
            var funding = FundingRate.Of(x["funding_rate_8h"], 8).OrThrow();
            if (x.Cells["kind"] == "inverse") Inverse(x, new(size, entry), mark, funding.ToInverse(size, index, x["hours_held"]));
            else Linear(x, new(size, entry), mark, funding.ToLinear(size, index, x["hours_held"]));
            var basis = Basis.Of(mark, index, x["T_years"]);
            Same(x, "basis_simple", basis.Simple);
            Same(x, "basis_annualised_simple", basis.SimpleAYear);
            Same(x, "basis_annualised_log", basis.LogAYear);
        }
    }

    [Fact]
    public void Funding_rates_of_a_damped_premium_agree()
    {
        foreach (var x in OptionRow.Read("deribit_funding_rate.csv"))
        {
            var rule = new FundingRule.Damped(x["damper"], -x["cap"], x["cap"]);
            var premium = FundingRule.Premium(x["mark"], x["index"]);
            Same(x, "premium", premium);
            Same(x, "uncapped", rule.Uncapped(premium));
            Same(x, "rate_8h", rule.Rate(premium));
            Same(x, "funding_coins_to_account", FundingRate.Of(rule.Rate(premium), 8).OrThrow().ToInverse(x["inverse_position_usd"], x["index"], x["elapsed_ms"] / 3_600_000));
        }
    }

    [Fact]
    public void A_venue_shows_the_delta_of_its_own_example()
    {
        var path = Path.Combine(Repository.Vectors, "derivatives", "verified_extras.json");
        Assert.SkipUnless(File.Exists(path), "needs derivatives/verified_extras.json beside the vectors: set BALLAST_VECTORS");
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        var x = document.RootElement.GetProperty("deribit_settlement_delta");
        double Number(string key) => x.GetProperty(key).GetDouble();
        var window = SettlementWindow.After(Number("minutes_into_window"), Number("window_minutes"), 60_000);
        Assert.Equal(Number("net_delta"), window.ShownNetDelta(Number("delta"), Number("mark_coin")), 1e-12);
    }

    private static void Inverse(OptionRow x, InverseFuture future, double mark, double funding)
    {
        Same(x, "pnl_usd_at_mark", future.Gain(mark));
        Same(x, "pnl_coin", future.GainInCoin(mark));
        Same(x, "funding_pnl(linear USD / inverse coin)", funding);
        Same(x, "inverse_dPnLcoin_dX", future.SlopeInCoin(mark));
        Same(x, "delta_coins_exposure(=size/X inverse)", future.Coins(mark));
        Same(x, "dPnLusd_dX_coins", future.CoinsWithGain);
        Same(x, "inverse_d2PnLcoin_dX2", future.CurvatureInCoin(mark));
    }

    private static void Linear(OptionRow x, LinearFuture future, double mark, double funding)
    {
        Same(x, "pnl_usd_at_mark", future.Gain(mark));
        Same(x, "pnl_coin", future.GainInCoin(mark));
        Same(x, "funding_pnl(linear USD / inverse coin)", funding);
        Same(x, "delta_coins_exposure(=size/X inverse)", future.Quantity);
        Same(x, "dPnLusd_dX_coins", future.Quantity);
    }

    /// <summary>Within 1e-12 relative; an empty cell is no value. Prices of two decimals leave differences of them no more: there the bound is on the terms.</summary>
    private static void Same(OptionRow x, string column, double? actual)
    {
        if (x.Cells[column].Length == 0) Assert.Null(actual);
        else Assert.True(Math.Abs(actual!.Value - x[column]) <= 1e-12 * Math.Abs(x[column]), $"{x.File}: {x.Id}.{column}: {actual:R}, expected {x.Cells[column]}");
    }
}
