using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ballast.Adapters.Running;

/// <summary>Why nothing may trade.</summary>
/// <param name="Scope">Everything (<c>*</c>), or an account.</param>
public sealed record Kill(string Scope, string By, string Reason);

/// <summary>The kill switch as a file: it works without a running loop, a web page or a venue. A file that cannot be read stops everything.</summary>
public sealed class KillSwitch(string path)
{
    /// <summary>On the disk before this returns. A switch that is set already is never made narrower, and a disk that takes no text still takes an empty file: it stops everything.</summary>
    /// <returns>What is stopped.</returns>
    /// <exception cref="IOException">Not even that.</exception>
    public Kill Set(Kill kill)
    {
        var set = Read() is { } before && before.Scope != kill.Scope ? kill with { Scope = "*", Reason = $"{kill.Reason} ({kill.Scope}; before: {before.Scope}, {before.Reason})" } : kill;
        try
        {
            WholeFile.Write(path, new JsonObject { ["scope"] = set.Scope, ["by"] = set.By, ["reason"] = set.Reason }.ToJsonString() + "\n", durable: true);
        }
        catch (Exception fault) when (fault is IOException or ArgumentOutOfRangeException) // The latter where files may not grow: EFBIG.
        {
            using var file = new FileStream(path, FileMode.Create, FileAccess.Write);
            file.FlushToDisk();
            DiskSync.SyncFolder(Path.GetDirectoryName(path)!);
        }
        return Read() ?? set;
    }

    /// <summary>Null where nothing is stopped.</summary>
    public Kill? Read()
    {
        if (!File.Exists(path)) return null;
        try
        {
            var json = JsonNode.Parse(File.ReadAllText(path));
            return new Kill((string?)json?["scope"] ?? "*", (string?)json?["by"] ?? "a file", (string?)json?["reason"] ?? "the file says no reason");
        }
        catch (Exception fault) when (fault is JsonException or IOException or InvalidOperationException or UnauthorizedAccessException)
        {
            return new Kill("*", "a file", $"{path} is there and says nothing that can be read");
        }
    }

    public bool Clear()
    {
        if (!File.Exists(path)) return false;
        File.Delete(path);
        return true;
    }
}
