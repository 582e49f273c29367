using System.Text.Json.Nodes;
using Ballast.Adapters.Running;

namespace Ballast.App.Serving.People;

/// <summary>
/// A small JSON file that only its owner may read, changed by one process at a time and read again when another has changed it: what the command line
/// writes is true for a running desk at once.
/// </summary>
internal sealed class PrivateFile<T>(string path, Func<JsonObject, T> read, Func<T, JsonObject> write, T empty)
{
    private readonly Lock _gate = new();
    private (string Stamp, T Value) _known = ("", empty);

    /// <exception cref="IOException">The file is there and says nothing sensible: nobody is let in on a guess.</exception>
    public T Value
    {
        get
        {
            lock (_gate)
            {
                var stamp = File.Exists(path) ? $"{File.GetLastWriteTimeUtc(path).Ticks} {new FileInfo(path).Length}" : "";
                if (stamp != _known.Stamp) _known = (stamp, stamp.Length == 0 ? empty : Read());
                return _known.Value;
            }
        }
    }

    /// <summary>Changes it, durably; what <paramref name="change"/> throws leaves it as it was.</summary>
    public void Change(Func<T, T> change)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        lock (_gate)
        {
            using var only = FileLock.Of(path);
            var next = change(File.Exists(path) ? Read() : empty);
            WholeFile.Write(path, write(next).ToJsonString(), durable: true, isPrivate: true);
            _known = ("changed", next);
        }
    }

    private T Read()
    {
        try
        {
            return read((JsonObject)JsonNode.Parse(File.ReadAllText(path))!);
        }
        catch (Exception fault) when (fault is System.Text.Json.JsonException or NullReferenceException or InvalidCastException or FormatException or InvalidOperationException or ArgumentException)
        {
            throw new IOException($"{path} is spoiled; restore a backup of it, or remove it and enrol again.");
        }
    }
}
