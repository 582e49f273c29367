using System.Collections.Concurrent;
using Ballast.Adapters.Files;

namespace Ballast.App.Commands;

/// <summary>What files said when they were last read, for as long as they do not change: a thousand portfolios on one file of prices read it once.</summary>
internal sealed class KnownFiles
{
    private readonly ConcurrentDictionary<(string Path, string As), (string Stamp, object Read)> _known = new();

    /// <param name="kind">As what it is read; the same path may be read in several ways.</param>
    public (Reading<T> Read, IReadOnlyList<string> Notes) Of<T>(string path, string kind, Func<Action<string>, Reading<T>> read) where T : class
    {
        var stamp = StampOf(path);
        var known = _known.AddOrUpdate((path, kind), _ => (stamp, Later(read)), (_, before) => before.Stamp == stamp ? before : (stamp, Later(read)));
        return ((Lazy<(Reading<T>, IReadOnlyList<string>)>)known.Read).Value;
    }

    /// <summary>Changes when the file does, or any of a folder.</summary>
    public static string StampOf(string? path) =>
        path is null ? "-" : File.Exists(path) ? $"{path} {new FileInfo(path).Length} {File.GetLastWriteTimeUtc(path).Ticks}"
        : Directory.Exists(path) ? $"{path} {string.Join(' ', new DirectoryInfo(path).EnumerateFiles().OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => $"{f.Name} {f.Length} {f.LastWriteTimeUtc.Ticks}"))}"
        : $"{path} gone";

    private static Lazy<(Reading<T>, IReadOnlyList<string>)> Later<T>(Func<Action<string>, Reading<T>> read) where T : class => new(() =>
    {
        var notes = new List<string>();
        return (read(notes.Add), notes);
    });
}
