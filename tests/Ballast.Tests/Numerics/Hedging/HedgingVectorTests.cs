using System.Text.Json;
using Ballast.Numerics.Allocation;
using Ballast.Numerics.Hedging;
using Ballast.Numerics.Options;
using Ballast.Tests.Numerics.Options;
using static Ballast.Tests.Numerics.Hedging.DerivativeVectors;

namespace Ballast.Tests.Numerics.Hedging;

[Trait("Category", "Vectors")]
public class HedgingVectorTests
{
    [Fact]
    public void Bands_agree()
    {
        foreach (var x in OptionRow.Read("hedge_bands.csv"))
        {
            var (long1, value) = (x["position_sign(+1 long)"] > 0, BlackScholes.OnSpot(x.Kind, x["S"], x["K"], x["T_years"], x["r"], 0, x["sigma"]));
            var terms = new HedgeTerms(x["S"], (long1 ? 1 : -1) * value.Gamma, x["sigma"], x["T_years"], x["lambda_one_way"], x["risk_aversion_per_ccy"], x["r"]);
            Same(x, "delta_bs", value.Delta);
            Same(x, "gamma_bs", value.Gamma);
            var half = WhalleyWilmott.HalfWidth(terms);
            Same(x, "ww_half_width", half);
            Same(x, "ww_lower", value.Delta - half);
            Same(x, "ww_upper", value.Delta + half);
            if (x.Cells["zak_sigma"] == "refuse") Assert.IsType<Answer<Zakamouline>.Refused>(Zakamouline.Of(terms));
            else Zakamoulines(x, Zakamouline.Of(terms).OrThrow());
            Same(x, "leland_number_Le", Leland.Number(x["lambda_one_way"], x["sigma"], x["rebalance_dt_years"]));
            foreach (var side in (bool[])[true, false])
            {
                var (column, found) = (side ? "leland_sigma_short" : "leland_sigma_long", Leland.Volatility(x["lambda_one_way"], x["sigma"], x["rebalance_dt_years"], isShort: side));
                if (x.Cells[column] == "refuse") Assert.IsType<Answer<double>.Refused>(found);
                else Same(x, column, found.OrThrow());
            }
        }
    }

    private static void Zakamoulines(OptionRow x, Zakamouline fit)
    {
        Same(x, "zak_H0", fit.Floor);
        Same(x, "zak_H1", fit.Width);
        Same(x, "zak_K", fit.Shift);
        Same(x, "zak_sigma", fit.Volatility);
        var centre = BlackScholes.OnSpot(x.Kind, x["S"], x["K"], x["T_years"], x["r"], 0, fit.Volatility).Delta;
        Same(x, "zak_delta_center", centre);
        Same(x, "zak_lower", centre - fit.HalfWidth);
        Same(x, "zak_upper", centre + fit.HalfWidth);
    }

    [Fact]
    public void Hedging_errors_and_costs_of_a_life_agree()
    {
        foreach (var x in OptionRow.Read("hedge_error_cost.csv"))
        {
            var (steps, option) = ((int)x["N_rebalances"], new DollarGamma(x["S"], x["K"], x["T_years"], x["sigma"]));
            Same(x, "vega", option.Vega);
            Same(x, "std_rule_sqrt_pi_over_4", HedgingError.Rule(option.Vega, x["sigma"], steps));
            Same(x, "std_second_order_sum", Math.Sqrt(HedgingError.Variance(option, steps)));
            Same(x, "expected_cost_sum(excl. open/close)", HedgingCost.OverLife(option with { Drift = x["mu"] }, x["lambda_one_way"], steps));
            Same(x, "expected_cost_closed_form_driftless", HedgingCost.OverLife(option.Vega, x["lambda_one_way"], x["T_years"] / steps));
        }
    }

    [Fact]
    public void Minimum_variance_ratios_agree()
    {
        var x = Read("min_variance.json");
        var (holding, future) = (x.Numbers("r_spot"), x.Numbers("r_fut"));
        var found = MinimumVariance.OfSample(holding, future).OrThrow();
        Near(x.Number("ols_h"), found.Ratio, 1e-9, "ratio");
        Near(x.Number("ols_alpha"), found.Intercept, 1e-9, "intercept");
        Near(x.Number("se_h"), found.StandardError, 1e-9, "standard error");
        Near(x.Number("r2"), found.Effectiveness, 1e-9, "effectiveness");
        Near(x.Number("ewma_h"), MinimumVariance.Weighted(holding, future, x.Number("ewma_lambda")).OrThrow(), 1e-9, "weighted");
    }

    [Fact]
    public void Published_fees_agree()
    {
        foreach (var x in Read("fees_published.json").EnumerateArray())
        {
            var (schedule, trade) = (x.GetProperty("schedule"), x.GetProperty("trade"));
            var fee = new TradingFee(schedule.Number("rate"), schedule.TryGetProperty("cap", out var cap) ? cap.GetDouble() : null);
            var paid = trade.TryGetProperty("notional_usd", out var notional)
                ? fee.OfValue(notional.GetDouble() / trade.Number("px"))
                : fee.OfOption(trade.Number("index", trade.Number("settle", 1)), trade.Number("px", trade.Number("value", 0)), trade.Number("q"));
            Near(x.Number("fee"), paid, 1e-12, x.GetProperty("name").GetString()!);
        }
    }

    /// <summary>Official examples of fees in coin: the rate that each implies is one number for all of them of a product.</summary>
    [Fact]
    public void Official_examples_of_fees_in_coin_are_a_rate_of_the_notional()
    {
        var rates = new Dictionary<string, TradingFee[]>
        {
            ["Deribit weekly future"] = [new(0.0005), new(-0.0001)],
            ["Deribit future/perpetual"] = [new(0.0005), new(0)],
            ["Bybit inverse perpetual"] = [new(0.00055), new(0.0002)],
        };
        foreach (var x in Read("verified_extras.json").GetProperty("fees_official_examples").EnumerateArray())
        {
            var product = $"{x.GetProperty("venue").GetString()} {x.GetProperty("product").GetString()}".Replace("BTC ", "").Replace("ETH ", "");
            var coins = x.Number("notional_usd") / x.Number("price");
            foreach (var (fee, column) in rates[product].Zip((string[])["taker_coin", "maker_coin"]))
                Assert.Equal(double.Parse(x.GetProperty(column).GetString()!), fee.OfValue(coins), 1e-15);
        }
    }

    /// <summary>What the reference says of itself: centre to 0.005, half-width to 10 %.</summary>
    [Fact]
    public void The_exact_band_agrees_with_another_dynamic_programme()
    {
        var x = Read("verified_extras.json").GetProperty("hedge_band_exact");
        foreach (var row in x.GetProperty("coarse").EnumerateArray()) Exact(row, 100, 0.2, row.Number("exact_centre"), row.Number("exact_half"), 240);
        foreach (var row in x.GetProperty("crypto_like").EnumerateArray()) Exact(row, 100, row.Number("sigma"), row.Number("exact_centre"), row.Number("exact_half"), 240);
        foreach (var row in x.GetProperty("converged").EnumerateArray()) Exact(row, 100, 0.2, row.Number("centre"), row.Number("half"), 900);
    }

    private static void Exact(JsonElement row, double spot, double volatility, double centre, double half, int steps)
    {
        var (sign, strike) = (row.GetProperty("position").GetString() == "short" ? -1 : 1, row.Number("K"));
        var terms = new HedgeTerms(spot, 0, volatility, row.Number("T"), row.Number("lam"), row.Number("ra"));
        var found = ExactBand.Of(terms, price => sign * Math.Max(0, price - strike), sign < 0 ? (-0.2, 1.2) : (-1.2, 0.2), steps, 400).OrThrow();
        Assert.True(Math.Abs(-sign * found.Centre - centre) <= 0.005 && Math.Abs(found.HalfWidth / half - 1) <= 0.1, $"{row}: centre {found.Centre:F4}, half {found.HalfWidth:F4}");
    }

    private static void Same(OptionRow x, string column, double actual) => Near(x[column], actual, 1e-12, $"{x.Id}.{column}");
}
