using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ballast.Adapters.Running;

/// <summary>A word to a running loop, from another process on the same machine.</summary>
/// <param name="Verb"><c>approve</c>, <c>decline</c>, <c>stop</c> or <c>accept</c>.</param>
/// <param name="Subject">The plan or the account that it is about.</param>
/// <param name="By">Who says it.</param>
public sealed record Word(string Verb, string Subject, string By, string? Note);

/// <summary>Words to a running loop, as small files that are written whole and taken once.</summary>
public sealed class Inbox(string folder)
{
    public void Put(Word word, Instant at)
    {
        Directory.CreateDirectory(folder);
        var text = new JsonObject { ["verb"] = word.Verb, ["subject"] = word.Subject, ["by"] = word.By, ["note"] = word.Note }.ToJsonString();
        var name = $"{at.ToUnixTimeTicks():d20}-{Environment.ProcessId}";
        File.WriteAllText(Path.Combine(folder, name + ".part"), text);
        File.Move(Path.Combine(folder, name + ".part"), Path.Combine(folder, name + ".word"));
    }

    /// <summary>What has come since the last call, the oldest first; a file that says nothing sensible is set aside.</summary>
    public IReadOnlyList<Word> Take()
    {
        if (!Directory.Exists(folder)) return [];
        var words = new List<Word>();
        foreach (var path in Directory.GetFiles(folder, "*.word").Order(StringComparer.Ordinal))
        {
            if (Read(path) is { } word) words.Add(word);
            File.Move(path, Path.ChangeExtension(path, ".taken"), overwrite: true);
        }
        return words;
    }

    private static Word? Read(string path)
    {
        try
        {
            var json = JsonNode.Parse(File.ReadAllText(path)) as JsonObject;
            return json is not null && (string?)json["verb"] is { } verb && (string?)json["subject"] is { } subject && (string?)json["by"] is { } by
                ? new Word(verb, subject, by, (string?)json["note"]) : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
