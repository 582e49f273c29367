using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ballast.App.Serving.Mcp;
using Ballast.App.Serving.People;
using Ballast.App.Watching;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace Ballast.App.Serving;

/// <summary>The desk on a port. Nothing outside the program configures it: no environment, no settings file can bind it elsewhere.</summary>
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
            kestrel.Listen(desk.Listening.Address, desk.Listening.Port, Secured);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = Route.Large;
            kestrel.Limits.MaxConcurrentConnections = 256;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);
        });
        if (desk.Listening.IsSecret) builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.AddRoutingCore();
        _app = builder.Build();
        _app.Use(OuterAsync);
        _app.UseRouting();
        var doors = new Doors(desk, guard);
        _app.MapGet("/enter", doors.EnterAsync);
        _app.MapGet("/sign-in", Doors.SignInFormAsync);
        _app.MapPost("/sign-in", doors.SignInAsync);
        _app.MapGet("/again", doors.AgainFormAsync);
        _app.MapPost("/again", doors.AgainAsync);
        _app.MapGet("/stop", doors.StopFormAsync);
        _app.MapPost("/stop", doors.StopAsync);
        var mcp = new McpDoor(desk.Entrance, new McpDesk(Readings.Of(desk.Portfolios, desk.Journals, desk.Loops)));
        _app.MapPost("/mcp", mcp.PostAsync);
        _app.MapMethods("/mcp", ["GET", "DELETE"], McpDoor.NoStream);
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

    private void Secured(ListenOptions options)
    {
        if (desk.Listening.Certificate is { } certificate) options.UseHttps(certificate, https => https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13);
    }

    /// <summary>Headers on everything, checks before anything, and a sentence for whatever goes wrong.</summary>
    private async Task OuterAsync(HttpContext http, RequestDelegate next)
    {
        guard.Head(http.Response);
        using var measured = new MeasuredRequest(http);
        try
        {
            guard.Check(http);
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
        if (fault is Microsoft.AspNetCore.Http.BadHttpRequestException bad) return new(bad.StatusCode, "BAD_REQUEST", "The request is not what it should be.");
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
            session = desk.Entrance.Of(http);
            if (route.Role is { } least) desk.Entrance.Allow(http, least, route.IsUnsafe);
            body = await BodyAsync(http, route);
            var call = new Call(http, session, body, now);
            var answer = await Task.Run(() => Do(route, call));
            if (route.Acts) Kept(now, session, http, route, answer.Status, null, body);
            await WriteAsync(http, answer, isTagged: !route.IsUnsafe && route.Role is not null);
        }
        catch (Problem problem) when (route.Acts && session is not null)
        {
            Kept(now, session, http, route, problem.Status, problem.Code, body);
            throw;
        }
    }

    private Answer Do(Route route, Call call)
    {
        if (!route.Keyed) return Gravely(route, call);
        var key = call.Http.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length is < 8 or > 100) throw Problem.Bad("Idempotency-Key: 8 to 100 characters, new for each act.");
        var (answer, replayed) = desk.Once.Do(call.Who, $"{route.Verb} {call.Http.Request.Path}", key, call.Body, call.Now, () => Gravely(route, call));
        if (replayed) call.Http.Response.Headers["Idempotency-Replayed"] = "true";
        return answer;
    }

    /// <summary>A grave act uses up the second factor that was given for it; one that is refused does not.</summary>
    private Answer Gravely(Route route, Call call)
    {
        if (route.Grave?.Invoke(call) != true) return route.Do(call);
        if (desk.Users.Find(call.Who) is null) throw SignIn.None(call.Who);
        var cookie = desk.Entrance.Cookie(call.Http) ?? "";
        if (!desk.Sessions.Spend(cookie, call.Now)) throw new Problem(403, "SECOND_FACTOR", "This wants your second factor again: give a code at /again (or POST /api/v1/session/second-factor), then repeat the act.");
        try
        {
            return route.Do(call);
        }
        catch (Problem)
        {
            desk.Sessions.Raise(cookie, call.Now);
            throw;
        }
    }

    private void Kept(Instant now, Session? session, HttpContext http, Route route, int status, string? code, JsonObject? body) =>
        desk.Audit.Write(now, session?.Name, session?.Role, $"{route.Verb} {http.Request.Path}", status, code, body, http.TraceIdentifier);

    /// <summary>What is looked at carries a tag: who has the same already is told so, without it.</summary>
    private static Task WriteAsync(HttpContext http, Answer answer, bool isTagged)
    {
        if (answer.Page is { } page)
        {
            Guard.HeadOfReport(http.Response, page);
            http.Response.ContentType = "text/html; charset=utf-8";
            return http.Response.WriteAsync(page, http.RequestAborted);
        }
        if (answer.File is var (name, text))
        {
            http.Response.ContentType = "text/plain; charset=utf-8";
            http.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileNameStar = name }.ToString();
            return http.Response.WriteAsync(text, http.RequestAborted);
        }
        var bytes = JsonSerializer.SerializeToUtf8Bytes(answer.Body);
        http.Response.StatusCode = answer.Status;
        if (isTagged)
        {
            var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]}\"";
            http.Response.Headers.ETag = tag;
            if (http.Request.Headers.IfNoneMatch.ToString() is { Length: > 0 } known && known.Split(',', StringSplitOptions.TrimEntries).Contains(tag))
            {
                http.Response.StatusCode = 304;
                return Task.CompletedTask;
            }
        }
        http.Response.ContentType = "application/json";
        return http.Response.Body.WriteAsync(bytes, http.RequestAborted).AsTask();
    }

    private static async Task<JsonObject> BodyAsync(HttpContext http, Route route)
    {
        if (!route.IsUnsafe || route.Verb == "DELETE") return [];
        if (http.Request.ContentLength is null or 0 && !route.Body.Any(f => f.Required)) return [];
        if (!http.Request.HasJsonContentType()) throw new Problem(415, "NOT_JSON", "Expected Content-Type: application/json.");
        if (http.Request.ContentLength > route.MostBytes) throw new Problem(413, "TOO_LARGE", $"At most {route.MostBytes} bytes are read.");
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = route.MostBytes;
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

    private Task EventsAsync(HttpContext http)
    {
        desk.Entrance.Allow(http, Role.Viewer, isUnsafe: false);
        var cookie = desk.Entrance.Cookie(http);
        return desk.Events.StreamAsync(http, () => cookie is null || desk.Sessions.Of(cookie, SystemClock.Instance.GetCurrentInstant(), asks: false) is not null);
    }

    private static Task PageAsync(HttpContext http)
    {
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method) || Pages.Of(http.Request.Path) is not var (type, bytes)) throw Problem.NotFound("such page");
        http.Response.ContentType = type;
        http.Response.ContentLength = bytes.Length;
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : http.Response.Body.WriteAsync(bytes, http.RequestAborted).AsTask();
    }
}
