using Ballast.Numerics.MarketMaking;
using Ballast.Tests.Numerics.Execution;
using Ballast.Tests.Numerics.Options;

namespace Ballast.Tests.Numerics.MarketMaking;

[Trait("Category", "Vectors")]
public class MakerVectorTests
{
    [Fact]
    public void Quotes_before_a_known_end_agree()
    {
        foreach (var x in OptionRow.Read("avellaneda_stoikov.csv"))
        {
            var found = AvellanedaStoikov.Of(new(1, x["k"], x["sigma"]), x["mid"], x["q"], x["gamma"], x["T_minus_t"]).OrThrow();
            foreach (var (column, actual) in (IEnumerable<(string, double)>)[("reservation", found.Reservation), ("spread_total", found.Spread), ("bid", found.Bid), ("ask", found.Ask), ("constant_spread_2_over_g_ln", found.ConstantSpread)])
                DerivativeCases.Near(x[column], actual, 1e-9, column);
        }
    }

    [Fact]
    public void Quotes_within_an_inventory_limit_agree()
    {
        foreach (var x in OptionRow.Read("glft.csv"))
        {
            var market = new MakerMarket(x["A"], x["k"], x["sigma"]);
            var formula = InventoryQuotes.FarFromEnd(market, x["q"], x["gamma"]).OrThrow();
            var exact = InventoryQuotes.Exact(market, (int)x["q"], (int)x["Q"], x["gamma"], x["T_minus_t"]).OrThrow();

            DerivativeCases.Near(x["c1"], Math.Log(1 + x["gamma"] / x["k"]) / x["gamma"], 1e-9, "c1");
            DerivativeCases.Near(x["slope_per_unit_q"], InventoryQuotes.Slope(market, x["gamma"]), 1e-9, "slope");
            DerivativeCases.Near(x["bid_dist_closed_form"], formula.Bid!.Value, 1e-9, "bid");
            DerivativeCases.Near(x["ask_dist_closed_form"], formula.Ask!.Value, 1e-9, "ask");
            Same(x, "bid_dist_exact_ode", exact.Bid);
            Same(x, "ask_dist_exact_ode", exact.Ask);
        }
    }

    private static void Same(OptionRow x, string column, double? actual)
    {
        if (x.Cells[column].StartsWith("no_", StringComparison.Ordinal)) Assert.Null(actual);
        else DerivativeCases.Near(x[column], actual!.Value, 1e-7, column);
    }
}
