using System.Globalization;
using System.Text.Json;

namespace Ballast.Tests.App.Commands;

/// <summary>The hedge of the options trader's example through the command line: what it prints for programs, and what is said of bad input.</summary>
[Collection(Terminal.Alone)]
public sealed class HedgeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public HedgeTests() => Assert.Equal(0, Terminal.Run("init", _folder.Path, "--options").ExitCode);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_example_is_hedged_to_the_edge_of_its_band()
    {
        var run = Terminal.Run("hedge", At("vol-book.yaml"), "--book", At("book.csv"), "--chain", At("chain.csv"), "--json", "--exit-code");
        var json = JsonDocument.Parse(run.Out).RootElement;

        Assert.Equal(10, run.ExitCode);
        Assert.Equal("coin", json.GetProperty("numeraire").GetString());
        var (trade, band) = (Assert.Single(json.GetProperty("trades").EnumerateArray()), json.GetProperty("band"));
        Assert.Equal(("BTC-PERPETUAL", "buy", "USD"), (trade.GetProperty("instrument").GetString(), trade.GetProperty("side").GetString(), trade.GetProperty("amountIn").GetString()));
        var (before, after) = (Counted(json, "exposureBefore"), Counted(json, "exposureAfter"));
        Assert.True(before < band.GetProperty("low").GetDouble());
        Assert.InRange(after, band.GetProperty("low").GetDouble() - 2e-4, band.GetProperty("low").GetDouble() + 2e-4);
        Assert.Equal(before + trade.GetProperty("delta").GetDouble(), after, 1e-4);
        Assert.Equal(decimal.Parse(json.GetProperty("expectedCost").GetString()!, CultureInfo.InvariantCulture), Money(trade, "fee") + Money(trade, "slippage"));
    }

    /// <summary>The band of the example again, from its formula and the figures that the command prints.</summary>
    [Fact]
    public void The_band_of_least_cost_is_the_published_formula()
    {
        var json = Hedge(At("vol-book.yaml"));
        var x = json.GetProperty("exposureBefore");
        var (index, equity, gamma) = ((double)Money(x, "index"), x.GetProperty("equity").GetDouble(), x.GetProperty("greeks").GetProperty("gammaCoinsPer1Pct").GetDouble());
        var lambda = 0.0005 + 0.5 / 95_162 * 1.0; // Five basis points, and half of a spread of one dollar.

        var half = Math.Cbrt(1.5 * lambda * index * Math.Pow(gamma * 100 / index, 2) / (3 / (equity * index)));

        Assert.Equal(half, json.GetProperty("band").GetProperty("half").GetDouble(), 1e-4);
    }

    [Fact]
    public void Margin_is_relieved_before_anything_is_hedged()
    {
        var policy = File.ReadAllText(At("vol-book.yaml")).Replace("aim: 40%, act: 60%", "aim: 3%, act: 5%");
        var json = Hedge(_folder.File("tight.yaml", policy));

        Assert.Empty(json.GetProperty("trades").EnumerateArray());
        Assert.InRange(json.GetProperty("relief").EnumerateArray().Last().GetProperty("use").GetDouble(), 0, 0.0301);
    }

    [Fact]
    public void A_stop_that_the_hedge_would_break_refuses_it()
    {
        var policy = File.ReadAllText(At("vol-book.yaml")).Replace("aim: 40%, act: 60%, stop: 80%", "aim: 4%, act: 8%, stop: 9%").Replace("vega: -1500 USD..1500 USD", "vega: free").Replace("    - { drift: 400 USD, of: vega }\n", "").Replace("band: least-cost", "band: 0.1 BTC").Replace("  riskAversion: 3\n", "");
        var book = _folder.File("calm.csv", "instrument,quantity\nBTC,12\nBTC-PERPETUAL,-38000\nBTC-25DEC26-110000-C,-9\n");
        var run = Terminal.Run("hedge", _folder.File("stop.yaml", policy.Replace("delta: 0 BTC", "delta: 5 BTC")), "--book", book, "--chain", At("chain.csv"), "--json");

        Assert.Equal(3, run.ExitCode);
        Assert.Equal("MARGIN_STOP", JsonDocument.Parse(run.Out).RootElement.GetProperty("refused").GetProperty("code").GetString());
    }

    /// <summary>The search for the cheapest lots knows the margin engine: with a stop below what the cheapest hedge would use it finds a dearer one that keeps to it.</summary>
    [Fact]
    public void A_hedge_of_vega_keeps_to_the_stop_by_paying_more()
    {
        var policy = File.ReadAllText(At("vol-book.yaml")).Replace("vega: -1500 USD..1500 USD", "vega: -100 USD..100 USD").Replace("  to: band-edge\n", "  to: band-edge\n  legs: together\n");
        var book = _folder.File("long.csv", "instrument,quantity\nBTC,2\nBTC-26MAR27-105000-C,12\nBTC-26MAR27-85000-P,12\n");
        JsonElement Under(string stop) => Terminal.Run("hedge", _folder.File($"v{stop}.yaml", policy.Replace("aim: 40%, act: 60%, stop: 80%", $"aim: 9%, act: 15%, stop: {stop}%").Replace("above: 60%", "above: 99%")), "--book", book, "--chain", At("chain.csv"), "--json").Json();
        static double Use(JsonElement plan) => plan.GetProperty("exposureAfter").GetProperty("marginUse").GetDouble();
        static decimal Cost(JsonElement plan) => Money(plan, "expectedCost");

        var free = Under("90");
        var held = Under("20");

        Assert.InRange(Use(free), 0.25, 0.4);
        Assert.InRange(Use(held), 0.15, 0.2000001);
        Assert.True(Cost(held) > Cost(free), $"{Cost(held)} against {Cost(free)}");
    }

    [Fact]
    public void A_book_that_the_chain_does_not_price_is_refused_by_name()
    {
        var book = _folder.File("blind.csv", "instrument,quantity\nBTC-25DEC26-33000-C,1\n");
        var run = Terminal.Run("hedge", At("vol-book.yaml"), "--book", book, "--chain", At("chain.csv"));

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("has no row of BTC-25DEC26-33000-C (INCOMPLETE)", run.Out);
    }

    [Fact]
    public void A_policy_without_a_hedge_section_is_bad_input()
    {
        Assert.Equal(0, Terminal.Run("init", At("weights")).ExitCode);
        var run = Terminal.Run("hedge", Path.Combine(At("weights"), "core.yaml"), "--book", At("book.csv"), "--chain", At("chain.csv"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("has no `hedge` section", run.Err);
    }

    /// <summary>One policy, one plan: the hedge and the weights come out of one command, and the margin of the book is in it.</summary>
    [Fact]
    public void A_plan_of_weights_takes_the_book_along()
    {
        var (holdings, prices) = (_folder.File("h.csv", "asset,quantity\nBTC,12\n"), _folder.File("p.csv", "timestamp,USD\n2026-11-20,0.0000104\n2026-11-21,0.0000105\n"));
        var json = Terminal.Run("plan", At("vol-book.yaml"), "--holdings", holdings, "--prices", prices, "--book", At("book.csv"), "--chain", At("chain.csv"), "--json").Json();

        Assert.Empty(json.GetProperty("trades").EnumerateArray());
        Assert.Single(json.GetProperty("hedge").GetProperty("trades").EnumerateArray());
        Assert.InRange(json.GetProperty("hedge").GetProperty("exposureAfter").GetProperty("marginUse").GetDouble(), 0.01, 0.2);
    }

    private JsonElement Hedge(string policy) => Terminal.Run("hedge", policy, "--book", At("book.csv"), "--chain", At("chain.csv"), "--json").Json();

    private static double Counted(JsonElement json, string side) => json.GetProperty(side).GetProperty("counted").GetDouble();

    private static decimal Money(JsonElement json, string key) => decimal.Parse(json.GetProperty(key).GetString()!, CultureInfo.InvariantCulture);

    private string At(string name) => Path.Combine(_folder.Path, name);
}
