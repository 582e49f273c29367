using System.Globalization;
using System.IO.Compression;
using Ballast.Numerics.Linear;

namespace Ballast.Benchmarks;

/// <summary>The inputs of rows O1 to O6 and P1 to P3, from BALLAST_BENCH, else ../shared/bench.</summary>
internal static class MarketTables
{
    /// <summary>Null where the file is not on this machine.</summary>
    public static Matrix? Table(string file, bool labelled)
    {
        if (Find(file) is not { } path) return null;
        using var reader = new StreamReader(path.EndsWith(".gz") ? new GZipStream(File.OpenRead(path), CompressionMode.Decompress) : File.OpenRead(path));
        var rows = new List<double[]>();
        for (reader.ReadLine(); reader.ReadLine() is { } line;) rows.Add([.. line.Split(',').Skip(labelled ? 1 : 0).Select(Number)]);
        return Matrix.FromRows(rows);
    }

    public static double[]? Column(string file) => Find(file) is { } path ? [.. File.ReadLines(path).Skip(1).Select(line => Number(line.Split(',')[1]))] : null;

    /// <summary>Null where there are no inputs on this machine.</summary>
    public static string? Folder { get; } =
        new[] { Environment.GetEnvironmentVariable("BALLAST_BENCH"), Path.Combine(Folders.Root, "../shared/bench") }.FirstOrDefault(dir => dir is { Length: > 0 } && Directory.Exists(dir));

    private static string? Find(string file) => Folder is { } dir && Path.Combine(dir, file) is var path && File.Exists(path) ? path : null;

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
