using Ballast.App.Serving.People;
using Microsoft.AspNetCore.Http;

namespace Ballast.App.Serving;

/// <summary>Who asks: a person by a cookie, or a program by a token, which may look and no more. Found once a request.</summary>
internal sealed class Entrance(Listening listening, Sessions sessions, Tokens tokens)
{
    private static readonly object Found = new();

    public Session? Of(HttpContext http)
    {
        if (http.Items.TryGetValue(Found, out var known)) return (Session?)known;
        var now = SystemClock.Instance.GetCurrentInstant();
        var session = Bearer(http.Request) is { } token ? Program(token, now) : sessions.Of(Cookie(http), now);
        http.Items[Found] = session;
        return session;
    }

    public string? Cookie(HttpContext http) => http.Request.Cookies[listening.CookieName];

    /// <exception cref="Problem">Nobody is known, or who is known may not.</exception>
    public Session Allow(HttpContext http, Role least, bool isUnsafe)
    {
        if (Of(http) is not { } session) throw new Problem(401, "SIGNED_OUT", listening.IsPublic ? "Sign in first: /sign-in." : "Open the link that `ballast serve` printed; it lets one browser in, once.");
        if (session.Role < least) throw new Problem(403, "ROLE", $"This wants the role {Word(least)}; you are {Word(session.Role)}.");
        if (isUnsafe && session.Csrf is { } csrf && !Sessions.Same(http.Request.Headers["X-CSRF-Token"].ToString(), csrf)) throw new Problem(403, "CSRF", "The act does not carry the token of this session; reload the page.");
        return session;
    }

    public void Admit(HttpContext http, string cookie)
    {
        if (Cookie(http) is { Length: > 0 } before) sessions.Leave(before);
        http.Response.Cookies.Append(listening.CookieName, cookie, new CookieOptions { HttpOnly = true, Secure = listening.IsSecret, SameSite = SameSiteMode.Strict, Path = "/" });
        http.Response.StatusCode = 303;
        http.Response.Headers.Location = "/";
    }

    public void Leave(HttpContext http)
    {
        if (Cookie(http) is not { Length: > 0 } cookie) throw new Problem(409, "NO_SESSION", "A token has no session to end: `ballast serve token remove NAME`.");
        sessions.Leave(cookie);
        http.Response.Cookies.Delete(listening.CookieName, new CookieOptions { HttpOnly = true, Secure = listening.IsSecret, SameSite = SameSiteMode.Strict, Path = "/" });
    }

    public static string? Bearer(HttpRequest request) =>
        request.Headers.Authorization.ToString() is var said && said.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? said["Bearer ".Length..].Trim() : null;

    public static string Word(Role role) => role.ToString().ToLowerInvariant();

    private Session? Program(string said, Instant now) => tokens.Find(said, now) is { } token ? new(token.Hash[..16], token.Name, Role.Viewer, null, now, null) : null;
}
