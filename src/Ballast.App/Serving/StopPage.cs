using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;

namespace Ballast.App.Serving;

/// <summary>Stopping without script: a form, and what became of it. It works when the rest of the page does not.</summary>
internal static class StopPage
{
    public static Task WriteAsync(HttpResponse response, Session session, Adapters.Running.Kill? kill)
    {
        var said = kill is null ? "<p>Nothing is stopped.</p>" : $"<p><strong>Stopped: {Text(kill.Scope == "*" ? "everything" : kill.Scope)}</strong>, by {Text(kill.By)}: {Text(kill.Reason)}. Every running loop cancels what works and sends nothing more.</p>";
        var form = session.Role < Role.Operator ? "<p>Only an operator can stop trading.</p>" : $"""
            <form method="post" action="/stop">
            <input type="hidden" name="csrf" value="{Text(session.Csrf)}">
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

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);
}
