using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Ballast.Tests.Serving;

/// <summary>What somebody would try who wants the desk to do what its people do not want.</summary>
public sealed class DeskAttackTests(DeskProcess desk) : IClassFixture<DeskProcess>
{
    private static readonly string[] Climbs = ["..", "../core", "..%2f..%2fetc%2fpasswd", "%2e%2e%2f%2e%2e%2fKILL", "..%5c..%5ccore", "%00", "core%00.yaml", "....%2f%2fcore", "%252e%252e%252fcore", "/etc/passwd", "core%2f..%2f..", "con", "C:%5cwindows", "%c0%ae%c0%ae%2f", "a%0d%0aSet-Cookie:x=1", new string('a', 5000)];

    private static string Approve(string plan) => $"/api/v1/portfolios/core/plans/{plan}/approve";

    private static JsonObject Read(string digest) => new() { ["digest"] = digest };

    [Fact]
    public void A_cookie_that_was_taken_is_worth_nothing_after_its_owner_left()
    {
        var owner = desk.Fresh();
        var thief = new Visitor(desk.Address, owner.Cookie);
        Assert.Equal(200, thief.Get("/api/v1/overview").Code);
        owner.Act("DELETE", "/api/v1/session", null);
        Assert.Equal((401, 401, 401), (thief.Get("/api/v1/overview").Code, thief.Get("/stop").Code, thief.Get("/api/v1/events").Code));
    }

    [Fact]
    public void A_cookie_that_was_taken_is_worth_nothing_after_a_pause_even_while_its_page_is_open()
    {
        using var other = DeskProcess.With("--idle", "2s");
        var owner = other.As("anna");
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(other.Address, "/api/v1/events"));
        request.Headers.Add("Cookie", owner.Cookie);
        using var response = http.Send(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(response.Content.ReadAsStream());
        while (reader.ReadLine() is not null) { } // The stream ends by itself.
        Assert.Equal(401, new Visitor(other.Address, owner.Cookie).Get("/api/v1/overview").Code);
    }

    [Fact]
    public void A_session_ends_at_its_time_however_busy()
    {
        using var other = DeskProcess.With("--longest", "2s");
        var anna = other.As("anna");
        while (anna.Get("/api/v1/overview").Code == 200) Thread.Sleep(100);
        Assert.Equal("SIGNED_OUT", anna.Get("/api/v1/overview").Problem);
    }

    [Fact]
    public void A_cookie_without_the_token_of_its_session_does_nothing()
    {
        var digest = desk.Waiting("core", "attack-1");
        var anna = desk.As("anna");
        foreach (var token in new[] { "", "guess", desk.As("otto").Csrf, anna.Cookie!.Split('=', 2)[1] })
            Assert.Equal((403, "CSRF"), anna.Post(Approve("attack-1"), Read(digest), ("X-CSRF-Token", token)) is var a ? (a.Code, a.Problem) : default);
        Assert.DoesNotContain(desk.Words("core"), w => w.Contains("attack-1"));
    }

    [Theory]
    [InlineData("Host", "rebound.example")]
    [InlineData("Host", "127.0.0.1.rebound.example")]
    [InlineData("Host", "localhost")]
    [InlineData("Host", "127.0.0.1:80")]
    [InlineData("Host", "[::1]")]
    [InlineData("Host", "")]
    public void A_name_that_was_made_to_lead_here_is_refused(string header, string value)
    {
        var anna = desk.As("anna");
        Assert.Contains(anna.Get("/api/v1/overview", (header, value)).Code, new[] { 421, 400 });
        Assert.Contains(anna.Post("/api/v1/safety/stop", new JsonObject(), (header, value.Length == 0 ? "x" : value)).Code, new[] { 421, 400 });
        Assert.False(File.Exists(Path.Combine(desk.Data.Path, "KILL")));
    }

    [Fact]
    public void An_approval_that_is_sent_again_acts_no_second_time()
    {
        var digest = desk.Waiting("core", "attack-2");
        var otto = desk.As("otto");
        Assert.Equal(202, otto.Post(Approve("attack-2"), Read(digest), ("Idempotency-Key", "replay-of-2")).Code);
        Assert.Equal("true", otto.Post(Approve("attack-2"), Read(digest), ("Idempotency-Key", "replay-of-2")).Header("Idempotency-Replayed"));
        var other = otto.Post(Approve("attack-2"), Read(digest));
        Assert.Equal((409, "ALREADY_ANSWERED"), (other.Code, other.Problem));
        Assert.Contains("otto has answered first (approve", (string)other.Json["detail"]!);
        var thief = desk.As("olga").Post(Approve("attack-2"), Read(digest), ("Idempotency-Key", "replay-of-2"));
        Assert.Equal("ALREADY_ANSWERED", thief.Problem); // A key is its owner's: nobody is given another's answer.
        desk.Waiting("core", "attack-3");
        Assert.Equal("PLAN_GONE", otto.Post(Approve("attack-2"), Read(digest)).Problem); // Done, and gone.
        Assert.Single(desk.Words("core"), w => w.Contains("attack-2"));
    }

    [Fact]
    public void A_digest_of_another_plan_approves_nothing()
    {
        var earlier = desk.Waiting("core", "attack-4");
        var digest = desk.Waiting("core", "attack-5");
        foreach (var wrong in new[] { earlier, digest.ToUpperInvariant(), digest[..63], digest + "0", "", " " + digest })
            Assert.Contains(desk.As("otto").Post(Approve("attack-5"), Read(wrong)).Problem, new[] { "PLAN_CHANGED", "BAD_REQUEST" });
        Assert.DoesNotContain(desk.Words("core"), w => w.Contains("attack-5"));
        Assert.Equal(202, desk.As("otto").Post(Approve("attack-5"), Read(digest)).Code);
    }

    [Fact]
    public void No_id_leads_out_of_its_folder()
    {
        string[] files = [.. Directory.GetFiles(desk.Data.Path, "*", SearchOption.AllDirectories)];
        var paths = desk.Nobody.Get("/api/v1/openapi.json").Json["paths"]!.AsObject().Select(p => p.Key).Where(p => p.Contains('{')).ToArray();
        foreach (var (path, climb) in from p in paths from c in Climbs select (p, c))
        {
            foreach (var filled in Filled(path, climb))
            {
                var got = desk.As("anna").Get(filled);
                Assert.True(got.Code is 400 or 404 or 405 or 409 or 414 or 422 || got.Text.Contains("<div id=\"desk\">", StringComparison.Ordinal), $"{filled}: {got.Code} {got.Text[..Math.Min(200, got.Text.Length)]}");
                Assert.DoesNotContain("root:", got.Text);
                Assert.Null(got.Header("Set-Cookie"));
            }
        }
        foreach (var climb in Climbs) desk.As("otto").Post($"/api/v1/portfolios/core/plans/{climb}/decline", new JsonObject());
        foreach (var journal in Climbs.Take(6)) Assert.Contains(desk.As("vera").Get($"/api/v1/portfolios/core/journal?journal={journal}").Code, new[] { 400, 404 });
        Assert.DoesNotContain(Directory.GetFiles(desk.Data.Path, "*", SearchOption.AllDirectories).Except(files), f => !f.Contains($"{Path.DirectorySeparatorChar}desk{Path.DirectorySeparatorChar}"));
    }

    [Fact]
    public void A_body_that_is_too_large_or_too_deep_is_not_read()
    {
        var vera = desk.As("vera");
        Assert.Equal(413, vera.Post("/api/v1/portfolios/core/plan", new JsonObject { ["cash"] = new string('1', 70_000) }).Code);
        JsonNode deep = new JsonObject();
        for (var i = 0; i < 30; i++) deep = new JsonObject { ["edits"] = deep };
        Assert.Equal(400, vera.Post("/api/v1/portfolios/core/plan", deep).Code);
        JsonNode list = new JsonArray();
        for (var i = 0; i < 30; i++) list = new JsonArray(list);
        Assert.Equal(400, vera.Post("/api/v1/portfolios/core/plan", new JsonObject { ["edits"] = list }).Code);
        Assert.Equal(400, vera.Post("/mcp", list.DeepClone()).Code);
        Assert.Equal(200, vera.Post("/api/v1/import/preview", new JsonObject { ["name"] = "big", ["base"] = "USDT", ["targets"] = "now", ["holdings"] = "asset,quantity\nBTC,1\n", ["prices"] = "timestamp,BTC\n" + string.Concat(Enumerable.Range(0, 9000).Select(i => $"{1_600_000_000 + i * 3600L},100\n")) }).Code);
    }

    [Fact]
    public void Who_sends_slowly_is_cut_off_and_others_are_served()
    {
        var slow = Enumerable.Range(0, 20).Select(_ => Raw("GET /health HTTP/1.1\r\nHost: ")).ToArray();
        Assert.Equal(200, desk.As("vera").Get("/api/v1/session").Code);
        foreach (var client in slow)
        {
            var said = Said(client); // Ends, because the desk ends it.
            Assert.True(said.Length == 0 || said.StartsWith("HTTP/1.1 408", StringComparison.Ordinal), said);
            client.Dispose();
        }
    }

    [Theory]
    [InlineData("GET /enter?token=a%0d%0aSet-Cookie:%20x=1 HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")]
    [InlineData("GET /%0d%0aX-Evil:%201 HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: {host}\r\nX-Forwarded-Host: evil.example\r\nX-Original-URL: /api/v1/safety\r\nConnection: close\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: {host}\r\nHost: evil.example\r\nConnection: close\r\n\r\n")]
    [InlineData("POST /api/v1/safety/stop HTTP/1.1\r\nHost: {host}\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n")]
    [InlineData("GET http://evil.example/ HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")]
    public void Nothing_of_a_request_becomes_a_header_of_the_answer(string request)
    {
        using var client = Raw(request.Replace("{host}", desk.Address.Authority));
        var head = Said(client).Split("\r\n\r\n")[0];
        Assert.DoesNotContain("Set-Cookie", head);
        Assert.DoesNotContain("X-Evil", head);
        Assert.DoesNotContain("evil.example", head);
        Assert.False(File.Exists(Path.Combine(desk.Data.Path, "KILL")));
    }

    [Fact]
    public void A_note_stays_on_one_line_of_the_audit_and_of_the_inbox()
    {
        desk.Waiting("core", "attack-6");
        desk.As("otto").Post("/api/v1/portfolios/core/plans/attack-6/decline", new JsonObject { ["note"] = "a\n{\"who\":\"anna\"}\r\nb\u0000\u001b[31m" });
        Assert.Contains(desk.Words("core"), w => w.Contains("a {") && !w.Contains('\n'));
        Assert.All(desk.AuditLines(), l => Assert.Equal(l, JsonNode.Parse(l)!.AsObject() is { } o && o.ContainsKey("hash") ? l : ""));
        Assert.Null(desk.Audit.Verify().Broken);
    }

    [Fact]
    public void A_link_for_a_viewer_makes_no_more_of_itself()
    {
        var viewer = desk.Fresh("viewer");
        foreach (var role in new[] { "admin", "2", "Admin", "operator" }) Assert.Equal((403, "ROLE"), viewer.Post("/api/v1/invites", new JsonObject { ["name"] = "me", ["role"] = role }) is var a ? (a.Code, a.Problem) : default);
        foreach (var role in new[] { "2", "root", "", "admin,viewer" }) Assert.Equal(400, desk.As("anna").Post("/api/v1/invites", new JsonObject { ["name"] = "me", ["role"] = role }).Code);
    }

    private static IEnumerable<string> Filled(string path, string climb)
    {
        var names = path.Split('{').Skip(1).Select(p => p.Split('}')[0]).ToArray();
        foreach (var climbing in names) yield return names.Aggregate(path, (p, n) => p.Replace($"{{{n}}}", n == climbing ? climb : n == "id" ? "core" : "none"));
    }

    /// <summary>All that is said until the other side is done, or has closed what it did not read to its end.</summary>
    private static string Said(TcpClient client)
    {
        var (said, buffer) = (new StringBuilder(), new byte[4096]);
        try
        {
            for (int read; (read = client.GetStream().Read(buffer)) > 0;) said.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }
        catch (IOException)
        {
            // Reset: what was said before is there.
        }
        return said.ToString();
    }

    private TcpClient Raw(string begin)
    {
        var client = new TcpClient("127.0.0.1", desk.Address.Port);
        client.GetStream().Write(Encoding.ASCII.GetBytes(begin));
        return client;
    }
}
