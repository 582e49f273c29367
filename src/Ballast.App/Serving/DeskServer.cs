using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Ballast.App.Serving;

/// <summary>The desk on a port of this machine. Nothing outside the program configures it: no environment, no settings file can bind it elsewhere.</summary>
internal sealed class DeskServer(Desk desk, Guard guard) : IAsyncDisposable
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    private WebApplication? _app;

    /// <exception cref="IOException">The port is taken.</exception>
    public async Task StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, desk.Port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 32 * 1024 * 1024;
            kestrel.Limits.MaxConcurrentConnections = 256;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        });
        builder.Services.AddRoutingCore();
        _app = builder.Build();
        _app.Use(OuterAsync);
        _app.UseRouting();
        _app.MapGet("/enter", EnterAsync);
        _app.MapGet("/stop", StopFormAsync);
        _app.MapPost("/stop", StopAsync);
        _app.MapGet("/api/v1/events", EventsAsync);
        foreach (var route in new Routes(desk).All) _app.MapMethods(route.Path, [route.Verb], http => AnswerAsync(http, route));
        _app.MapFallback("{*path}", PageAsync);
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is null) return;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(3));
        await _app.StopAsync(patience.Token);
        await _app.DisposeAsync();
    }

    /// <summary>Headers on everything, checks before anything, and a sentence for whatever goes wrong.</summary>
    private async Task OuterAsync(HttpContext http, RequestDelegate next)
    {
        Guard.Head(http.Response);
        try
        {
            guard.Check(http.Request);
            await next(http);
            if (!http.Response.HasStarted && http.Response.StatusCode >= 400 && http.Response.ContentType is null) throw Problem.Of(http.Response.StatusCode);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer.
        }
        catch (Exception fault) when (!http.Response.HasStarted)
        {
            await WriteAsync(http, ProblemOf(fault, http.TraceIdentifier));
        }
    }

    private static Problem ProblemOf(Exception fault, string trace)
    {
        if (fault is Problem problem) return problem;
        if (fault is BadHttpRequestException bad) return new(bad.StatusCode, "BAD_REQUEST", "The request is not what it should be.");
        if (fault is InvalidInputException input) return new(422, "FILES_WRONG", input.Message);
        Console.Error.WriteLine($"ballast serve: {trace}: {fault}");
        return fault is IOException or UnauthorizedAccessException ? new(503, "DISK", "The disk did not do what was asked; the program's own output says more.")
            : new(500, "DEFECT", "A defect of ours, not of your input; the program's own output says more.");
    }

    private static Task WriteAsync(HttpContext http, Problem problem)
    {
        http.Response.StatusCode = problem.Status;
        http.Response.ContentType = "application/problem+json";
        return http.Response.WriteAsync(problem.ToJson(http.TraceIdentifier).ToJsonString());
    }

    private async Task AnswerAsync(HttpContext http, Route route)
    {
        var now = SystemClock.Instance.GetCurrentInstant();
        Session? session = null;
        JsonObject? body = null;
        try
        {
            session = desk.Sessions.Of(http.Request.Cookies[Guard.CookieName(desk.Port)], now);
            if (route.Role is { } least) Allow(http, session, least, route.IsUnsafe);
            body = await BodyAsync(http, route);
            var call = new Call(http, session, body, now);
            var answer = await Task.Run(() => Do(route, call));
            if (route.Acts) Kept(now, session, http, route, answer.Status, null, body);
            http.Response.StatusCode = answer.Status;
            if (answer.Page is { } page) Guard.HeadOfReport(http.Response, page);
            http.Response.ContentType = answer.Page is null ? "application/json" : "text/html; charset=utf-8";
            await http.Response.WriteAsync(answer.Page ?? answer.Body?.ToJsonString() ?? "null", http.RequestAborted);
        }
        catch (Problem problem) when (route.Acts && session is not null)
        {
            Kept(now, session, http, route, problem.Status, problem.Code, body);
            throw;
        }
    }

    private Answer Do(Route route, Call call)
    {
        if (!route.Keyed) return route.Do(call);
        var key = call.Http.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length is < 8 or > 100) throw Problem.Bad("Idempotency-Key: 8 to 100 characters, new for each act.");
        var (answer, replayed) = desk.Once.Do(call.Who, $"{route.Verb} {call.Http.Request.Path}", key, call.Body, call.Now, () => route.Do(call));
        if (replayed) call.Http.Response.Headers["Idempotency-Replayed"] = "true";
        return answer;
    }

    private static void Allow(HttpContext http, Session? session, Role least, bool isUnsafe)
    {
        if (session is null) throw new Problem(401, "SIGNED_OUT", "Open the link that `ballast serve` printed; it lets one browser in, once.");
        if (session.Role < least) throw new Problem(403, "ROLE", $"This wants the role {least.ToString().ToLowerInvariant()}; you are {session.Role.ToString().ToLowerInvariant()}.");
        if (isUnsafe && !Sessions.Same(http.Request.Headers["X-CSRF-Token"].ToString(), session.Csrf)) throw new Problem(403, "CSRF", "The act does not carry the token of this session; reload the page.");
    }

    private void Kept(Instant now, Session? session, HttpContext http, Route route, int status, string? code, JsonObject? body) =>
        desk.Audit.Write(now, session?.Name, session?.Role, $"{route.Verb} {http.Request.Path}", status, code, body, http.TraceIdentifier);

    private static async Task<JsonObject> BodyAsync(HttpContext http, Route route)
    {
        if (!route.IsUnsafe || route.Verb == "DELETE") return [];
        if (http.Request.ContentLength is null or 0 && !route.Body.Any(f => f.Required)) return [];
        if (!http.Request.HasJsonContentType()) throw new Problem(415, "NOT_JSON", "Expected Content-Type: application/json.");
        JsonObject body;
        try
        {
            using var document = await JsonDocument.ParseAsync(http.Request.Body, Strict, http.RequestAborted);
            body = JsonObject.Create(document.RootElement.Clone()) ?? throw Problem.Bad("Expected a JSON object.");
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw Problem.Bad("The body is no JSON object with each key once.");
        }
        foreach (var (key, value) in body)
            if (route.Body.FirstOrDefault(f => f.Name == key) is not { } field) throw Problem.Bad($"`{key}` is no key of this act; expected {(route.Body.IsEmpty ? "none" : string.Join(", ", route.Body.Select(f => f.Name)))}.");
            else if (value is not null && !Fits(value, field.Type)) throw Problem.Bad($"{key}: expected a {field.Type}.");
        return route.Body.FirstOrDefault(f => f.Required && body[f.Name] is null) is { } missing ? throw Problem.Bad($"{missing.Name} is missing: {missing.Says}.") : body;
    }

    private static bool Fits(JsonNode value, string type) => value.GetValueKind() switch
    {
        JsonValueKind.String => type == "string",
        JsonValueKind.True or JsonValueKind.False => type == "boolean",
        JsonValueKind.Object => type == "object",
        _ => false,
    };

    private Task EnterAsync(HttpContext http)
    {
        var now = SystemClock.Instance.GetCurrentInstant();
        // A browser that only looks ahead must not use the link up.
        if (http.Request.Headers["Sec-Purpose"].ToString().Contains("prefetch", StringComparison.Ordinal)) throw new Problem(403, "PREFETCH", "Open the link yourself.");
        var entered = desk.Sessions.Enter(http.Request.Query["token"].ToString(), now);
        desk.Audit.Write(now, entered?.Session.Name, entered?.Session.Role, "GET /enter", entered is null ? 401 : 303, entered is null ? "LINK" : null, null, http.TraceIdentifier);
        if (entered is not var (cookie, _)) throw new Problem(401, "LINK", "This link was used already, or is too old. An admin makes another, or `ballast serve` prints new ones when it starts.");
        http.Response.Cookies.Append(Guard.CookieName(desk.Port), cookie, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/", MaxAge = TimeSpan.FromHours(24) });
        http.Response.StatusCode = 303;
        http.Response.Headers.Location = "/";
        return Task.CompletedTask;
    }

    private Session Known(HttpContext http)
    {
        var session = desk.Sessions.Of(http.Request.Cookies[Guard.CookieName(desk.Port)], SystemClock.Instance.GetCurrentInstant());
        Allow(http, session, Role.Viewer, isUnsafe: false);
        return session!;
    }

    private Task StopFormAsync(HttpContext http) => StopPage.WriteAsync(http.Response, Known(http), desk.Loops.Kill);

    /// <summary>The plain form: the same switch, the same checks, no script.</summary>
    private async Task StopAsync(HttpContext http)
    {
        var session = Known(http);
        var now = SystemClock.Instance.GetCurrentInstant();
        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted) : FormCollection.Empty;
        var code = session.Role < Role.Operator ? "ROLE" : Sessions.Same(form["csrf"].ToString(), session.Csrf) ? null : "CSRF";
        var reason = form["reason"].ToString();
        var body = new JsonObject { ["reason"] = reason.Length == 0 ? null : reason };
        if (code is null) desk.Acts.Kill(null, new Call(http, session, body, now).Note("reason"), new Call(http, session, body, now));
        desk.Audit.Write(now, session.Name, session.Role, "POST /stop", code is null ? 200 : 403, code, body, http.TraceIdentifier);
        if (code is not null) throw new Problem(403, code, "Stopping wants the role operator, and the form of this page.");
        await StopPage.WriteAsync(http.Response, session, desk.Loops.Kill);
    }

    private Task EventsAsync(HttpContext http)
    {
        Known(http);
        var cookie = http.Request.Cookies[Guard.CookieName(desk.Port)];
        return desk.Events.StreamAsync(http, () => desk.Sessions.Of(cookie, SystemClock.Instance.GetCurrentInstant()) is not null);
    }

    private static Task PageAsync(HttpContext http)
    {
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method) || Pages.Of(http.Request.Path) is not var (type, bytes)) throw Problem.NotFound("such page");
        http.Response.ContentType = type;
        http.Response.ContentLength = bytes.Length;
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : http.Response.Body.WriteAsync(bytes, http.RequestAborted).AsTask();
    }
}
