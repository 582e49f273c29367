using System.Globalization;
using System.Text.Json.Nodes;
using Ballast.Adapters.Files;
using Ballast.Holdings;
using Ballast.Tests.App;

namespace Ballast.Tests.Serving;

/// <summary>What the desk shows is what the verbs print, and text of files stays text.</summary>
public sealed class DeskViewTests(DeskProcess desk) : IClassFixture<DeskProcess>
{
    private const string Core = "/api/v1/portfolios/core";

    private string[] Files => ["--holdings", Path.Combine(desk.Folder.Path, "holdings.csv"), "--prices", Path.Combine(desk.Folder.Path, "synthetic-prices.csv"), "--json"];

    [Fact]
    public void The_plan_is_that_of_the_command_line() =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Cli.Run(["plan", Path.Combine(desk.Folder.Path, "core.yaml"), .. Files]).Out), desk.As("vera").Get(Core + "/plan").Json));

    [Fact]
    public void The_status_is_that_of_the_command_line()
    {
        var printed = JsonNode.Parse(Cli.Run(["status", Path.Combine(desk.Folder.Path, "core.yaml"), .. Files]).Out)!.AsObject();
        var served = desk.As("vera").Get(Core).Json;
        Assert.All(printed, p => Assert.True(JsonNode.DeepEquals(p.Value, served[p.Key]), p.Key));
    }

    [Fact]
    public void Money_to_put_to_work_gives_the_plan_of_the_command_line() => Assert.True(JsonNode.DeepEquals(
        JsonNode.Parse(Cli.Run(["plan", Path.Combine(desk.Folder.Path, "core.yaml"), "--cash", "1000", .. Files]).Out), WhatIf(new() { ["cash"] = "1000" }).Json));

    [Fact]
    public void An_edit_that_changes_nothing_changes_nothing()
    {
        var plan = desk.As("vera").Get(Core + "/plan").Json;
        var same = new JsonObject(plan["trades"]!.AsArray().Select(t => KeyValuePair.Create(t!["number"]!.ToString(), t["quantity"]!.DeepClone())!)!);
        Assert.True(JsonNode.DeepEquals(plan, WhatIf(new() { ["edits"] = same }).Json));
    }

    /// <summary>Ten basis points of fee and half of two of spread on what is traded, as the example says.</summary>
    [Fact]
    public void A_smaller_sale_costs_less_and_leaves_more_drift()
    {
        var plan = desk.As("vera").Get(Core + "/plan").Json;
        var sale = plan["trades"]![0]!;
        Assert.Equal(("1", "BTC", "sell"), (sale["number"]!.ToString(), (string?)sale["asset"], (string?)sale["side"]));
        var edited = WhatIf(new() { ["edits"] = new JsonObject { ["1"] = "0.05" } }).Json;
        var price = Number(sale["price"]);
        Assert.Equal(Number(plan["cost"]) - (Number(sale["quantity"]) - 0.05m) * price * 0.0011m, Number(edited["cost"]), 12);
        Assert.True((double)edited["after"]!["largestDrift"]! > (double)plan["after"]!["largestDrift"]!);
        Assert.Equal(Number(edited["before"]!["value"]) - Number(edited["cost"]), Number(edited["after"]!["value"]), 12);
    }

    [Fact]
    public void A_trade_that_is_taken_out_is_told_as_such()
    {
        var edited = WhatIf(new() { ["edits"] = new JsonObject { ["1"] = "0" } }).Json;
        Assert.DoesNotContain(edited["trades"]!.AsArray(), t => (string?)t!["asset"] == "BTC");
        Assert.Equal("EDITED_OUT", (string?)Assert.Single(edited["notTraded"]!.AsArray(), n => (string?)n!["asset"] == "BTC")!["code"]);
        // Without the sale there is no cash for the buys: the limits say so.
        Assert.NotNull(edited["refused"]);
    }

    [Theory]
    [InlineData("1", "500", "EDIT_TOO_LARGE")]
    [InlineData("1", "-1", "EDIT_NEGATIVE")]
    [InlineData("1", "0.00000000000001", "EDIT_NOT_IN_LOTS")]
    [InlineData("1", "0.0000001", "EDIT_TOO_SMALL")]
    [InlineData("77", "1", "NO_SUCH_TRADE")]
    public void What_no_venue_would_take_is_refused_with_its_reason(string number, string quantity, string code) =>
        Assert.Equal(code, (string?)WhatIf(new() { ["edits"] = new JsonObject { [number] = quantity } }).Json["refused"]!["code"]);

    [Theory]
    [InlineData("""{"edits":{"1":0.05}}""")]
    [InlineData("""{"edits":{"01":"0.05"}}""")]
    [InlineData("""{"edits":{"1":"0,05"}}""")]
    [InlineData("""{"edits":{"1":"1","1":"2"}}""")]
    [InlineData("""{"cash":1000}""")]
    [InlineData("""{"cash":"1e3"}""")]
    [InlineData("""[1]""")]
    [InlineData("""{"surprise":true}""")]
    public void What_is_not_exact_is_a_bad_request(string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(desk.Address, Core + "/plan")) { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        var vera = desk.As("vera");
        foreach (var (name, value) in new[] { ("Cookie", vera.Cookie!), ("Origin", desk.Address.GetLeftPart(UriPartial.Authority)), ("X-CSRF-Token", vera.Csrf) }) request.Headers.Add(name, value);
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        using var response = http.Send(request);
        Assert.Equal(400, (int)response.StatusCode);
    }

    [Fact]
    public void Script_in_a_name_stays_text()
    {
        using var other = new DeskProcess();
        const string name = "<script>alert(1)</script>";
        other.File("x.yaml", File.ReadAllText(Path.Combine(other.Folder.Path, "core.yaml")).Replace("name: core", $"name: \"{name}\""));
        other.File("<img src=x onerror=alert(1)>.yaml", "version: 1\nname: \"</script><svg onload=alert(1)>\"\n");
        other.Waiting(name, "plan-\"><script>");
        other.As("otto").Post("/api/v1/safety/stop", new JsonObject { ["reason"] = name });
        string[] asked = ["/api/v1/overview", "/api/v1/portfolios/x", "/api/v1/portfolios/x/plan", "/api/v1/portfolios/x/loop", "/api/v1/portfolios/x/journal?journal=paper", "/api/v1/safety", "/api/v1/portfolios/%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E"];
        foreach (var path in asked)
        {
            var answer = other.As("vera").Get(path);
            Assert.Equal((200, "application/json"), (answer.Code, answer.Header("Content-Type")));
            Assert.DoesNotContain('<', answer.Text);
        }
        Assert.Equal(name, (string?)other.As("vera").Get("/api/v1/portfolios/x").Json["name"]);
        Assert.DoesNotContain(name, other.As("otto").Get("/stop").Text);
        Assert.Contains("&lt;script&gt;", other.As("otto").Get("/stop").Text);
        Assert.DoesNotContain('<', other.As("vera").Get("/portfolios/../" + Uri.EscapeDataString(name)).Text is var t && t.StartsWith("<!doctype", StringComparison.Ordinal) ? "" : t);
    }

    [Fact]
    public void A_file_that_is_wrong_says_where_and_the_others_go_on()
    {
        using var other = new DeskProcess();
        other.File("broken.yaml", "version: 1\nname: broken\nbase: USDT\ntargets:\n  weights: { BTC: half }\n");
        var rows = other.As("vera").Get("/api/v1/overview").Json["items"]!.AsArray();
        Assert.Equal("Blind", (string?)rows.Single(r => (string?)r!["id"] == "broken")!["state"]);
        Assert.Equal("Out of band", (string?)rows.Single(r => (string?)r!["id"] == "core")!["state"]);
        var faults = other.As("vera").Get("/api/v1/portfolios/broken").Json["faults"]!.AsArray();
        Assert.Contains(faults, f => (int)f!["line"]! == 5 && (string?)f["text"] == "  weights: { BTC: half }");
        Assert.Equal((422, "FILES_WRONG"), other.As("vera").Get("/api/v1/portfolios/broken/plan") is var a ? (a.Code, a.Problem) : default);
        Assert.Equal("blind", (string?)other.Nobody.Get("/health").Json["state"]);
    }

    [Fact]
    public void The_journal_is_told_page_by_page_and_proven()
    {
        using var other = new DeskProcess();
        for (var i = 1; i <= 7; i++) other.Waiting("core", $"core-{i}");
        var (first, seen) = (other.As("vera").Get(Core + "/journal?limit=3").Json, new List<string>());
        for (var page = first; ; page = other.As("vera").Get($"{Core}/journal?limit=3&after={page["next"]}").Json)
        {
            seen.AddRange(page["items"]!.AsArray().Select(i => (string)i!["plan"]!));
            if (page["next"] is null) break;
        }
        Assert.Equal(Enumerable.Range(1, 7).Reverse().Select(i => $"core-{i}"), seen);
        Assert.True((bool)other.As("vera").Get(Core + "/journal/verify").Json["ok"]!);
        foreach (var form in new[] { "trades", "ledger", "beancount", "lots", "holdings", "json" })
            Assert.Equal(Cli.Run("journal", "export", Path.Combine(other.Folder.Path, "core.yaml"), "--data", other.Data.Path, "--paper", "--to", form).Out, other.As("vera").Get($"{Core}/journal/export?to={form}").Text);
        Assert.Equal("attachment; filename*=UTF-8''core-ledger.ledger", other.As("vera").Get(Core + "/journal/export?to=ledger").Headers["Content-Disposition"]);
        Assert.Equal(400, other.As("vera").Get(Core + "/journal/export?to=pdf").Code);
        Assert.Equal(400, other.As("vera").Get(Core + "/journal/export?to=lots&lots=specific").Code);
        var file = Directory.GetFiles(other.Portfolio("core").Journal(paper: true), "*.journal")[0];
        var bytes = File.ReadAllBytes(file);
        bytes[^300] ^= 1;
        File.WriteAllBytes(file, bytes);
        Assert.False((bool)other.As("vera").Get(Core + "/journal/verify").Json["ok"]!);
        Assert.Equal("JOURNAL_BROKEN", other.As("vera").Get(Core + "/journal/export").Problem);
        var digest = (string?)other.As("vera").Get(Core + "/loop").Json["plan"]?["digest"] ?? new string('0', 64);
        Assert.Equal("JOURNAL_BROKEN", other.As("otto").Post(Core + "/plans/core-7/approve", new JsonObject { ["digest"] = digest }).Problem);
    }

    [Fact]
    public void What_changes_is_told_as_it_changes()
    {
        using var other = new DeskProcess();
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(other.Address, "/api/v1/events"));
        request.Headers.Add("Cookie", other.As("vera").Cookie);
        using var response = http.Send(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        using var reader = new StreamReader(response.Content.ReadAsStream());
        other.As("otto").Post("/api/v1/safety/stop", new JsonObject());
        string? line;
        do line = reader.ReadLine();
        while (line is not null && line != "event: safety");
        Assert.Equal("data: {\"stopped\":true}", reader.ReadLine());
    }

    [Fact]
    public void A_text_is_planned_before_it_is_saved_and_nothing_is_written()
    {
        var (file, vera) = (Path.Combine(desk.Folder.Path, "core.yaml"), desk.As("vera"));
        var text = File.ReadAllText(file);
        JsonNode PlanOf(string with) => vera.Post(Core + "/file/plan", new JsonObject { ["text"] = with }).Json;
        Assert.Equal(vera.Get(Core + "/plan").Json["trades"]!.ToJsonString(), PlanOf(text)["trades"]!.ToJsonString());
        Assert.Empty(PlanOf(text.Replace("drift: 5%", "drift: 20%"))["trades"]!.AsArray());
        var wrong = vera.Post(Core + "/file/plan", new JsonObject { ["text"] = text.Replace("drift: 5%", "drift: 500%%") });
        Assert.Equal((422, "FILES_WRONG"), (wrong.Code, wrong.Problem));
        Assert.True((int)wrong.Json["faults"]![0]!["line"]! > 1);
        Assert.Equal(text, File.ReadAllText(file));
        Assert.NotEmpty(vera.Get(Core + "/plan").Json["trades"]!.AsArray());
    }

    [Fact]
    public void With_nothing_there_the_example_and_own_holdings_can_be_brought()
    {
        using var other = new DeskProcess();
        foreach (var file in Directory.GetFiles(other.Folder.Path)) File.Delete(file);
        Assert.Empty(other.As("anna").Get("/api/v1/overview").Json["items"]!.AsArray());
        Assert.Equal(200, other.As("anna").Post("/api/v1/example").Code);
        Assert.Equal((409, "FILE_EXISTS"), other.As("anna").Post("/api/v1/example") is var again ? (again.Code, again.Problem) : default);
        var own = new JsonObject { ["name"] = "own", ["base"] = "USDT", ["targets"] = "now", ["holdings"] = "asset,quantity\nBTC,1\nETH,10\n", ["prices"] = "timestamp,BTC,ETH\n2026-01-01,30000,1000\n2026-01-02,30000,1000\n" };
        var before = Directory.GetFiles(other.Folder.Path).Length;
        var preview = other.As("vera").Post("/api/v1/import/preview", own.DeepClone());
        Assert.Equal("40000", (string?)preview.Json["status"]!["value"]);
        Assert.Equal(before, Directory.GetFiles(other.Folder.Path).Length);
        Assert.Equal(200, other.As("anna").Post("/api/v1/import", own.DeepClone()).Code);
        var status = other.As("vera").Get("/api/v1/portfolios/own").Json;
        Assert.Equal([("BTC", 0.75), ("ETH", 0.25)], status["assets"]!.AsArray().Where(a => (string?)a!["asset"] != "USDT").Select(a => ((string)a!["asset"]!, (double)a["target"]!)).Order());
        own["holdings"] = "asset,quantity,account\nBTC,1,My-Binance\nETH,10,Nano-X\n";
        own["name"] = "places";
        Assert.Equal(200, other.As("anna").Post("/api/v1/import", own.DeepClone()).Code);
        var placed = PolicyFile.Load(Path.Combine(other.Folder.Path, "places.yaml"));
        Assert.Equal([("My-Binance", "binance", Permissions.Buy | Permissions.Sell), ("Nano-X", "nano-x", Permissions.None)], placed.Value!.Accounts.Select(a => (a.Name, a.Venue.Value, a.May)));
        own["holdings"] = "asset,quantity\nBTC,\"1.234,56\"\n";
        var wrong = other.As("anna").Post("/api/v1/import", own.DeepClone());
        Assert.Equal((422, 2), (wrong.Code, (int)wrong.Json["faults"]![0]!["line"]!));
        own["name"] = "../out";
        Assert.Equal(400, other.As("anna").Post("/api/v1/import", own).Code);
    }

    private Said WhatIf(JsonObject body) => desk.As("vera").Post(Core + "/plan", body);

    private static decimal Number(JsonNode? node) => decimal.Parse((string)node!, CultureInfo.InvariantCulture);
}
