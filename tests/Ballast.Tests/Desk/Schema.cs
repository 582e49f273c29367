using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ballast.Tests.Serving;

/// <summary>As much of JSON Schema 2020-12 as the description of the API uses; a key that no schema names is a fault too.</summary>
internal sealed class Schema(JsonNode document)
{
    public IEnumerable<string> Faults(JsonNode? schema, JsonNode? value, string at = "$")
    {
        if (schema is null || schema.AsObject().Count == 0) return [];
        if ((string?)schema["$ref"] is { } reference) return Faults(Find(reference), value, at);
        if (schema["allOf"] is JsonArray all) return all.SelectMany(s => Faults(s, value, at)).Where(f => !f.EndsWith("is not described", StringComparison.Ordinal));
        if (schema["anyOf"] is JsonArray any) return any.Any(s => !Faults(s, value, at).Any()) ? [] : any.Select(s => Faults(s, value, at).First()).Take(1).Select(f => $"{f} (none of {any.Count} fits)");
        if (schema["enum"] is JsonArray names) return names.Any(n => JsonNode.DeepEquals(n, value)) ? [] : [$"{at}: {value} is none of {names.ToJsonString()}"];
        if (schema["const"] is { } only) return JsonNode.DeepEquals(only, value) ? [] : [$"{at}: {value} is not {only}"];
        var types = schema["type"] is JsonArray several ? several.Select(t => (string)t!).ToArray() : schema["type"] is { } one ? [(string)one!] : [];
        if (types.Length > 0 && !types.Any(t => Is(value, t))) return [$"{at}: {value?.ToJsonString() ?? "null"} is no {string.Join(" or ", types)}"];
        return value switch { JsonObject o => Object(schema, o, at), JsonArray a when schema["items"] is { } items => a.SelectMany((v, i) => Faults(items, v, $"{at}[{i}]")), _ => [] };
    }

    public JsonNode? Find(string reference) => reference[2..].Split('/').Aggregate((JsonNode?)document, (node, name) => node?[name]);

    private IEnumerable<string> Object(JsonNode schema, JsonObject value, string at)
    {
        var properties = schema["properties"]?.AsObject();
        foreach (var name in schema["required"]?.AsArray() ?? []) if (!value.ContainsKey((string)name!)) yield return $"{at}.{name} is missing";
        foreach (var (key, held) in value)
            if (properties?[key] is { } known) foreach (var fault in Faults(known, held, $"{at}.{key}")) yield return fault;
            else if (schema["additionalProperties"] is JsonObject rest) foreach (var fault in Faults(rest, held, $"{at}.{key}")) yield return fault;
            else if (properties is not null) yield return $"{at}.{key} is not described";
    }

    private static bool Is(JsonNode? value, string type) => type switch
    {
        "null" => value is null,
        "string" => value?.GetValueKind() == JsonValueKind.String,
        "boolean" => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        "number" => value?.GetValueKind() == JsonValueKind.Number,
        "integer" => value?.GetValueKind() == JsonValueKind.Number && value.ToJsonString().All(c => char.IsAsciiDigit(c) || c == '-'),
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        _ => throw new InvalidOperationException($"`{type}` is no type of JSON Schema"),
    };
}
