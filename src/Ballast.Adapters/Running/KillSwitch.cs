using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ballast.Adapters.Running;

/// <summary>Why nothing may trade.</summary>
/// <param name="Scope">Everything (<c>*</c>), or an account.</param>
public sealed record Kill(string Scope, string By, string Reason);

/// <summary>The kill switch as a file: it works without a running loop, a web page or a venue. A file that cannot be read stops everything.</summary>
public sealed class KillSwitch(string path)
{
    /// <summary>On the disk before this returns.</summary>
    public void Set(Kill kill) =>
        WholeFile.Write(path, new JsonObject { ["scope"] = kill.Scope, ["by"] = kill.By, ["reason"] = kill.Reason }.ToJsonString() + "\n", durable: true);

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
            return new Kill("*", "a file", $"{path} is there and cannot be read");
        }
    }

    public bool Clear()
    {
        if (!File.Exists(path)) return false;
        File.Delete(path);
        return true;
    }
}
