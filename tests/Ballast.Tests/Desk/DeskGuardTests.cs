using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ballast.Tests.App;

namespace Ballast.Tests.Serving;

/// <summary>Who is let in, from where, to do what.</summary>
public sealed partial class DeskGuardTests(DeskProcess desk) : IClassFixture<DeskProcess>
{
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    /// <summary>Written by hand, to be compared with what the desk says of itself: a route that is added stands here too.</summary>
    private static readonly (string Verb, string Path, string? Least)[] Matrix =
    [
        ("get", "/health", null), ("get", "/api/v1/openapi.json", null), ("get", "/openapi/v1.json", null),
        ("get", "/api/v1/session", "viewer"), ("delete", "/api/v1/session", "viewer"), ("post", "/api/v1/session/second-factor", "viewer"), ("post", "/api/v1/invites", "admin"),
        ("get", "/api/v1/overview", "viewer"), ("get", "/api/v1/portfolios", "viewer"), ("get", "/api/v1/portfolios/{id}", "viewer"), ("get", "/api/v1/portfolios/{id}/rules", "viewer"),
        ("get", "/api/v1/portfolios/{id}/file", "viewer"), ("post", "/api/v1/portfolios/{id}/file/check", "viewer"), ("post", "/api/v1/portfolios/{id}/file/plan", "viewer"), ("put", "/api/v1/portfolios/{id}/file", "admin"),
        ("get", "/api/v1/portfolios/{id}/history", "viewer"), ("get", "/api/v1/portfolios/{id}/value", "viewer"), ("get", "/api/v1/portfolios/{id}/plan", "viewer"), ("post", "/api/v1/portfolios/{id}/plan", "viewer"), ("get", "/api/v1/portfolios/{id}/loop", "viewer"),
        ("post", "/api/v1/portfolios/{id}/plans/{plan}/approve", "operator"), ("post", "/api/v1/portfolios/{id}/plans/{plan}/decline", "operator"),
        ("post", "/api/v1/portfolios/{id}/stop", "operator"), ("post", "/api/v1/portfolios/{id}/accounts/{account}/accept", "operator"),
        ("get", "/api/v1/portfolios/{id}/book", "viewer"), ("post", "/api/v1/portfolios/{id}/book/whatif", "viewer"), ("get", "/api/v1/portfolios/{id}/book/grid", "viewer"), ("get", "/api/v1/portfolios/{id}/book/hedge", "viewer"),
        ("get", "/api/v1/portfolios/{id}/book/payoff", "viewer"), ("get", "/api/v1/portfolios/{id}/book/plan", "viewer"), ("get", "/api/v1/portfolios/{id}/book/contracts", "viewer"),
        ("get", "/api/v1/portfolios/{id}/journal", "viewer"), ("get", "/api/v1/portfolios/{id}/journal/verify", "viewer"), ("get", "/api/v1/portfolios/{id}/journal/export", "viewer"),
        ("get", "/api/v1/runs", "viewer"), ("post", "/api/v1/runs", "operator"), ("post", "/api/v1/runs/estimate", "viewer"),
        ("get", "/api/v1/runs/{run}", "viewer"), ("delete", "/api/v1/runs/{run}", "operator"), ("get", "/api/v1/runs/{run}/curves", "viewer"), ("get", "/api/v1/runs/{run}/report", "viewer"),
        ("get", "/api/v1/safety", "viewer"), ("post", "/api/v1/safety/stop", "operator"), ("post", "/api/v1/safety/resume", "admin"),
        ("post", "/api/v1/example", "admin"), ("post", "/api/v1/import/preview", "viewer"), ("post", "/api/v1/import/guess", "viewer"), ("post", "/api/v1/portfolios/{id}/paper", "operator"), ("delete", "/api/v1/portfolios/{id}/paper", "operator"), ("post", "/api/v1/import", "admin"),
        ("get", "/api/v1/events", "viewer"),
    ];

    /// <summary>What can be asked again and again: signing out ends a session, and events do not end.</summary>
    private static readonly (string Verb, string Path, string? Least)[] Repeatable = [.. Matrix.Where(m => (m.Verb, m.Path) != ("delete", "/api/v1/session") && m.Path != "/api/v1/events")];

    private static readonly string[] Ranks = ["viewer", "operator", "admin"];

    public static TheoryData<string> Everybody => ["", "vera", "otto", "anna"];

    [Fact]
    public void The_desk_has_the_routes_and_roles_that_are_written_here()
    {
        var paths = desk.Nobody.Get("/api/v1/openapi.json").Json["paths"]!.AsObject();
        var served = paths.SelectMany(p => p.Value!.AsObject().Select(v => (v.Key, p.Key, (string?)v.Value!["x-role"])));
        Assert.Equal(Matrix.Order(), served.Order());
    }

    [Theory]
    [MemberData(nameof(Everybody))]
    public void Each_role_may_do_what_the_matrix_says(string name)
    {
        var visitor = name.Length == 0 ? desk.Nobody : desk.As(name);
        var rank = name.Length == 0 ? -1 : Array.IndexOf(Ranks, (string)visitor.Get("/api/v1/session").Json["role"]!);
        foreach (var (verb, path, least) in Repeatable)
        {
            // A body with a key that no act knows: whoever may is told so, and nothing is done.
            var answer = visitor.Act(verb.ToUpperInvariant(), Filled(path), new JsonObject { ["nonsense"] = 1 });
            var expected = least is null || rank >= Array.IndexOf(Ranks, least) ? "let" : rank < 0 ? "401" : "403";
            Assert.True(expected == (answer.Code is 401 or 403 ? answer.Code.ToString() : "let"), $"{name} {verb} {path}: {answer.Code} {answer.Text[..Math.Min(200, answer.Text.Length)]}");
        }
    }

    [Fact]
    public void Every_answer_carries_the_headers_that_keep_a_page_safe()
    {
        (Visitor Who, string Verb, string Path)[] asked =
        [
            .. Repeatable.SelectMany(m => new[] { (desk.As("anna"), m.Verb.ToUpperInvariant(), Filled(m.Path)), (desk.Nobody, m.Verb.ToUpperInvariant(), Filled(m.Path)) }),
            .. ((string[])["/", "/journal", "/portfolios/core", "/desk.js", "/desk.css", "/stop", "/nope", "/api/v1/nope", "/enter?token=none"]).Select(p => (desk.As("anna"), "GET", p)),
            (desk.As("anna"), "PUT", "/health"), (desk.As("anna"), "TRACE", "/"),
        ];
        Rule.Holds(
            from a in asked
            let answer = a.Who.Act(a.Verb, a.Path, new JsonObject { ["nonsense"] = 1 })
            where answer.Header("Content-Security-Policy") != Policy || answer.Header("X-Content-Type-Options") != "nosniff" || answer.Header("Referrer-Policy") != "no-referrer"
                || answer.Header("Cache-Control") != "no-store" || answer.Header("Server") is not null || answer.Header("Access-Control-Allow-Origin") is not null
            select $"{a.Verb} {a.Path}: {answer.Code} {answer.Header("Content-Security-Policy")}");
    }

    [Theory]
    [InlineData("/", "text/html; charset=utf-8")]
    [InlineData("/portfolios/core", "text/html; charset=utf-8")]
    [InlineData("/desk.js", "text/javascript; charset=utf-8")]
    [InlineData("/desk.css", "text/css; charset=utf-8")]
    [InlineData("/stop", "application/problem+json")] // It names who stopped what: only for who is known.
    public void The_page_holds_no_data_and_is_given_to_anybody(string path, string type) => Assert.Equal(type, desk.Nobody.Get(path).Header("Content-Type"));

    [Theory]
    [InlineData("Origin", "https://evil.example", "FOREIGN_ORIGIN")]
    [InlineData("Origin", "http://127.0.0.1:1", "FOREIGN_ORIGIN")]
    [InlineData("Origin", "", "FOREIGN_ORIGIN")]
    [InlineData("Origin", "null", "CSRF")] // A form without referrer: let by the origin, stopped by the token.
    [InlineData("Sec-Fetch-Site", "cross-site", "FOREIGN_ORIGIN")]
    [InlineData("Sec-Fetch-Site", "same-site", "FOREIGN_ORIGIN")]
    [InlineData("X-CSRF-Token", "", "CSRF")]
    [InlineData("X-CSRF-Token", "guessed", "CSRF")]
    public void An_act_that_does_not_come_from_the_page_is_refused(string header, string value, string code)
    {
        var anna = desk.As("anna");
        var answer = anna.Post("/api/v1/safety/stop", new JsonObject(), header == "Origin" && value == "null" ? [(header, value), ("X-CSRF-Token", "")] : [(header, value)]);
        Assert.Equal((403, code), (answer.Code, answer.Problem));
        Assert.False(File.Exists(Path.Combine(desk.Data.Path, "KILL")));
    }

    [Fact]
    public void Another_site_cannot_read_with_the_cookie() =>
        Assert.Equal("FOREIGN_ORIGIN", desk.As("anna").Get("/api/v1/overview", ("Sec-Fetch-Site", "cross-site")).Problem);

    [Fact]
    public void A_name_that_leads_here_from_elsewhere_is_refused() =>
        Assert.Equal((421, "WRONG_HOST"), desk.Nobody.Get("/health", ("Host", "rebound.example")) is var a ? (a.Code, a.Problem) : default);

    [Fact]
    public void A_link_lets_one_in_once()
    {
        var link = new Uri((string)desk.As("anna").Post("/api/v1/invites", new JsonObject { ["name"] = "guest", ["role"] = "viewer" }).Json["link"]!).PathAndQuery;
        Assert.Equal(403, desk.Nobody.Get(link, ("Sec-Purpose", "prefetch")).Code);
        var first = desk.Nobody.Get(link);
        Assert.Equal(303, first.Code);
        Assert.Matches("httponly", first.Header("Set-Cookie")!);
        Assert.Matches("samesite=strict", first.Header("Set-Cookie")!);
        Assert.Equal((401, "LINK"), desk.Nobody.Get(link) is var again ? (again.Code, again.Problem) : default);
    }

    [Fact]
    public void Events_are_for_who_is_known() => Assert.Equal((401, "SIGNED_OUT"), desk.Nobody.Get("/api/v1/events") is var a ? (a.Code, a.Problem) : default);

    [Fact]
    public void A_cookie_of_somebody_who_left_is_worth_nothing()
    {
        var guest = desk.Fresh();
        Assert.Equal(200, guest.Get("/api/v1/overview").Code);
        Assert.Equal(200, guest.Act("DELETE", "/api/v1/session", null).Code);
        Assert.Equal(401, new Visitor(desk.Address, guest.Cookie).Get("/api/v1/overview").Code);
        Assert.Equal(401, guest.Post("/api/v1/safety/stop").Code);
    }

    [Fact]
    public void A_cookie_of_another_desk_is_worth_nothing()
    {
        using var other = new DeskProcess();
        var value = other.As("anna").Cookie!.Split('=', 2)[1];
        Assert.Equal(401, new Visitor(desk.Address, $"ballast-desk-{desk.Address.Port}={value}").Get("/api/v1/overview").Code);
    }

    [Fact]
    public void Guessing_links_is_soon_too_often()
    {
        using var other = new DeskProcess();
        var codes = Enumerable.Range(0, 40).Select(i => other.Nobody.Get($"/enter?token=guess{i}").Code).ToArray();
        Assert.Equal([401, 429], codes.Distinct().Order());
        Assert.Equal(429, Enumerable.Range(0, 5).Max(_ => other.Nobody.Get("/enter?token=guess").Code));
        Assert.Equal("foreign", Enumerable.Range(0, 40).Any(_ => other.Nobody.Get("/", ("Sec-Fetch-Site", "cross-site")).Code == 429) && other.Nobody.Get("/").Code == 200 ? "foreign" : "everybody");
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("192.168.0.7")]
    public void Without_a_certificate_only_this_machine_can_be_listened_on(string host) =>
        Assert.Equal(3, Cli.Run("serve", "--folder", desk.Folder.Path, "--host", host).ExitCode);

    [Fact]
    public void Who_asks_too_often_slows_nobody_else()
    {
        using var other = new DeskProcess();
        var (vera, otto) = (other.As("vera"), other.As("otto"));
        _ = vera.Csrf;
        var codes = Enumerable.Range(0, 3000).AsParallel().WithDegreeOfParallelism(8).Select(_ => vera.Get("/api/v1/session").Code).Distinct().Order();
        Assert.Equal([200, 429], codes);
        Assert.Equal((200, 200), (otto.Get("/api/v1/session").Code, other.Nobody.Get("/desk.css").Code));
        Assert.Contains(429, Enumerable.Range(0, 100).Select(_ => vera.Post("/api/v1/safety/resume").Code));
        Assert.Equal(403, vera.Post("/api/v1/safety/stop").Code);
        Assert.Equal(200, otto.Post("/api/v1/safety/stop").Code);
    }

    [Fact]
    public void A_right_link_never_waits_for_those_who_guess()
    {
        using var other = new DeskProcess();
        while (other.Nobody.Get("/enter?token=guess").Code != 429) { }
        Assert.Equal(200, other.As("vera").Get("/api/v1/session").Code);
    }

    [Fact]
    public void No_source_of_the_page_makes_markup_of_text() => Rule.Holds(
        from file in Tree.Files(".ts", ".html").Where(f => f.Path.StartsWith("src/Ballast.App/Web/desk/app/", StringComparison.Ordinal) || f.Path == "src/Ballast.App/Web/desk/desk.html")
        from line in file.Numbered
        where Markup().IsMatch(line.Text)
        select $"{file.Path}:{line.Number}: {line.Text.Trim()}");

    private static string Filled(string path) => path.Replace("{id}", "core").Replace("{plan}", "none").Replace("{account}", "none").Replace("{run}", "none");

    [GeneratedRegex(@"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment|srcdoc|\beval\b|new Function|setAttribute\(['""](on|style)|<[a-z]+[^>]* on[a-z]+=")]
    private static partial Regex Markup();
}
