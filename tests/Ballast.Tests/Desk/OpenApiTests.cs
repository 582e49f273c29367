using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ballast.App.Examples;

namespace Ballast.Tests.Serving;

/// <summary>The description of the API is one by the rules of OpenAPI 3.1, and what is answered is what it says.</summary>
public sealed partial class OpenApiTests(DeskProcess desk) : IClassFixture<DeskProcess>
{
    private static readonly string[] Verbs = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

    private static readonly string[] Kinds = ["null", "boolean", "object", "array", "number", "string", "integer"];

    /// <summary>Answers that are no plain data: the description itself, the stream, and pages to keep.</summary>
    private static readonly string[] Untyped = ["/api/v1/openapi.json", "/openapi/v1.json", "/api/v1/events", "/report", "/export"];

    private static JsonObject Sweep => new() { ["kind"] = "sweep", ["portfolio"] = "core", ["vary"] = new JsonObject { ["drift"] = "2%,5%" } };

    private JsonNode Document => desk.Nobody.Get("/api/v1/openapi.json").Json;

    private static IEnumerable<(string Path, string Verb, JsonNode Operation)> Operations(JsonNode document) =>
        from path in document["paths"]!.AsObject() from verb in path.Value!.AsObject() select (path.Key, verb.Key, verb.Value);

    [Fact]
    public void It_keeps_the_rules_of_OpenAPI()
    {
        var document = Document;
        Assert.Matches(@"^3\.1\.\d+$", (string?)document["openapi"]);
        Assert.All(new[] { "title", "version" }, k => Assert.NotEmpty((string?)document["info"]![k] ?? ""));
        var operations = Operations(document).ToArray();
        Assert.Equal(operations.Length, operations.Select(o => (string)o.Operation["operationId"]!).Distinct().Count());
        Rule.Holds(operations.SelectMany(o => Broken(document, o.Path, o.Verb, o.Operation).Select(why => $"{o.Verb} {o.Path}: {why}")));
        Rule.Holds(All(document).Where(o => o["$ref"] is JsonValue && new Schema(document).Find((string)o["$ref"]!) is null).Select(o => $"{o["$ref"]} leads nowhere"));
        Rule.Holds(All(document["components"]!["schemas"]!).SelectMany(o => Types(o).Except(Kinds)).Select(t => $"`{t}` is no type"));
    }

    private static IEnumerable<string> Broken(JsonNode document, string path, string verb, JsonNode operation)
    {
        if (!path.StartsWith('/')) yield return "a path begins with /";
        if (!Verbs.Contains(verb)) yield return "no verb";
        var parameters = operation["parameters"]?.AsArray().Select(p => (Name: (string)p!["name"]!, In: (string)p["in"]!, Node: p)).ToArray() ?? [];
        if (parameters.Select(p => (p.Name, p.In)).Distinct().Count() != parameters.Length) yield return "a parameter stands twice";
        if (parameters.Any(p => p.In is not ("path" or "query" or "header" or "cookie") || p.Node["schema"] is null)) yield return "a parameter has a place and a schema";
        if (!Placeholder().Matches(path).Select(m => m.Groups[1].Value).Order().SequenceEqual(parameters.Where(p => p.In == "path").Select(p => p.Name).Order())) yield return "the parameters of the path are not those of its template";
        if (parameters.Any(p => p.In == "path" && !(bool)p.Node["required"]!)) yield return "a parameter of the path is required";
        if (operation["responses"] is not JsonObject { Count: > 0 } responses) yield return "no responses";
        else foreach (var (status, response) in responses)
        {
            if (!Status().IsMatch(status)) yield return $"{status} is no status";
            if (string.IsNullOrEmpty((string?)response!["description"])) yield return $"{status} has no description";
        }
        if (operation["requestBody"] is { } body && body["content"] is not JsonObject { Count: > 0 }) yield return "a body has content";
        foreach (var used in operation["security"]!.AsArray().SelectMany(s => s!.AsObject())) if (document["components"]!["securitySchemes"]![used.Key] is null) yield return $"no scheme {used.Key}";
        foreach (var media in All(operation).Where(o => o["examples"] is not null))
            foreach (var example in media["examples"]!.AsObject())
                foreach (var fault in new Schema(document).Faults(media["schema"], example.Value!["value"])) yield return $"example {fault}";
    }

    [Fact]
    public void Every_answer_has_a_type_and_every_body_an_example() => Rule.Holds(
        from o in Operations(Document)
        where !Untyped.Any(o.Path.Contains)
        let schema = o.Operation["responses"]!.AsObject().First().Value!["content"]!["application/json"]!["schema"]!
        where schema["$ref"] is null || o.Operation["requestBody"] is { } body && !o.Path.EndsWith("/preview", StringComparison.Ordinal) && body["content"]!["application/json"]!["examples"] is null
        select $"{o.Verb} {o.Path}");

    [Fact]
    public void Answers_are_what_the_types_of_the_page_say()
    {
        using var other = new DeskProcess();
        var digest = other.Waiting("core", "typed-1");
        other.File("broken.yaml", "version: 1\nname: broken\nbase: USDT\ntargets:\n  weights: { BTC: half }\n");
        foreach (var file in Example.OfOptions()) other.File(file.Name, file.Text);
        const string core = "/api/v1/portfolios/core", book = "/api/v1/portfolios/vol-book/book";
        Said[] runs = [.. new[] { Sweep, new JsonObject { ["kind"] = "backtest", ["portfolio"] = "core" } }.Select(asked => other.As("otto").Post("/api/v1/runs", asked))];
        foreach (var run in runs) other.Ended((string)run.Json["id"]!);
        (string Template, Said Answer)[] asked =
        [
            .. from o in Operations(Document)
               where o.Verb == "get" && !Untyped.Any(o.Path.Contains)
               from id in o.Path.Contains("{id}", StringComparison.Ordinal) ? new[] { "core", "broken", "vol-book" } : [""]
               select ("get " + o.Path, other.As("anna").Get(o.Path.Replace("{id}", id))),
            ("post /api/v1/portfolios/{id}/plan", other.As("vera").Post(core + "/plan", new JsonObject { ["cash"] = "1000" })),
            ("post /api/v1/portfolios/{id}/plans/{plan}/approve", other.As("otto").Post(core + "/plans/typed-1/approve", new JsonObject { ["digest"] = digest })),
            ("post /api/v1/portfolios/{id}/stop", other.As("otto").Post(core + "/stop")),
            ("post /api/v1/portfolios/{id}/accounts/{account}/accept", other.As("otto").Post(core + "/accounts/paper/accept", new JsonObject { ["note"] = "looked" })),
            ("post /api/v1/portfolios/{id}/book/whatif", other.As("vera").Post(book + "/whatif", new JsonObject { ["quantities"] = new JsonObject { ["BTC-PERPETUAL"] = "-100000" } })),
            ("post /api/v1/portfolios/{id}/book/whatif", other.As("vera").Post(book + "/whatif", new JsonObject { ["quantities"] = new JsonObject { ["BTC-25JUN27-80000-P"] = "1" } })),
            .. from query in (string[])["/plan?with=BTC-PERPETUAL=-100000;BTC-25DEC26-80000-P=5", "/hedge?anyway=true", "/grid?kind=pnl", "/grid?kind=margin&vol=points", "/payoff?days=0"]
               select ("get /api/v1/portfolios/{id}/book" + query.Split('?')[0], other.As("vera").Get(book + query)),
            .. from run in runs
               from part in (string[])["", "/curves"]
               select ("get /api/v1/runs/{run}" + part, other.As("vera").Get($"/api/v1/runs/{run.Json["id"]}{part}")),
            .. runs.Select(run => ("post /api/v1/runs", run)),
            ("post /api/v1/runs/estimate", other.As("vera").Post("/api/v1/runs/estimate", Sweep)),
            ("delete /api/v1/runs/{run}", other.As("otto").Act("DELETE", $"/api/v1/runs/{runs[0].Json["id"]}", null)),
            ("post /api/v1/invites", other.As("anna").Post("/api/v1/invites", new JsonObject { ["name"] = "g", ["role"] = "viewer" })),
            ("post /api/v1/safety/stop", other.As("otto").Post("/api/v1/safety/stop", new JsonObject())),
            ("get /api/v1/safety", other.As("vera").Get("/api/v1/safety")),
            ("post /api/v1/safety/resume", other.As("anna").Post("/api/v1/safety/resume", new JsonObject { ["reason"] = "looked" })),
            ("post /api/v1/example", other.As("anna").Post("/api/v1/example")),
            ("delete /api/v1/session", other.Fresh().Act("DELETE", "/api/v1/session", null)),
        ];
        var document = Document;
        Rule.Holds(
            from a in asked
            let verb = a.Template.Split(' ')
            let responses = document["paths"]![verb[1]]![verb[0]]!["responses"]!
            let response = responses[a.Answer.Code.ToString()]
            let media = response?["content"]?[a.Answer.Header("Content-Type")!]
            from fault in media is null ? [$"{a.Answer.Code} {a.Answer.Header("Content-Type")} is not described"] : new Schema(document).Faults(media["schema"], a.Answer.Json)
            select $"{a.Template}: {fault}");
        Assert.True(asked.Count(a => a.Answer.Code < 300) > 40);
    }

    [Fact]
    public void Who_knows_an_answer_already_is_told_so()
    {
        var first = desk.As("vera").Get("/api/v1/portfolios/core/plan");
        var tag = first.Header("ETag")!;
        Assert.Matches("^\"[0-9a-f]{32}\"$", tag);
        var again = desk.As("vera").Get("/api/v1/portfolios/core/plan", ("If-None-Match", $"\"other\", {tag}"));
        Assert.Equal((304, "", tag), (again.Code, again.Text, again.Header("ETag")));
        Assert.Equal(200, desk.As("vera").Get("/api/v1/portfolios/core/plan", ("If-None-Match", "\"other\"")).Code);
        Assert.Equal(401, desk.Nobody.Get("/api/v1/portfolios/core/plan", ("If-None-Match", tag)).Code);
    }

    [Fact]
    public void Lists_are_told_page_by_page()
    {
        using var other = new DeskProcess();
        var text = File.ReadAllText(Path.Combine(other.Folder.Path, "core.yaml"));
        for (var i = 0; i < 6; i++) other.File($"p{i}.yaml", text.Replace("name: core", $"name: p{i}"));
        foreach (var list in new[] { "/api/v1/portfolios", "/api/v1/overview" })
        {
            var whole = other.As("vera").Get(list).Json;
            var (ids, after) = (new List<string>(), "");
            for (var pages = 0; pages < 10 && after is not null; pages++)
            {
                var page = other.As("vera").Get($"{list}?limit=3{(after.Length > 0 ? "&after=" + after : "")}").Json;
                ids.AddRange(page["items"]!.AsArray().Select(i => (string)i!["id"]!));
                after = (string?)page["next"];
            }
            Assert.Equal(7, ids.Count);
            Assert.Equal(whole["items"]!.AsArray().Select(i => (string)i!["id"]!), ids);
            Assert.Equal(400, other.As("vera").Get(list + "?after=gone").Code);
            Assert.Equal(400, other.As("vera").Get(list + "?limit=0").Code);
        }
    }

    private static IEnumerable<JsonObject> All(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(p => All(p.Value)).Prepend(o),
        JsonArray a => a.SelectMany(All),
        _ => [],
    };

    private static IEnumerable<string> Types(JsonObject schema) => schema["type"] switch
    {
        JsonArray several => several.Select(t => (string)t!),
        JsonValue one => [(string)one!],
        _ => [],
    };

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"^([1-5]\d\d|[1-5]XX|default)$")]
    private static partial Regex Status();
}
