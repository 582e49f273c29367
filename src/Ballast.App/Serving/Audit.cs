using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Ballast.Adapters;
using Ballast.App.Output;
using Ballast.App.Serving.People;

namespace Ballast.App.Serving;

/// <summary>
/// Who did what at the desk, a line of JSON an act, on the disk before the answer: what was refused stands there too. It holds no token, no cookie and no code.
/// Each line ends with the hash of itself and of the line before, so that nothing can be changed, taken out or put in between unseen.
/// </summary>
internal sealed class Audit(string path)
{
    private const string Mark = ",\"hash\":\"";

    private static readonly ImmutableHashSet<string> Secret = ["code", "password", "csrf", "token"];

    private readonly Lock _gate = new();

    public string Path => path;

    /// <summary>After the act: one that the disk does not take goes to the terminal, and the act stays what it was.</summary>
    public void Write(Instant at, string? who, Role? role, string act, int status, string? code, JsonObject? body, string trace)
    {
        var text = new JsonObject
        {
            ["at"] = Json.Time(at), ["who"] = who, ["role"] = role?.ToString().ToLowerInvariant(), ["act"] = act, ["status"] = status, ["code"] = code,
            ["body"] = body is null ? null : Short(body), ["trace"] = trace,
        }.ToJsonString();
        try
        {
            lock (_gate) Append(text);
        }
        catch (IOException fault)
        {
            Console.Error.WriteLine($"ballast serve: {path} cannot be written ({fault.Message}): {text}");
        }
    }

    /// <summary>Proves the lines whole: how many, how many were cut off by a crash, the last hash, and the first line that is not as it was written.</summary>
    /// <remarks>Lines taken away at the end are seen only by who has kept a later hash.</remarks>
    public (int Lines, int Torn, string Head, int? Broken) Verify()
    {
        var (count, torn, head) = (0, 0, "");
        if (!File.Exists(path)) return (0, 0, "", null);
        foreach (var line in File.ReadLines(path))
        {
            count++;
            if (Split(line) is not var (text, hash)) torn++;
            else if (Hash(head, text) == hash) head = hash;
            else return (count, torn, head, count);
        }
        return (count, torn, head, null);
    }

    /// <summary>Behind the last whole line, whoever wrote it; one that was cut off stays, and is told by the proof.</summary>
    private void Append(string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        using var only = FileLock.Of(path);
        using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        var (before, isCut) = Last(file);
        file.Seek(0, SeekOrigin.End);
        file.Write(Encoding.UTF8.GetBytes($"{(isCut ? "\n" : "")}{text[..^1]}{Mark}{Hash(before, text)}\"}}\n"));
        file.FlushToDisk();
    }

    /// <summary>The hash of the last whole line, and whether the file ends within one.</summary>
    private static (string Hash, bool IsCut) Last(FileStream file)
    {
        for (long size = 4096; ; size *= 4)
        {
            var from = Math.Max(0, file.Length - size);
            file.Seek(from, SeekOrigin.Begin);
            var bytes = new byte[file.Length - from];
            file.ReadExactly(bytes);
            var lines = Encoding.UTF8.GetString(bytes).Split('\n');
            var whole = lines.Skip(from == 0 ? 0 : 1).Select(Split).LastOrDefault(l => l is not null);
            if (whole is not null || from == 0) return (whole?.Hash ?? "", lines[^1].Length > 0);
        }
    }

    private static (string Text, string Hash)? Split(string line) =>
        line.LastIndexOf(Mark, StringComparison.Ordinal) is > 0 and var at && line.Length == at + Mark.Length + 64 + 2 && line.EndsWith("\"}", StringComparison.Ordinal)
            ? (line[..at] + "}", line.Substring(at + Mark.Length, 64)) : null;

    private static string Hash(string before, string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(before + "\n" + text)));

    /// <summary>Texts of files are named by their length, and what opens something is left out: the audit is no second place for holdings or secrets.</summary>
    private static JsonObject Short(JsonObject body) => new(body.Where(p => !Secret.Contains(p.Key)).Select(p => KeyValuePair.Create(p.Key,
        p.Value is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 500 ? (JsonNode?)$"{text.Length} characters" : p.Value?.DeepClone())));
}
