using Ballast.Numerics.Options;

namespace Ballast.Tests.Numerics.Options;

[Trait("Category", "Vectors")]
public class OptionVectorTests
{
    [Fact]
    public void Prices_and_all_Greeks_on_a_spot_agree()
    {
        foreach (var x in OptionRow.Read("bsm.csv"))
            Same(x, BlackScholes.OnSpot(x.Kind, x["S"], x["K"], x["T_years"], x["r"], x["q"], x["sigma"]), x["S"],
                ["price", "delta", "gamma", "vega", "theta", "rho", "phi", "vanna", "volga", "charm", "speed", "color", "zomma"]);
    }

    [Fact]
    public void Prices_and_all_Greeks_on_a_forward_agree()
    {
        foreach (var x in OptionRow.Read("black76.csv"))
            Same(x, BlackScholes.OnForward(x.Kind, x["F"], x["K"], x["T_years"], x["r"], x["sigma"]), x["F"],
                ["price", "delta_F", "gamma_F", "vega", "theta_fixedF", "rho", null, "vanna_F", "volga", "charm_F", "speed_F", "color_F", "zomma_F"]);
    }

    [Fact]
    public void Coin_settled_options_agree()
    {
        foreach (var x in OptionRow.Read("inverse_options.csv"))
        {
            var (value, forward) = (BlackScholes.CoinSettledOnForward(x.Kind, x["F"], x["K"], x["T_years"], 0, x["sigma"]), x["F"]);
            x.Expect("price_coin", value.Price, 1);
            x.Expect("dVcoin_dF", value.Delta, 1 / forward);
            x.Expect("d2Vcoin_dF2", value.Gamma, 1 / forward / forward);
            x.Expect("delta_net_transaction", value.Delta * forward, 1);
            x.Expect("delta_black", value.Delta * forward + value.Price, 1);
            x.Expect("vega_coin_per_volpoint", value.Vega / 100, 1);
            Assert.True(Math.Abs(value.Theta / 365) >= Math.Abs(x["theta_coin_per_day"]) * (1 - 1e-12), x.Id);
        }
    }

    /// <summary>An exchange's own marks and Greeks, in its units; the tolerances are the rounding of what it printed and the seconds between its fields.</summary>
    [Fact]
    public void An_exchange_prints_the_same()
    {
        foreach (var x in OptionRow.Read("deribit_tickers.csv"))
        {
            var (forward, years) = (x["underlying_price"], (x["expiry_s"] - x["timestamp_s"]) / 31_536_000);
            var black = BlackScholes.OnForward(x.Kind, forward, x["K"], years, 0, x["mark_iv"]);
            var spot = BlackScholes.OnSpot(x.Kind, forward, x["K"], years, 0, 0, x["mark_iv"]);
            Assert.Equal(x["published_mark_coin"], black.InCoin(forward).Price, 2.5e-4);
            Assert.Equal(x["published_delta"], black.Delta, 1e-5);
            Assert.Equal(x["published_vega"], black.Vega / 100, 2e-3);
            Assert.Equal(x["published_theta"], black.Theta / 365, 1.5e-3);
            Assert.Equal(x["published_rho"], spot.Rho / 100, 1e-2);
        }
    }

    /// <summary>The bound of the specification, in units of 2⁻⁵³ max(1, κ), against the 60-digit volatility of the very double that is given.</summary>
    [Fact]
    public void Implied_volatilities_are_as_good_as_the_price_allows()
    {
        var errors = OptionRow.Read("implied_vol.csv").Select(x =>
        {
            var found = ImpliedVolatility.Of(x.Kind, x["F"], x["K"], x["T_years"], x["price_undiscounted"]);
            Assert.True(found.Volatility is not null, $"{x.Id}: {found}");
            return Math.Abs(found.Volatility.Value / x["sigma"] - 1) * Math.Pow(2, 53) / Math.Max(1, x["condition_p_over_sigma_vega"]);
        }).ToArray();
        Assert.True(errors.Max() <= 64, $"at most {errors.Max():F1}, on average {errors.Average():F1}");
        Assert.True(errors.Average() <= 8, $"at most {errors.Max():F1}, on average {errors.Average():F1}");
    }

    private static void Same(OptionRow x, OptionValue value, double scale, string?[] columns)
    {
        double[] numbers = [value.Price, value.Delta, value.Gamma, value.Vega, value.Theta, value.Rho, value.Phi, value.Vanna, value.Volga, value.Charm, value.Speed, value.Color, value.Zomma];
        for (var i = 0; i < columns.Length; i++)
            if (columns[i] is { } column) x.Expect(column, numbers[i], i is 0 or 3 or 4 or 5 or 6 or 8 ? scale : i is 2 or 10 or 11 or 12 ? 1 / scale : 1);
    }
}
