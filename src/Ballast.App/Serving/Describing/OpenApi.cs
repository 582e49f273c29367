using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Ballast.App.Serving.Describing;

/// <summary>The description of the API in OpenAPI 3.1, made of the table of routes and of the types of the page.</summary>
internal static partial class OpenApi
{
    private static readonly ImmutableArray<(string Status, string Why)> Refusals =
    [
        ("400", "the request is not what it should be"), ("401", "nobody is signed in"), ("403", "the role, the token, the origin or the second factor is wanting"), ("404", "there is no such thing"),
        ("409", "it is not as it was: answered already, another plan, stopped"), ("410", "too late"), ("413", "the body is too large"), ("415", "the body is not JSON"), ("421", "asked under another name"), ("422", "the files or the numbers are refused"), ("429", "too often"), ("503", "not as it should be, or the disk fails"),
    ];

    public static JsonObject Of(IEnumerable<Route> routes)
    {
        var paths = new JsonObject();
        foreach (var group in routes.GroupBy(r => r.Path, StringComparer.Ordinal))
            paths[group.Key] = new JsonObject(group.Select(r => KeyValuePair.Create(r.Verb.ToLowerInvariant(), (JsonNode?)Operation(r))));
        paths["/api/v1/events"] = new JsonObject { ["get"] = Events() };
        return new()
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "Ballast desk", ["version"] = "1",
                ["description"] = "Exact numbers are strings, estimates are numbers, times are UTC. What is not done is application/problem+json with a stable `code`. Lists take `limit` and `after`; `next` of a page is `after` of the one behind it, null at the end. What is looked at carries an ETag.",
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject
                {
                    ["desk"] = new JsonObject { ["type"] = "apiKey", ["in"] = "cookie", ["name"] = "ballast-desk-PORT", ["description"] = "set by the link that `ballast serve` prints, or by signing in; `__Host-ballast-desk-PORT` under TLS" },
                    ["token"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["description"] = "made by `ballast serve token`; it may look, and nothing else" },
                },
                ["schemas"] = Shapes.All,
            },
        };
    }

    /// <summary>The one answer that is no JSON.</summary>
    private static JsonObject Events() => new()
    {
        ["summary"] = "What changes, as it changes: portfolio, loop, journal, safety; a beat each second; reset where a page must read everything again. Last-Event-ID goes on where it ended.",
        ["operationId"] = "getApiV1Events", ["x-role"] = "viewer", ["security"] = Security(Role.Viewer), ["parameters"] = new JsonArray(Parameter("Last-Event-ID", "header", "string", "the last event that was seen", false)),
        ["responses"] = new JsonObject { ["200"] = new JsonObject { ["description"] = "until either side ends it", ["content"] = new JsonObject { ["text/event-stream"] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "string" } } } }, ["401"] = Refused("nobody is signed in") },
    };

    private static JsonObject Operation(Route route)
    {
        var operation = new JsonObject
        {
            ["summary"] = route.Summary,
            ["operationId"] = route.Verb.ToLowerInvariant() + Words().Replace(route.Path, m => m.Groups[1].Value is { Length: > 0 } word ? char.ToUpperInvariant(word[0]) + word[1..] : ""),
            ["x-role"] = route.Role is { } role ? Entrance.Word(role) : null,
            ["security"] = Security(route.Role, route.Acts),
            ["parameters"] = new JsonArray([.. Parameters(route)]),
            ["responses"] = Responses(route),
        };
        if (!route.Body.IsEmpty) operation["requestBody"] = new JsonObject { ["required"] = route.Body.Any(f => f.Required), ["content"] = new JsonObject { ["application/json"] = Media(Schema(route.Body), Answers.Bodies.GetValueOrDefault($"{route.Verb} {route.Path}")) } };
        return operation;
    }

    private static JsonArray Security(Role? role, bool acts = false) => role is null ? [] : acts ? [new JsonObject { ["desk"] = new JsonArray() }]
        : [new JsonObject { ["desk"] = new JsonArray() }, new JsonObject { ["token"] = new JsonArray() }];

    private static JsonObject Responses(Route route)
    {
        var shape = Answers.Types.TryGetValue($"{route.Verb} {route.Path}", out var name) ? Shapes.Reference(name) : new JsonObject { ["type"] = "object" };
        var done = new JsonObject { ["description"] = route.Acts ? "done, or told" : "as it is now", ["content"] = MediaOf(route) is { } media ? new JsonObject { [media] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "string" } } } : new JsonObject { ["application/json"] = new JsonObject { ["schema"] = shape } } };
        if (Tagged(route)) done["headers"] = new JsonObject { ["ETag"] = new JsonObject { ["description"] = "of the answer; give it as If-None-Match", ["schema"] = new JsonObject { ["type"] = "string" } } };
        var responses = new JsonObject { [route.Acts && route.Keyed && (route.Path.Contains("{id}", StringComparison.Ordinal) || route.Path == "/api/v1/runs") ? "202" : "200"] = done };
        if (Tagged(route)) responses["304"] = new JsonObject { ["description"] = "the same as the one that carried the ETag" };
        if (route.Role is null && route.Path == "/health") responses["503"] = done.DeepClone();
        foreach (var (status, why) in Refusals.Where(r => May(route, r.Status) && !responses.ContainsKey(r.Status))) responses[status] = Refused(why);
        responses["default"] = Refused("not done");
        return responses;
    }

    /// <summary>Of what is no JSON.</summary>
    private static string? MediaOf(Route route) => route.Path.EndsWith("/report", StringComparison.Ordinal) ? "text/html" : route.Path.EndsWith("/export", StringComparison.Ordinal) ? "text/plain" : null;

    private static bool Tagged(Route route) => !route.IsUnsafe && route.Role is not null;

    private static bool May(Route route, string status) => status switch
    {
        "401" or "403" => route.Role is not null,
        "404" => route.Path.Contains('{'),
        "409" or "410" => route.Keyed,
        "413" or "415" => route.IsUnsafe && !route.Body.IsEmpty,
        "400" or "422" => route.IsUnsafe || !route.Query.IsEmpty || route.Path.Contains('{'),
        "503" => route.Acts,
        _ => true,
    };

    private static JsonObject Refused(string why) => new()
    {
        ["description"] = why,
        ["content"] = new JsonObject { ["application/problem+json"] = Media(Shapes.Reference("Problem"), """{"type":"urn:ballast:not-found","title":"Not found","status":404,"detail":"There is no portfolio of that name.","code":"NOT_FOUND","traceId":"0HN8J2:00000001","faults":[]}""") },
    };

    private static JsonObject Media(JsonObject schema, string? example) =>
        example is null ? new() { ["schema"] = schema } : new() { ["schema"] = schema, ["examples"] = new JsonObject { ["one"] = new JsonObject { ["value"] = JsonNode.Parse(example) } } };

    private static IEnumerable<JsonNode?> Parameters(Route route)
    {
        foreach (Match name in InPath().Matches(route.Path)) yield return Parameter(name.Groups[1].Value, "path", "string", "", true);
        foreach (var field in route.Query) yield return Parameter(field.Name, "query", field.Type, field.Says, false);
        if (route.IsUnsafe) yield return Parameter("X-CSRF-Token", "header", "string", "`csrf` of GET /api/v1/session; not with a token", route.Acts);
        if (route.Keyed) yield return Parameter("Idempotency-Key", "header", "string", "new for each act; the same key and body give the first answer again", true);
        if (Tagged(route)) yield return Parameter("If-None-Match", "header", "string", "ETag of an answer that is known", false);
    }

    private static JsonObject Parameter(string name, string place, string type, string says, bool required) =>
        new() { ["name"] = name, ["in"] = place, ["required"] = required, ["description"] = says, ["schema"] = new JsonObject { ["type"] = type } };

    public static JsonObject Schema(ImmutableArray<Field> fields) => new()
    {
        ["type"] = "object", ["additionalProperties"] = false,
        ["properties"] = new JsonObject(fields.Select(f => KeyValuePair.Create(f.Name, (JsonNode?)new JsonObject { ["type"] = f.Type, ["description"] = f.Says }))),
        ["required"] = new JsonArray([.. fields.Where(f => f.Required).Select(f => (JsonNode?)f.Name)]),
    };

    [GeneratedRegex(@"[^A-Za-z0-9]+([A-Za-z0-9]+)|[^A-Za-z0-9]+$")]
    private static partial Regex Words();

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex InPath();
}
