using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ballast.App.Watching;

/// <summary>A request as a span and a measurement, by its route and never by its address: an address names portfolios and, once, a link.</summary>
internal sealed class MeasuredRequest : IDisposable
{
    private readonly HttpContext _http;
    private readonly Activity? _span;
    private readonly long _start = Stopwatch.GetTimestamp();

    public MeasuredRequest(HttpContext http)
    {
        _http = http;
        ActivityContext.TryParse(http.Request.Headers.TraceParent, null, out var parent);
        _span = Telemetry.Source.StartActivity(Method(http), ActivityKind.Server, parent);
    }

    public void Dispose()
    {
        var route = (_http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "";
        var status = _http.Response.StatusCode;
        KeyValuePair<string, object?>[] tags =
        [
            new("http.request.method", Method(_http)), new("http.route", route), new("http.response.status_code", status), new("url.scheme", _http.Request.Scheme),
            .. status >= 500 ? new[] { new KeyValuePair<string, object?>("error.type", status.ToString()) } : [],
        ];
        Telemetry.Requests.Record(Stopwatch.GetElapsedTime(_start).TotalSeconds, tags);
        if (_span is null) return;
        _span.DisplayName = $"{Method(_http)} {route}".TrimEnd();
        foreach (var tag in tags) _span.SetTag(tag.Key, tag.Value);
        if (status >= 500) _span.SetStatus(ActivityStatusCode.Error);
        _span.Dispose();
    }

    /// <summary>Anybody may invent methods; they are counted as one.</summary>
    private static string Method(HttpContext http) => http.Request.Method is "GET" or "HEAD" or "POST" or "PUT" or "DELETE" or "OPTIONS" or "PATCH" or "TRACE" or "CONNECT" ? http.Request.Method : "_OTHER";
}
