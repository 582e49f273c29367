using System.Reflection;
using Microsoft.AspNetCore.Http;

namespace Ballast.App.Serving;

/// <summary>The page, its script and its style, as the build of <c>Web/desk</c> left them in the assembly. They hold no data, and need no session.</summary>
internal static class Pages
{
    private static readonly ImmutableDictionary<string, (string Type, byte[] Bytes)> Files = new[]
    {
        ("/desk.html", "text/html; charset=utf-8"), ("/desk.js", "text/javascript; charset=utf-8"), ("/desk.css", "text/css; charset=utf-8"),
    }.ToImmutableDictionary(f => f.Item1, f => (f.Item2, Read(f.Item1[1..])));

    /// <summary>A file, or the page for every address that is one of its own; null for any other.</summary>
    public static (string Type, byte[] Bytes)? Of(PathString path)
    {
        var text = path.Value ?? "/";
        if (Files.TryGetValue(text, out var file)) return file;
        return text is "/" or "/book" or "/lab" or "/journal" or "/safety" or "/start" || text.StartsWith("/portfolios/", StringComparison.Ordinal) ? Files["/desk.html"] : null;
    }

    private static byte[] Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not in the assembly.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
