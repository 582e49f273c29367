using System.Text.Json.Nodes;

namespace Ballast.Tests.Serving;

/// <summary>What is done at the desk is done once, by one, and written down.</summary>
public sealed class DeskActTests(DeskProcess desk) : IClassFixture<DeskProcess>
{
    private static string Approve(string plan) => $"/api/v1/portfolios/core/plans/{plan}/approve";

    private static JsonObject Read(string digest, string? note = null) => new() { ["digest"] = digest, ["note"] = note };

    [Fact]
    public void An_approval_reaches_the_loop_as_it_would_from_the_command_line()
    {
        var digest = desk.Waiting("core", "core-1");
        var shown = desk.As("vera").Get("/api/v1/portfolios/core/loop").Json["plan"]!;
        Assert.Equal(digest, (string?)shown["digest"]);
        Assert.Equal("over by 5.34 points", (string?)shown["trades"]![0]!["reason"]);
        Assert.Equal(202, desk.As("otto").Post(Approve("core-1"), Read(digest, "fee fine")).Code);
        Assert.Contains(desk.Words("core"), w => JsonNode.DeepEquals(JsonNode.Parse(w), new JsonObject { ["verb"] = "approve", ["subject"] = "core-1", ["by"] = "otto", ["note"] = "fee fine" }));
    }

    [Fact]
    public void The_same_key_acts_once()
    {
        var digest = desk.Waiting("core", "core-2");
        var first = desk.As("otto").Post(Approve("core-2"), Read(digest), ("Idempotency-Key", "key-of-core-2"));
        var again = desk.As("otto").Post(Approve("core-2"), Read(digest), ("Idempotency-Key", "key-of-core-2"));
        Assert.Equal((202, 202, first.Text, "true"), (first.Code, again.Code, again.Text, again.Header("Idempotency-Replayed")));
        Assert.Single(desk.Words("core"), w => w.Contains("core-2"));
        var other = desk.As("otto").Post(Approve("core-2"), Read(digest, "another body"), ("Idempotency-Key", "key-of-core-2"));
        Assert.Equal((422, "KEY_REUSED"), (other.Code, other.Problem));
        Assert.Equal(400, desk.As("otto").Post(Approve("core-2"), Read(digest), ("Idempotency-Key", "")).Code);
    }

    [Fact]
    public void Of_two_people_the_first_answers()
    {
        var digest = desk.Waiting("core", "core-3");
        Visitor[] people = [desk.As("otto"), desk.As("olga"), desk.As("olaf"), desk.As("anna")];
        foreach (var person in people) _ = person.Csrf;
        var answers = people.AsParallel().WithDegreeOfParallelism(4).Select(p => p.Post(Approve("core-3"), Read(digest))).ToArray();
        Assert.Equal([202, 409, 409, 409], answers.Select(a => a.Code).Order());
        Assert.All(answers.Where(a => a.Code == 409), a => Assert.Equal("ALREADY_ANSWERED", a.Problem));
        Assert.Single(desk.Words("core"), w => w.Contains("core-3"));
        var late = desk.As("olga").Post("/api/v1/portfolios/core/plans/core-3/decline");
        Assert.Equal("ALREADY_ANSWERED", late.Problem);
    }

    [Fact]
    public void What_was_not_read_cannot_be_approved()
    {
        desk.Waiting("core", "core-4");
        Assert.Equal((409, "PLAN_CHANGED"), Approved("core-4", new string('0', 64)));
        Assert.Equal((409, "PLAN_GONE"), Approved("core-of-yesterday", new string('0', 64)));
        var expired = desk.Waiting("core", "core-5", expires: SystemClock.Instance.GetCurrentInstant() - Duration.FromSeconds(1));
        Assert.Equal((410, "PLAN_EXPIRED"), Approved("core-5", expired));
        var running = desk.Waiting("core", "core-6", status: "RUNNING");
        Assert.Equal((409, "PLAN_NOT_WAITING"), Approved("core-6", running));
        Assert.DoesNotContain(desk.Words("core"), w => w.Contains("core-4") || w.Contains("core-5") || w.Contains("core-6"));
    }

    [Fact]
    public void A_loop_that_says_nothing_is_told_nothing()
    {
        var digest = desk.Waiting("core", "core-7");
        var status = JsonNode.Parse(File.ReadAllText(desk.Portfolio("core").Status))!;
        status["at"] = (SystemClock.Instance.GetCurrentInstant() - Duration.FromMinutes(1)).ToString();
        File.WriteAllText(desk.Portfolio("core").Status, status.ToJsonString());
        Assert.Equal((409, "LOOP_NOT_RUNNING"), Approved("core-7", digest));
        Assert.Equal("blind", (string?)desk.Nobody.Get("/health").Json["state"]);
    }

    [Fact]
    public void Stopping_is_on_the_disk_at_once_and_only_an_admin_goes_on()
    {
        using var other = new DeskProcess();
        var kill = Path.Combine(other.Data.Path, "KILL");
        Assert.Equal(200, other.As("otto").Post("/api/v1/safety/stop", new JsonObject { ["scope"] = "binance", ["reason"] = "looks wrong" }).Code);
        Assert.Contains("\"binance\"", File.ReadAllText(kill));
        Assert.Equal(200, other.As("otto").Post("/api/v1/safety/stop", new JsonObject()).Code);
        Assert.Contains("\"scope\":\"*\"", File.ReadAllText(kill));
        other.As("otto").Post("/api/v1/safety/stop", new JsonObject { ["scope"] = "binance" });
        Assert.Contains("\"scope\":\"*\"", File.ReadAllText(kill));
        Assert.Equal((503, "stopped"), other.Nobody.Get("/health") is var h ? (h.Code, (string?)h.Json["state"]) : default);
        Assert.Equal((409, "STOPPED"), other.Waiting("core", "core-1") is var d && other.As("otto").Post(Approve("core-1"), Read(d)) is var a ? (a.Code, a.Problem) : default);
        Assert.Equal(403, other.As("otto").Post("/api/v1/safety/resume", new JsonObject { ["reason"] = "looked" }).Code);
        Assert.True(File.Exists(kill));
        Assert.Equal(200, other.As("anna").Post("/api/v1/safety/resume", new JsonObject { ["reason"] = "looked" }).Code);
        Assert.False(File.Exists(kill));
    }

    [Fact]
    public void Stopping_works_without_script()
    {
        using var other = new DeskProcess();
        var page = other.As("otto").Get("/stop").Text;
        Assert.Contains($"name=\"csrf\" value=\"{other.As("otto").Csrf}\"", page);
        Assert.Equal(200, Form(other, "otto", other.As("otto").Csrf));
        Assert.True(File.Exists(Path.Combine(other.Data.Path, "KILL")));
        Assert.Equal(403, Form(other, "otto", "guessed"));
        Assert.Equal(403, Form(other, "vera", other.As("vera").Csrf));
    }

    [Fact]
    public void Every_act_is_written_down_and_no_secret_is()
    {
        desk.As("vera").Post("/api/v1/safety/resume", new JsonObject { ["reason"] = "I should not" });
        var guest = desk.Fresh("viewer");
        guest.Act("DELETE", "/api/v1/session", null);
        var lines = desk.AuditLines().Select(l => JsonNode.Parse(l)!).ToArray();
        Assert.Contains(lines, l => (string?)l["who"] == "vera" && (string?)l["act"] == "POST /api/v1/safety/resume" && (int)l["status"]! == 403 && (string?)l["code"] == "ROLE");
        Assert.Contains(lines, l => (string?)l["who"] == "guest" && (string?)l["act"] == "DELETE /api/v1/session");
        var text = string.Join('\n', desk.AuditLines());
        foreach (var secret in new[] { desk.As("vera").Csrf, desk.As("vera").Cookie!.Split('=', 2)[1], new Uri(desk.Links["vera"]).Query["?token=".Length..] }) Assert.DoesNotContain(secret, text);
    }

    private (int, string?) Approved(string plan, string digest) => desk.As("otto").Post(Approve(plan), Read(digest)) is var a ? (a.Code, a.Problem) : default;

    private static int Form(DeskProcess desk, string who, string csrf)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(desk.Address, "/stop")) { Content = new FormUrlEncodedContent([new("csrf", csrf), new("reason", "form")]) };
        request.Headers.Add("Cookie", desk.As(who).Cookie);
        request.Headers.TryAddWithoutValidation("Origin", "null");
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        using var response = http.Send(request);
        return (int)response.StatusCode;
    }
}
