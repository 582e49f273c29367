using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Ballast.App.Serving;

/// <summary>The description of the API in OpenAPI 3.1, made of the table of routes.</summary>
internal static partial class OpenApi
{
    private static readonly ImmutableArray<string> ProblemTexts = ["type", "title", "detail", "code", "traceId"];

    public static JsonObject Of(IEnumerable<Route> routes)
    {
        var paths = new JsonObject();
        foreach (var group in routes.GroupBy(r => r.Path, StringComparer.Ordinal))
            paths[group.Key] = new JsonObject(group.Select(r => KeyValuePair.Create(r.Verb.ToLowerInvariant(), (JsonNode?)Operation(r))));
        paths["/api/v1/events"] = new JsonObject { ["get"] = Events() };
        return new()
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject { ["title"] = "Ballast desk", ["version"] = "1", ["description"] = "Served on 127.0.0.1 only. Exact numbers are strings, estimates are numbers, times are UTC." },
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject { ["desk"] = new JsonObject { ["type"] = "apiKey", ["in"] = "cookie", ["name"] = "ballast-desk-PORT", ["description"] = "set by the link that `ballast serve` prints" } },
                ["schemas"] = new JsonObject { ["Problem"] = Problem() },
            },
        };
    }

    /// <summary>The one answer that is no JSON.</summary>
    private static JsonObject Events() => new()
    {
        ["summary"] = "What changes, as it changes: portfolio, loop, journal, safety; a beat each second; reset where a page must read everything again. Last-Event-ID goes on where it ended.",
        ["operationId"] = "getApiV1Events", ["x-role"] = "viewer", ["security"] = new JsonArray(new JsonObject { ["desk"] = new JsonArray() }),
        ["responses"] = new JsonObject { ["200"] = new JsonObject { ["description"] = "until either side ends it", ["content"] = new JsonObject { ["text/event-stream"] = new JsonObject() } } },
    };

    private static JsonObject Operation(Route route)
    {
        var operation = new JsonObject
        {
            ["summary"] = route.Summary,
            ["operationId"] = route.Verb.ToLowerInvariant() + Words().Replace(route.Path, m => m.Groups[1].Value is { Length: > 0 } word ? char.ToUpperInvariant(word[0]) + word[1..] : ""),
            ["x-role"] = route.Role?.ToString().ToLowerInvariant(),
            ["security"] = route.Role is null ? new JsonArray() : new JsonArray(new JsonObject { ["desk"] = new JsonArray() }),
            ["parameters"] = new JsonArray([.. Parameters(route)]),
            ["responses"] = new JsonObject
            {
                ["2XX"] = new JsonObject { ["description"] = "done, or told", ["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "object" } } } },
                ["default"] = new JsonObject { ["description"] = "not done", ["content"] = new JsonObject { ["application/problem+json"] = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = "#/components/schemas/Problem" } } } },
            },
        };
        if (!route.Body.IsEmpty) operation["requestBody"] = new JsonObject { ["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = Schema(route.Body) } } };
        return operation;
    }

    private static IEnumerable<JsonNode?> Parameters(Route route)
    {
        foreach (Match name in InPath().Matches(route.Path)) yield return Parameter(name.Groups[1].Value, "path", "string", "", true);
        foreach (var field in route.Query) yield return Parameter(field.Name, "query", field.Type, field.Says, false);
        if (route.IsUnsafe) yield return Parameter("X-CSRF-Token", "header", "string", "`csrf` of GET /api/v1/session", true);
        if (route.Keyed) yield return Parameter("Idempotency-Key", "header", "string", "new for each act; the same key and body give the first answer again", true);
    }

    private static JsonObject Parameter(string name, string place, string type, string says, bool required) =>
        new() { ["name"] = name, ["in"] = place, ["required"] = required, ["description"] = says, ["schema"] = new JsonObject { ["type"] = type } };

    public static JsonObject Schema(ImmutableArray<Field> fields) => new()
    {
        ["type"] = "object", ["additionalProperties"] = false,
        ["properties"] = new JsonObject(fields.Select(f => KeyValuePair.Create(f.Name, (JsonNode?)new JsonObject { ["type"] = f.Type, ["description"] = f.Says }))),
        ["required"] = new JsonArray([.. fields.Where(f => f.Required).Select(f => (JsonNode?)f.Name)]),
    };

    private static JsonObject Problem() => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject(ProblemTexts.Select(n => KeyValuePair.Create(n, (JsonNode?)new JsonObject { ["type"] = "string" }))
            .Append(KeyValuePair.Create("status", (JsonNode?)new JsonObject { ["type"] = "integer" })).Append(KeyValuePair.Create("faults", (JsonNode?)new JsonObject { ["type"] = "array" }))),
    };

    [GeneratedRegex(@"[^A-Za-z0-9]+([A-Za-z0-9]+)|[^A-Za-z0-9]+$")]
    private static partial Regex Words();

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex InPath();
}
