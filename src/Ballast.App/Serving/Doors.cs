using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Ballast.App.Serving;

/// <summary>What is asked by links and forms, without script: coming in, the second factor, stopping.</summary>
internal sealed class Doors(Desk desk, Guard guard)
{
    private static readonly SemaphoreSlim _passwords = new(2); // Each costs a good part of a second of one core.

    public Task EnterAsync(HttpContext http)
    {
        var now = SystemClock.Instance.GetCurrentInstant();
        // A browser that only looks ahead must not use the link up.
        if (http.Request.Headers["Sec-Purpose"].ToString().Contains("prefetch", StringComparison.Ordinal)) throw new Problem(403, "PREFETCH", "Open the link yourself.");
        var entered = desk.Listening.IsPublic ? null : desk.Sessions.Enter(http.Request.Query["token"].ToString(), now);
        if (entered is null) guard.Guessed(http);
        Kept(http, now, entered?.Session.Name, entered?.Session.Role, "GET /enter", entered is null ? 401 : 303, entered is null ? "LINK" : null);
        if (entered is not var (cookie, _)) throw new Problem(401, "LINK", "This link was used already, or is too old. An admin makes another, or `ballast serve` prints new ones when it starts.");
        desk.Entrance.Admit(http, cookie);
        return Task.CompletedTask;
    }

    public static Task SignInFormAsync(HttpContext http) => PlainPage.SignInAsync(http.Response, null);

    public async Task SignInAsync(HttpContext http)
    {
        var (now, form) = (SystemClock.Instance.GetCurrentInstant(), await FormAsync(http));
        var name = form["name"].ToString();
        guard.Guessed(http);
        await _passwords.WaitAsync(http.RequestAborted);
        try
        {
            var user = await Task.Run(() => desk.SignIn.Check(name, form["password"].ToString(), form["code"].ToString(), Guard.Stranger(http), now));
            Kept(http, now, user.Name, user.Role, "POST /sign-in", 303, null);
            desk.Entrance.Admit(http, desk.Sessions.Enter(user, now).Cookie);
        }
        catch (Problem problem)
        {
            // Who types a password into the field of the name must not find it in the audit.
            Kept(http, now, desk.Users.Find(name)?.Name, null, "POST /sign-in", problem.Status, problem.Code);
            http.Response.StatusCode = problem.Status;
            await PlainPage.SignInAsync(http.Response, problem.Message);
        }
        finally
        {
            _passwords.Release();
        }
    }

    public Task AgainFormAsync(HttpContext http) => PlainPage.AgainAsync(http.Response, desk.Entrance.Allow(http, Role.Viewer, isUnsafe: false), null);

    public async Task AgainAsync(HttpContext http)
    {
        var (session, now, form) = (desk.Entrance.Allow(http, Role.Viewer, isUnsafe: false), SystemClock.Instance.GetCurrentInstant(), await FormAsync(http));
        try
        {
            Ours(session, form);
            desk.SignIn.Again(session.Name, form["code"].ToString(), now);
            desk.Sessions.Raise(desk.Entrance.Cookie(http)!, now);
            Kept(http, now, session.Name, session.Role, "POST /again", 200, null);
            await PlainPage.WriteAsync(http.Response, "<h1>Confirmed</h1><p>Within two minutes, one act. <a href=\"/\">Back to the desk</a></p>");
        }
        catch (Problem problem)
        {
            Kept(http, now, session.Name, session.Role, "POST /again", problem.Status, problem.Code);
            http.Response.StatusCode = problem.Status;
            await PlainPage.AgainAsync(http.Response, session, problem.Message);
        }
    }

    public Task StopFormAsync(HttpContext http) => PlainPage.StopAsync(http.Response, desk.Entrance.Allow(http, Role.Viewer, isUnsafe: false), desk.Loops.Kill);

    /// <summary>The plain form: the same switch, the same checks, no script.</summary>
    public async Task StopAsync(HttpContext http)
    {
        var (session, now, form) = (desk.Entrance.Allow(http, Role.Viewer, isUnsafe: false), SystemClock.Instance.GetCurrentInstant(), await FormAsync(http));
        var code = session.Role < Role.Operator ? "ROLE" : session.Csrf is { } csrf && Sessions.Same(form["csrf"].ToString(), csrf) ? null : "CSRF";
        var reason = form["reason"].ToString();
        var body = new JsonObject { ["reason"] = reason.Length == 0 ? null : reason };
        var call = new Call(http, session, body, now);
        if (code is null) desk.Acts.Kill(null, call.Note("reason"), call);
        desk.Audit.Write(now, session.Name, session.Role, "POST /stop", code is null ? 200 : 403, code, body, http.TraceIdentifier);
        if (code is not null) throw new Problem(403, code, "Stopping wants the role operator, and the form of this page.");
        await PlainPage.StopAsync(http.Response, session, desk.Loops.Kill);
    }

    private static void Ours(Session session, IFormCollection form)
    {
        if (session.Csrf is not { } csrf || !Sessions.Same(form["csrf"].ToString(), csrf)) throw new Problem(403, "CSRF", "The form does not carry the token of this session; open the page again.");
    }

    private static async Task<IFormCollection> FormAsync(HttpContext http) => http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted) : FormCollection.Empty;

    private void Kept(HttpContext http, Instant now, string? who, Role? role, string act, int status, string? code) => desk.Audit.Write(now, who, role, act, status, code, null, http.TraceIdentifier);
}
