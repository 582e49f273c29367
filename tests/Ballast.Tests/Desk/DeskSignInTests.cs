using System.Text.Json.Nodes;
using Ballast.App.Serving;
using Ballast.Tests.App;

namespace Ballast.Tests.Serving;

/// <summary>A desk that others reach: TLS, a password and a second factor.</summary>
public sealed class PublicDesk : IDisposable
{
    internal DeskProcess Desk { get; } = DeskProcess.Public();

    public void Dispose() => Desk.Dispose();
}

/// <summary>Who is let in from elsewhere, and for how long.</summary>
public sealed class DeskSignInTests(PublicDesk fixture) : IClassFixture<PublicDesk>
{
    private readonly DeskProcess _desk = fixture.Desk;

    private static JsonObject Read(string digest) => new() { ["digest"] = digest };

    [Fact]
    public void Others_reach_the_desk_only_under_TLS_and_when_an_admin_is_enrolled()
    {
        using var folder = new TemporaryFolder();
        var (certificate, key) = Certificates.Write(folder);
        string[] serve = ["serve", "--port", "0", "--host", "0.0.0.0"], empty = ["--data", folder.Path];
        Assert.Equal(3, Cli.Run([.. serve, .. empty]).ExitCode);
        var nobody = Cli.Run([.. serve, .. empty, "--certificate", certificate, "--certificate-key", key]);
        Assert.Equal(3, nobody.ExitCode);
        Assert.Contains("ballast serve users add", nobody.Err);
        Assert.Equal(3, Cli.Run([.. serve, "--data", _desk.Data.Path, "--certificate", certificate, "--certificate-key", key, "--invite", "eve:admin"]).ExitCode);
        Assert.Equal(2, Cli.Run([.. serve[..^1], "desk.example"]).ExitCode);
    }

    [Fact]
    public void A_key_is_never_printed()
    {
        using var folder = new TemporaryFolder();
        var (certificate, key) = Certificates.Write(folder);
        var secret = File.ReadAllLines(key)[1][..20];
        var wrong = folder.File("wrong.key", File.ReadAllText(key).Replace("-----END", "x-----END"));
        foreach (var args in new string[][] { [certificate, wrong], [wrong, key], [key, certificate], [certificate, certificate] })
        {
            var run = Cli.Run("serve", "--data", folder.Path, "--port", "0", "--certificate", args[0], "--certificate-key", args[1]);
            Assert.Equal(2, run.ExitCode);
            Assert.DoesNotContain(secret, run.Out + run.Err);
        }
    }

    [Fact]
    public void The_cookie_is_bound_to_this_host_and_to_TLS()
    {
        var cookie = _desk.Enrol("cookie", Role.Viewer).SignIn().Header("Set-Cookie")!;
        Assert.StartsWith($"__Host-ballast-desk-{_desk.Address.Port}=", cookie);
        Assert.Equal(["httponly", "path=/", "samesite=strict", "secure"], cookie.Split(';')[1..].Select(p => p.Trim().ToLowerInvariant()).Order());
        Assert.StartsWith("max-age=31536000", _desk.Nobody.Get("/").Header("Strict-Transport-Security"));
        Assert.Null(new Func<string?>(() => { using var plain = new DeskProcess(); return plain.Nobody.Get("/").Header("Strict-Transport-Security"); })());
    }

    [Fact]
    public void What_is_wrong_is_not_said_and_guessing_must_wait()
    {
        using var other = DeskProcess.Public();
        var (anna, otto) = (other.Enrol("anna", Role.Admin), other.Enrol("otto", Role.Operator));
        Said[] wrong = [anna.SignIn(password: "not her password at all"), anna.SignIn(code: "000000"), anna.SignIn(name: "nobody", code: "000000"), anna.SignIn(code: ""), anna.SignIn(password: "", code: "000000")];
        Assert.All(wrong, w => Assert.Equal(401, w.Code));
        Assert.Single(wrong.Select(w => w.Text).Distinct());
        anna.SignIn(code: "000000");
        Assert.Equal(429, anna.SignIn().Code);
        Assert.Equal(303, otto.SignIn().Code);
        Assert.Contains(other.AuditLines(), l => l.Contains("\"who\":\"anna\"") && l.Contains("WAIT"));
        Assert.DoesNotContain(other.AuditLines(), l => l.Contains("nobody") || l.Contains(Person.Password));
    }

    [Fact]
    public void Passwords_are_tried_at_a_pace_that_leaves_the_machine_free()
    {
        using var other = DeskProcess.Public();
        var codes = Enumerable.Range(0, 25).AsParallel().WithDegreeOfParallelism(25).Select(i => other.Nobody.Form("/sign-in", ("name", $"n{i}"), ("password", "x"), ("code", "1")).Code).ToArray();
        Assert.Equal([401, 429], codes.Distinct().Order());
    }

    [Fact]
    public void A_code_lets_in_once_and_so_does_one_of_recovery()
    {
        var person = _desk.Enrol("once", Role.Viewer);
        var code = person.Code();
        Assert.Equal((303, 401), (person.SignIn(code: code).Code, person.SignIn(code: code).Code));
        Assert.Equal((303, 401), (person.SignIn(code: person.Recovery[3]).Code, person.SignIn(code: person.Recovery[3]).Code));
    }

    [Fact]
    public void A_session_ends_when_its_user_changes()
    {
        var users = new Ballast.Adapters.DataFolder(_desk.Data.Path).Users();
        var changed = _desk.Enrol("changed", Role.Operator).Inside();
        Assert.Equal(200, changed.Get("/api/v1/session").Code);
        Assert.Equal(0, Cli.Run("serve", "users", "role", "changed", "--role", "viewer", "--data", _desk.Data.Path).ExitCode);
        Assert.Equal(401, changed.Get("/api/v1/session").Code);
        var removed = _desk.Enrol("removed", Role.Operator);
        var inside = removed.Inside();
        users.Remove("removed");
        Assert.Equal((401, 401), (inside.Get("/api/v1/session").Code, removed.SignIn().Code));
        var again = _desk.Enrol("removed", Role.Operator);
        Assert.Equal((401, 200), (inside.Get("/api/v1/session").Code, again.Inside().Get("/api/v1/session").Code));
    }

    [Fact]
    public void A_new_session_ends_the_one_that_the_browser_had()
    {
        var person = _desk.Enrol("twice", Role.Viewer);
        var first = person.Inside();
        var second = first.Form("/sign-in", ("name", person.Name), ("password", Person.Password), ("code", person.Code()));
        Assert.Equal((303, 401), (second.Code, first.Get("/api/v1/session").Code));
    }

    [Fact]
    public void A_live_plan_wants_the_second_factor_again_each_time()
    {
        var person = _desk.Enrol("live", Role.Operator);
        var inside = person.Inside();
        var first = _desk.Waiting("core", "live-1", mode: "live");
        Said Approve(string plan, string digest) => inside.Post($"/api/v1/portfolios/core/plans/{plan}/approve", Read(digest));
        Assert.Equal((403, "SECOND_FACTOR"), Approve("live-1", first) is var bare ? (bare.Code, bare.Problem) : default);
        Assert.Equal((403, "CODE_WRONG"), inside.Post("/api/v1/session/second-factor", new JsonObject { ["code"] = "000000" }) is var wrong ? (wrong.Code, wrong.Problem) : default);
        Assert.Equal(200, inside.Post("/api/v1/session/second-factor", new JsonObject { ["code"] = person.Code() }).Code);
        Assert.Equal((409, "PLAN_CHANGED"), Approve("live-1", new string('0', 64)) is var other ? (other.Code, other.Problem) : default);
        Assert.Equal(202, Approve("live-1", first).Code);
        var second = _desk.Waiting("core", "live-2", mode: "live");
        Assert.Equal("SECOND_FACTOR", Approve("live-2", second).Problem);
        var form = inside.Form("/again", ("csrf", inside.Csrf), ("code", person.Code()));
        Assert.Equal((200, 202), (form.Code, Approve("live-2", second).Code));
        Assert.DoesNotContain(_desk.AuditLines(), l => l.Contains("\"code\":\"000000\""));
    }

    [Fact]
    public void Resuming_wants_the_second_factor_of_an_admin()
    {
        var (admin, operate) = (_desk.Enrol("admin", Role.Admin), _desk.Enrol("operate", Role.Operator));
        var (inside, lower) = (admin.Inside(), operate.Inside());
        var why = new JsonObject { ["reason"] = "looked" };
        Assert.Equal("SECOND_FACTOR", inside.Post("/api/v1/safety/resume", why.DeepClone()).Problem);
        lower.Post("/api/v1/session/second-factor", new JsonObject { ["code"] = operate.Code() });
        Assert.Equal("ROLE", lower.Post("/api/v1/safety/resume", why.DeepClone()).Problem);
        inside.Post("/api/v1/session/second-factor", new JsonObject { ["code"] = admin.Code() });
        Assert.Equal(200, inside.Post("/api/v1/safety/resume", why.DeepClone()).Code);
    }

    [Fact]
    public void A_link_is_one_factor_and_lets_nobody_in_from_elsewhere()
    {
        var admin = _desk.Enrol("linker", Role.Admin).Inside();
        Assert.Equal("NO_LINKS", admin.Post("/api/v1/invites", new JsonObject { ["name"] = "eve", ["role"] = "admin" }).Problem);
        using var here = new DeskProcess();
        var digest = here.Waiting("core", "live-3", mode: "live");
        Assert.Equal((403, "NO_SECOND_FACTOR"), here.As("otto").Post("/api/v1/portfolios/core/plans/live-3/approve", Read(digest)) is var a ? (a.Code, a.Problem) : default);
        Assert.Equal("NO_SECOND_FACTOR", here.As("anna").Post("/api/v1/safety/resume", new JsonObject { ["reason"] = "looked" }).Problem);
    }

    [Fact]
    public void Strangers_are_told_no_more_than_how_it_is() =>
        Assert.Equal(["at", "reason", "state"], _desk.Nobody.Get("/health").Json.AsObject().Select(p => p.Key).Order());

    [Fact]
    public void People_are_kept_so_that_only_the_owner_reads_them_and_no_password_is_there()
    {
        using var folder = new TemporaryFolder();
        var run = Cli.Piped($"{Person.Password}\n", "serve", "users", "add", "anna", "--role", "admin", "--data", folder.Path);
        Assert.Equal(0, run.ExitCode);
        var path = Path.Combine(folder.Path, "desk", "users.json");
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        var codes = run.Out.Split('\n').Where(l => l.StartsWith("  ", StringComparison.Ordinal)).Select(l => l.Trim()).ToArray();
        Assert.Equal(11, codes.Length);
        foreach (var secret in codes.Append(Person.Password)) Assert.DoesNotContain(secret, File.ReadAllText(path));
        Assert.DoesNotContain(Person.Password, run.Out);
        Assert.Contains("users add anna admin", File.ReadAllText(Path.Combine(folder.Path, "desk", "audit.jsonl")));
    }

    [Theory]
    [InlineData("too short")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("my ballast password")]
    [InlineData("the words of ANNA are here")]
    public void A_password_that_is_easy_is_not_taken(string password)
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(2, Cli.Piped(password + "\n", "serve", "users", "add", "anna", "--role", "admin", "--data", folder.Path).ExitCode);
        Assert.False(File.Exists(Path.Combine(folder.Path, "desk", "users.json")));
    }
}
