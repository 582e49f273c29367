using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;

namespace Ballast.App.Serving;

/// <summary>Pages that work without script: stopping, signing in, the second factor.</summary>
internal static class PlainPage
{
    public static Task StopAsync(HttpResponse response, Session session, Adapters.Running.Kill? kill)
    {
        var said = kill is null ? "<p>Nothing is stopped.</p>" : $"<p><strong>Stopped: {Text(kill.Scope == "*" ? "everything" : kill.Scope)}</strong>, by {Text(kill.By)}: {Text(kill.Reason)}. Every running loop cancels what works and sends nothing more.</p>";
        var form = session.Role < Role.Operator ? "<p>Only an operator can stop trading.</p>" : $"""
            <form method="post" action="/stop">
            <input type="hidden" name="csrf" value="{Text(session.Csrf ?? "")}">
            <p><label>Why <input name="reason" maxlength="500" autocomplete="off"></label></p>
            <p><button class="stop">■ Stop all trading now</button></p>
            </form>
            """;
        return WriteAsync(response, $"""
            <h1>Stop all trading</h1>
            {said}
            <p>No new orders, at once. Open orders are cancelled at each venue. Positions stay.</p>
            {form}
            <p><a href="/safety">Safety</a></p>
            """);
    }

    public static Task SignInAsync(HttpResponse response, string? fault) => WriteAsync(response, $"""
        <h1>Ballast</h1>
        {Fault(fault)}
        <form method="post" action="/sign-in">
        <p><label>Name <input name="name" maxlength="60" autocomplete="username" required></label></p>
        <p><label>Password <input name="password" type="password" maxlength="128" autocomplete="current-password" required></label></p>
        <p><label>Code of your authenticator, or a recovery code <input name="code" maxlength="40" autocomplete="one-time-code" required></label></p>
        <p><button>Sign in</button></p>
        </form>
        """);

    public static Task AgainAsync(HttpResponse response, Session session, string? fault) => WriteAsync(response, $"""
        <h1>Your second factor, again</h1>
        <p>Approving a live plan, and letting trading go on, each want a code of your authenticator. It holds for one such act, within two minutes.</p>
        {Fault(fault)}
        <form method="post" action="/again">
        <input type="hidden" name="csrf" value="{Text(session.Csrf ?? "")}">
        <p><label>Code <input name="code" inputmode="numeric" maxlength="6" autocomplete="one-time-code" required></label></p>
        <p><button>Confirm</button></p>
        </form>
        """);

    public static Task WriteAsync(HttpResponse response, string body)
    {
        response.ContentType = "text/html; charset=utf-8";
        return response.WriteAsync($"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Ballast</title><link rel="stylesheet" href="/desk.css"></head>
            <body><main class="plain">
            {body}
            </main></body></html>
            """, Encoding.UTF8);
    }

    private static string Fault(string? fault) => fault is null ? "" : $"<p role=\"alert\"><strong>{Text(fault)}</strong></p>";

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);
}
