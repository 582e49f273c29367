using System.Text.Json.Nodes;
using Ballast.App.Output;
using Microsoft.AspNetCore.Http;

namespace Ballast.App.Serving;

/// <summary>One thing that can be asked of the desk. The table of them is what is served, what is described, and what is tested.</summary>
/// <param name="Role">Who may; null: anybody on this machine.</param>
internal sealed record Route(string Verb, string Path, Role? Role, string Summary, Func<Call, Answer> Do)
{
    /// <summary>What the body may hold; a key that is not here is refused.</summary>
    public ImmutableArray<Field> Body { get; init; } = [];

    public ImmutableArray<Field> Query { get; init; } = [];

    /// <summary>Whether something is done by it: written to the audit, and, with <see cref="Keyed"/>, done once for a key.</summary>
    public bool Acts { get; init; }

    /// <summary>Whether it wants an <c>Idempotency-Key</c>.</summary>
    public bool Keyed { get; init; }

    /// <summary>Whether the second factor is wanted again for it.</summary>
    public Func<Call, bool>? Grave { get; init; }

    /// <summary>The largest body that is read.</summary>
    public long MostBytes { get; init; } = Usual;

    /// <summary>Bytes of a body; the larger one for prices of some years.</summary>
    public const long Usual = 64 * 1024, Large = 32 * 1024 * 1024;

    public bool IsUnsafe => Verb is not "GET";
}

/// <summary>A key of a body or of a query.</summary>
/// <param name="Type">As JSON Schema names it.</param>
internal sealed record Field(string Name, string Type, string Says, bool Required = false);

/// <summary>What is answered: a status and JSON.</summary>
internal sealed record Answer(int Status, JsonNode? Body)
{
    public static Answer Ok(JsonNode? body) => new(200, body);

    /// <summary>A page to keep instead of JSON: it runs its own script, in a world of its own.</summary>
    public string? Page { get; init; }

    /// <summary>A file to keep, under its name.</summary>
    public (string Name, string Text)? File { get; init; }

    public static Answer Told(JsonNode? body) => new(202, body);
}

/// <summary>One request, checked: the person is known, the body is JSON of the keys that the route names.</summary>
internal sealed record Call(HttpContext Http, Session? Session, JsonObject Body, Instant Now)
{
    public string Who => Session?.Name ?? throw new InvalidOperationException("the route is open to anybody, and asks who it is");

    public string Path(string name) => (string)Http.Request.RouteValues[name]!;

    public string? Query(string name) => Http.Request.Query.TryGetValue(name, out var text) && text.Count == 1 && text[0]!.Length > 0 ? text[0] : null;

    public string? Text(string name) => Body[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>What a person wrote to be kept: bounded, and on one line.</summary>
    public string? Note(string name)
    {
        var text = Text(name)?.Trim();
        if (string.IsNullOrEmpty(text)) return null;
        if (text.Length > 500) throw Problem.Bad($"{name} has {text.Length} characters; at most 500 are kept.");
        return string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
    }

    public bool Flag(string name) => Body[name] is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;

    public int Count(string name, int otherwise, int most, int least = 1) => Query(name) is not { } text ? otherwise
        : int.TryParse(text, out var count) && count >= least && count <= most ? count : throw Problem.Bad($"{name}: `{text}`; expected a whole number from {least} to {most}.");

    public string Trace => Http.TraceIdentifier;

    public static JsonNode At(Instant at) => Json.Time(at);
}
