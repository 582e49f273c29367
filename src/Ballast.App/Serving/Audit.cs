using System.Text;
using System.Text.Json.Nodes;
using Ballast.App.Output;

namespace Ballast.App.Serving;

/// <summary>Who did what at the desk, a line of JSON an act, on the disk before the answer: what was refused stands there too. It holds no token and no cookie.</summary>
internal sealed class Audit(string path)
{
    private readonly Lock _gate = new();

    public string Path => path;

    public void Write(Instant at, string? who, Role? role, string act, int status, string? code, JsonObject? body, string trace)
    {
        var line = new JsonObject
        {
            ["at"] = Json.Time(at), ["who"] = who, ["role"] = role?.ToString().ToLowerInvariant(), ["act"] = act, ["status"] = status, ["code"] = code,
            ["body"] = body is null ? null : Short(body), ["trace"] = trace,
        }.ToJsonString() + "\n";
        lock (_gate)
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
            file.Write(Encoding.UTF8.GetBytes(line));
            file.Flush(flushToDisk: true);
        }
    }

    /// <summary>Texts of files are named by their length: the audit is no second place for holdings.</summary>
    private static JsonObject Short(JsonObject body) => new(body.Select(p => KeyValuePair.Create(p.Key,
        p.Value is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 500 ? (JsonNode?)$"{text.Length} characters" : p.Value?.DeepClone())));
}
