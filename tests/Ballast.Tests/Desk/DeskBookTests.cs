using System.Globalization;
using System.Text.Json.Nodes;
using Ballast.App.Examples;
using Ballast.Tests.App;

namespace Ballast.Tests.Serving;

/// <summary>What the desk says of a derivatives book is what the verbs print.</summary>
public sealed class DeskBookTests : IClassFixture<DeskProcess>
{
    private const string Book = "/api/v1/portfolios/vol-book/book", Put = "BTC-25DEC26-80000-P", Call = "BTC-25DEC26-120000-C";

    private readonly DeskProcess _desk;

    public DeskBookTests(DeskProcess desk)
    {
        _desk = desk;
        foreach (var file in Example.OfOptions()) desk.File(file.Name, file.Text);
    }

    private Visitor Vera => _desk.As("vera");

    private string[] Files => [Path.Combine(_desk.Folder.Path, "book.csv"), "--chain", Path.Combine(_desk.Folder.Path, "chain.csv"), "--json"];

    private static JsonNode Printed(params string[] args) => JsonNode.Parse(Cli.Run(args).Out)!;

    private static void Same(JsonNode? expected, JsonNode? actual) => Assert.True(JsonNode.DeepEquals(expected, actual), $"{expected}\n\n{actual}");

    [Fact]
    public void The_exposures_are_those_of_the_command_line() => Same(Printed(["exposure", .. Files]), Vera.Get(Book).Json["exposure"]);

    [Fact]
    public void The_margin_is_that_of_the_command_line() => Same(Printed(["margin", .. Files, "--preset", "deribit-pm", "--unwind", "0"]), Vera.Get(Book).Json["margin"]);

    [Theory]
    [InlineData("coin")]
    [InlineData("money")]
    public void The_hedge_is_that_of_the_command_line(string numeraire)
    {
        var policy = _desk.File("counted.txt", File.ReadAllText(Path.Combine(_desk.Folder.Path, "vol-book.yaml")).Replace("numeraire: coin", $"numeraire: {numeraire}"));
        Same(Printed(["hedge", policy, "--book", .. Files]), Vera.Get($"{Book}?numeraire={numeraire}").Json["hedge"]);
    }

    [Fact]
    public void A_what_if_has_the_margin_of_the_same_legs_on_the_command_line() =>
        Same(Printed(["margin", .. Files, "--preset", "deribit-pm", "--add", $"{Put}=15", "--add", "BTC-PERPETUAL=-50000"]), Far((Put, "15"), ("BTC-PERPETUAL", "-230000"))["margin"]);

    [Fact]
    public void Only_who_asks_for_it_waits_for_the_liquidation()
    {
        var (near, far) = (WhatIf((Put, "15")).Json["margin"]!.AsObject(), Far((Put, "15"))["margin"]!.AsObject());
        Assert.False(near.ContainsKey("liquidation"));
        far.Remove("liquidation");
        Same(far, near);
    }

    [Fact]
    public void A_what_if_of_what_is_held_changes_nothing()
    {
        var (now, then) = (Vera.Get(Book).Json, WhatIf(("BTC-PERPETUAL", "-180000")).Json);
        Same(now["exposure"], then["exposure"]);
        Assert.Empty(then["legs"]!.AsArray());
    }

    /// <summary>A perpetual settled in coin has a delta of its money over its price, and nothing else.</summary>
    [Fact]
    public void More_of_the_perpetual_moves_delta_by_its_coins_and_no_other_sensitivity()
    {
        var (now, then) = (Of(Vera.Get(Book)), Of(WhatIf(("BTC-PERPETUAL", "-170000"))));
        Assert.Equal(10_000 / 95_162.0, (double)then["delta"]!["total"]! - (double)now["delta"]!["total"]!, 1e-9);
        Same(now["greeks"], then["greeks"]);

        static JsonNode Of(Said said) => said.Json["exposure"]!["underlyings"]![0]!;
    }

    [Fact]
    public void The_grid_is_that_of_the_command_line()
    {
        var printed = Printed(["whatif", .. Files, "--preset", "deribit-pm", "--spot", "-50%..50%:5%", "--vol", "-30%,-20%,-10%,0,10%,20%,30%,45%,60%"]);
        var served = Vera.Get(Book + "/grid").Json;
        Assert.Equal(21 * 9, served["grid"]!.AsArray().Count);
        Same(printed["grid"], served["grid"]);
        foreach (var kind in (string[])["pnl", "margin"])
            Assert.All(Vera.Get($"{Book}/grid?kind={kind}").Json["grid"]!.AsArray().Zip(printed["grid"]!.AsArray()), pair => Assert.All(pair.First!.AsObject(), k => Same(pair.Second![k.Key], k.Value)));
    }

    [Fact]
    public void The_payoff_is_the_gain_of_the_command_line_at_each_price()
    {
        var printed = Printed(["whatif", .. Files, "--preset", "deribit-pm", "--spot", "-50%..50%:1%", "--vol", "0", "--days", "7"])["grid"]!.AsArray();
        var served = Vera.Get(Book + "/payoff?days=7").Json["curves"]![1]!;
        Assert.Equal(printed.Select(c => (double)c!["pnl"]!), served["pnl"]!.AsArray().Select(v => (double)v!), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void The_order_of_the_legs_is_that_of_the_command_line()
    {
        var printed = Printed(["margin", .. Files, "--preset", "deribit-pm", "--add", $"{Put}=15", "--add", $"{Call}=20", "--add", "BTC-PERPETUAL=-50000", "--order", "best", "--limit", "80%"]);
        Same(printed["order"], Vera.Get($"{Book}/plan?with={Put}=15;{Call}=20;BTC-PERPETUAL=-230000").Json["order"]);
    }

    /// <summary>Deltas and vegas of the ladder's cells sum to those of the book.</summary>
    [Fact]
    public void The_cells_of_the_ladder_sum_to_the_book()
    {
        var book = Vera.Get(Book).Json;
        double Sum(string key) => book["ladder"]![0]!["cells"]!.AsArray().Sum(c => (double)c![key]!);
        var greeks = book["exposure"]!["underlyings"]![0]!["greeks"]!;
        Assert.Equal((double)greeks["vegaUsdPerPoint"]!, Sum("vega"), 1e-9);
        Assert.Equal((double)greeks["gammaCoinsPer1Pct"]!, Sum("gamma"), 1e-12);
        Assert.Equal((double)greeks["thetaUsdPerDay"]!, Sum("theta"), 1e-9);
    }

    [Theory]
    [InlineData(Put, "1,234", 400, "BAD_REQUEST")]
    [InlineData(Put, "1e3", 400, "BAD_REQUEST")]
    [InlineData(Put, "", 400, "BAD_REQUEST")]
    [InlineData(Put, "0.05", 422, "NOT_IN_LOTS")]
    [InlineData("BTC-PERPETUAL", "-180001", 422, "NOT_IN_LOTS")]
    [InlineData("BTC-99XYZ26-1-P", "1", 422, "NO_SUCH_CONTRACT")]
    public void What_no_venue_would_take_is_refused_with_its_reason(string instrument, string quantity, int status, string code)
    {
        Assert.Equal((status, code), WhatIf((instrument, quantity)) is var a ? (a.Code, a.Problem) : default);
        Assert.Equal((status, code), Vera.Get($"{Book}/plan?with={instrument}={quantity}") is var b ? (b.Code, b.Problem) : default);
    }

    [Fact]
    public void A_contract_that_nobody_quotes_leaves_margin_unknown_with_the_reason()
    {
        var margin = WhatIf(("BTC-25JUN27-80000-P", "1")).Json["margin"]!;
        Assert.Equal("MARK_MISSING", (string?)margin["refused"]!["code"]);
    }

    [Fact]
    public void A_portfolio_without_derivatives_says_so() => Assert.Equal((404, "NO_BOOK"), Vera.Get("/api/v1/portfolios/core/book") is var a ? (a.Code, a.Problem) : default);

    [Fact]
    public void A_book_without_its_chain_says_what_to_put_where()
    {
        using var other = new DeskProcess();
        foreach (var file in Example.OfOptions().Where(f => f.Name != "chain.csv")) other.File(file.Name, file.Text);
        var answer = other.As("vera").Get(Book);
        Assert.Equal((422, "FILES_WRONG"), (answer.Code, answer.Problem));
        Assert.Contains("vol-book.chain.csv", (string)answer.Json["detail"]!);
    }

    [Fact]
    public void A_fault_in_the_book_is_shown_with_its_place()
    {
        using var other = new DeskProcess();
        foreach (var file in Example.OfOptions()) other.File(file.Name, file.Text.Replace("BTC-25DEC26-110000-C,-20,", "BTC-25DEC26-110000-C,minus twenty,"));
        var fault = Assert.Single(other.As("vera").Get(Book).Json["faults"]!.AsArray());
        Assert.Equal(4, (int)fault!["line"]!);
    }

    [Fact]
    public void The_overview_counts_a_book_by_its_hedge()
    {
        var row = Vera.Get("/api/v1/overview").Json["items"]!.AsArray().Single(r => (string?)r!["id"] == "vol-book")!;
        var hedge = Vera.Get(Book).Json["hedge"]!;
        Assert.Equal(("Out of band", (string?)hedge["reason"]), ((string?)row["state"], (string?)row["reason"]));
        Assert.Equal((double)hedge["exposureBefore"]!["marginUse"]!, (double)row["marginUse"]!, 1e-12);
        Assert.Equal((double)hedge["exposureBefore"]!["equity"]!, double.Parse((string)row["value"]!, CultureInfo.InvariantCulture), 1e-8);
    }

    private JsonNode Far(params (string Instrument, string Quantity)[] wished) =>
        Vera.Post(Book + "/whatif", new JsonObject { ["quantities"] = new JsonObject(wished.Select(w => KeyValuePair.Create(w.Instrument, (JsonNode?)w.Quantity))), ["far"] = true }).Json;

    private Said WhatIf(params (string Instrument, string Quantity)[] wished) =>
        Vera.Post(Book + "/whatif", new JsonObject { ["quantities"] = new JsonObject(wished.Select(w => KeyValuePair.Create(w.Instrument, (JsonNode?)w.Quantity))) });
}
