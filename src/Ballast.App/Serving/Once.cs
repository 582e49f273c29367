using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Ballast.Adapters;
using Ballast.Adapters.Running;
using Ballast.App.Output;

namespace Ballast.App.Serving;

/// <summary>
/// Does what has one key once: the key is on the disk before the act and its answer after it, for a day, whichever process is asked.
/// The same key with another body is refused; one whose act was cut off says that nobody knows.
/// </summary>
internal sealed class Once(string folder)
{
    private static readonly Duration Kept = Duration.FromHours(24);

    /// <summary>Forgets what is older than a day.</summary>
    public void Forget(Instant now)
    {
        if (!Directory.Exists(folder)) return;
        foreach (var path in Directory.GetFiles(folder))
            if (IsOld(path, now)) File.Delete(path);
    }

    private static bool IsOld(string path, Instant now) => now - Instant.FromDateTimeUtc(File.GetLastWriteTimeUtc(path)) > Kept;

    public (Answer Answer, bool Replayed) Do(string who, string act, string key, JsonObject body, Instant now, Func<Answer> work)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, Hash($"{who}\n{key}") + ".json");
        if (File.Exists(path) && IsOld(path, now)) File.Delete(path);
        var asked = Hash($"{act}\n{body.ToJsonString()}");
        if (!Reserve(path, asked)) return (Before(path, asked), true);
        try
        {
            var answer = work();
            WholeFile.Write(path, new JsonObject { ["asked"] = asked, ["status"] = answer.Status, ["body"] = answer.Body?.DeepClone() }.ToJsonString(), durable: true);
            return (answer, false);
        }
        catch (Problem)
        {
            File.Delete(path); // Nothing was done: the same key may try again.
            throw;
        }
    }

    private static bool Reserve(string path, string asked)
    {
        try
        {
            using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            file.Write(Encoding.UTF8.GetBytes(new JsonObject { ["asked"] = asked }.ToJsonString()));
            file.FlushToDisk();
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
    }

    private static Answer Before(string path, string asked)
    {
        var before = JsonNode.Parse(File.ReadAllText(path))!;
        if ((string?)before["asked"] != asked) throw new Problem(422, "KEY_REUSED", "This idempotency key was used for something else; make a new one for each act.");
        return before["status"] is { } status ? new Answer((int)status, before["body"]?.DeepClone())
            : throw new Problem(409, "OUTCOME_UNKNOWN", "The same act is under way, or was cut off; look at the portfolio before you ask again with a new key.");
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
