using System.Globalization;
using System.Text.Json.Nodes;
using Ballast.App.Examples;
using Ballast.Tests.App;

namespace Ballast.Tests.Serving;

/// <summary>The hedge that the desk shows is the one of the verb, in any order that a person asks for, and its trace is the slope of what the account gains.</summary>
public sealed class DeskHedgeTests : IClassFixture<DeskProcess>
{
    private const string Hedge = "/api/v1/portfolios/vega-book/book/hedge";

    private readonly DeskProcess _desk;

    /// <summary>A book that wants vega too, so that its hedge has several legs.</summary>
    public DeskHedgeTests(DeskProcess desk)
    {
        _desk = desk;
        foreach (var file in Example.OfOptions()) desk.File(file.Name, file.Text);
        desk.File("vega-book.yaml", Policy("vega-book", "500 USD..600 USD"));
    }

    private static string Policy(string name, string vega, string stop = "80%") => Example.OfOptions().Single(f => f.Name == "vol-book.yaml").Text
        .Replace("name: vol-book", "name: " + name).Replace("-1500 USD..1500 USD", vega).Replace("stop: 80%", "stop: " + stop);

    private Visitor Vera => _desk.As("vera");

    private string[] Files => [Path.Combine(_desk.Folder.Path, "book.csv"), "--chain", Path.Combine(_desk.Folder.Path, "chain.csv"), "--json"];

    private static JsonNode Printed(params string[] args) => JsonNode.Parse(Cli.Run(args).Out)!;

    private static void Same(JsonNode? expected, JsonNode? actual) => Assert.True(JsonNode.DeepEquals(expected, actual), $"{expected}\n\n{actual}");

    [Theory]
    [InlineData("", "")]
    [InlineData("?anyway=true", "--now")]
    public void The_plan_is_that_of_the_command_line(string query, string more)
    {
        string[] args = ["hedge", Path.Combine(_desk.Folder.Path, "vega-book.yaml"), "--book", .. Files, .. more.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        var (printed, served) = (Printed(args), Vera.Get(Hedge + query).Json);
        Same(printed, served["hedge"]);
        Assert.Equal(4, served["legs"]!.AsArray().Count);
        Assert.Equal(printed["trades"]!.AsArray().Sum(t => Exact(t!["fee"]) + Exact(t["slippage"])), served["legs"]!.AsArray().Sum(l => Exact(l!["cost"])));
        Same(printed["marginPath"]!["best"]!["worst"], served["path"]!["worst"]);
        Assert.Equal(Enumerable.Range(1, 4), served["path"]!["order"]!.AsArray().Select(n => (int)n!));
    }

    /// <summary>The verb, given the legs in that order, says what each step needs.</summary>
    [Theory]
    [InlineData("4,3,2,1")]
    [InlineData("2,4,1,3")]
    public void Any_order_has_the_steps_that_the_command_line_has_for_it(string order)
    {
        var served = Vera.Get($"{Hedge}?order={order}").Json;
        var legs = order.Split(',').Select(n => served["legs"]![int.Parse(n, CultureInfo.InvariantCulture) - 1]!).Select(l => $"{l["instrument"]}={(Exact(l["after"]) - Exact(l["held"])).ToString(CultureInfo.InvariantCulture)}").ToArray();
        var steps = served["path"]!["steps"]!.AsArray();
        var given = Printed(["margin", .. Files, "--preset", "deribit-pm", .. legs.SelectMany(l => new[] { "--add", l }), "--order", "given", "--limit", "80%"])["order"]!["given"]!["steps"]!.AsArray();
        for (var i = 0; i < legs.Length; i++)
        {
            var then = Printed(["margin", .. Files, "--preset", "deribit-pm", .. legs.Take(i + 1).SelectMany(l => new[] { "--add", l })]);
            Assert.Equal(((double)given[i]!["margin"]!, (double)given[i]!["worst"]!, (double)given[i]!["delta"]!), ((double)steps[i]!["initial"]!, (double)steps[i]!["worst"]!, (double)steps[i]!["delta"]!), (a, b) => Near(a.Item1, b.Item1) && Near(a.Item2, b.Item2) && Near(a.Item3, b.Item3));
            Assert.Equal((double)then["maintenance"]! / (double)then["equity"]!, (double)steps[i]!["maintenance"]!, 1e-9);
        }

        static bool Near(double a, double b) => Math.Abs(a - b) < 1e-9;
    }

    /// <summary>Sold naked first, the calls alone need more than the policy allows; covered first, they do not.</summary>
    [Fact]
    public void An_order_that_breaks_the_limit_is_refused_in_words_and_at_its_step()
    {
        _desk.File("near.yaml", Policy("near", "free", "12%").Replace("aim: 40%, act: 60%", "aim: 8%, act: 10%"));
        const string plan = "/api/v1/portfolios/near/book/plan?with=BTC-25DEC26-115000-C=-30;BTC-25DEC26-120000-C=30";
        var (wrong, right) = (Vera.Get(plan + "&order=1,2").Json["path"]!, Vera.Get(plan + "&order=2,1").Json["path"]!);
        Assert.Equal((1, true, false), ((int?)wrong["breaks"], (bool)wrong["steps"]![0]!["over"]!, right["breaks"] is not null));
        Assert.StartsWith("Refused: step 1 would reach", (string?)wrong["says"]);
        Assert.Contains("12.0 %", (string?)wrong["says"]);
        Same(right["order"], Vera.Get(plan).Json["path"]!["order"]);
    }

    [Theory]
    [InlineData("1,2,3")]
    [InlineData("1,2,3,3")]
    [InlineData("0,1,2,3")]
    [InlineData("1,2,3,x")]
    [InlineData("+1,2,3,4")]
    public void An_order_that_does_not_name_each_leg_once_is_refused(string order) => Assert.Equal(400, Vera.Get($"{Hedge}?order={Uri.EscapeDataString(order)}").Code);

    /// <summary>In coin: S ∂(W/S)/∂S, by differences of the payoff at prices one per cent apart.</summary>
    [Fact]
    public void The_trace_is_the_slope_of_the_payoff()
    {
        var (trace, payoff) = (Vera.Get(Hedge).Json["trace"]!, Vera.Get("/api/v1/portfolios/vega-book/book/payoff").Json);
        var (prices, gains) = (Numbers(payoff["prices"]), Numbers(payoff["curves"]![0]!["pnl"]));
        var (at, delta) = (Numbers(trace["prices"]), Numbers(trace["delta"]));
        for (var i = 1; i < at.Length - 1; i++)
        {
            var k = Array.FindIndex(prices, p => Math.Abs(p - at[i]) < 1e-6);
            Assert.Equal(prices[k] * (gains[k + 1] - gains[k - 1]) / (prices[k + 1] - prices[k - 1]), delta[i], 0.02 * Math.Abs(delta[i]) + 0.03);
        }
    }

    [Fact]
    public void The_trace_at_the_price_of_now_is_the_plan()
    {
        var json = Vera.Get(Hedge).Json;
        var (trace, hedge, now) = (json["trace"]!, json["hedge"]!, json["trace"]!["moves"]!.AsArray().Count / 2);
        Assert.Equal((double)hedge["exposureBefore"]!["counted"]!, Numbers(trace["delta"])[now], 1e-9);
        Assert.Equal((double)hedge["exposureAfter"]!["counted"]!, Numbers(trace["hedged"])[now], 1e-9);
        Assert.Equal(((double)hedge["band"]!["low"]!, (double)hedge["band"]!["high"]!), (Numbers(trace["low"])[now], Numbers(trace["high"])[now]), (a, b) => Math.Abs(a.Item1 - b.Item1) + Math.Abs(a.Item2 - b.Item2) < 1e-9);
    }

    [Fact]
    public void Volatility_by_points_agrees_with_per_cent_where_nothing_changes()
    {
        const string grid = "/api/v1/portfolios/vega-book/book/grid";
        var (points, percent) = (Vera.Get(grid + "?vol=points").Json, Vera.Get(grid).Json);
        Assert.Equal(("points", "percent"), ((string?)points["volIn"], (string?)percent["volIn"]));
        Same(new JsonArray([.. Still(percent)]), new JsonArray([.. Still(points)]));
        Assert.Equal(400, Vera.Get(grid + "?vol=bips").Code);

        static IEnumerable<JsonNode?> Still(JsonNode answer) => answer["grid"]!.AsArray().Where(c => (double)c!["vol"]! == 0).Select(c => c!.DeepClone());
    }

    [Fact]
    public void A_portfolio_without_a_book_says_so() => Assert.Equal((404, "NO_BOOK"), Vera.Get("/api/v1/portfolios/core/book/hedge") is var a ? (a.Code, a.Problem) : default);

    private static decimal Exact(JsonNode? text) => decimal.Parse((string)text!, CultureInfo.InvariantCulture);

    private static double[] Numbers(JsonNode? list) => [.. list!.AsArray().Select(v => (double)v!)];
}
