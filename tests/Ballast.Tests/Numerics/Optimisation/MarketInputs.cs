using System.Globalization;
using System.IO.Compression;
using Ballast.Numerics.Linear;

namespace Ballast.Tests.Numerics.Optimisation;

/// <summary>The inputs of rows O1 to O6: <c>BALLAST_BENCH</c>, else <c>../shared/bench</c>, else the test is skipped with the reason.</summary>
internal static class MarketInputs
{
    public static Matrix Covariance(int assets) => Table($"S{assets}.csv.gz", labelled: false);

    public static Matrix Scenarios() => Table("R50.csv.gz", labelled: true);

    public static double[] Means(int assets) => Column($"mu{assets}.csv");

    public static double[] Current(int assets) => Column($"w0_{assets}.csv");

    private static Matrix Table(string file, bool labelled)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Find(file)), CompressionMode.Decompress));
        var rows = new List<double[]>();
        for (reader.ReadLine(); reader.ReadLine() is { } line;) rows.Add([.. line.Split(',').Skip(labelled ? 1 : 0).Select(Number)]);
        return Matrix.FromRows(rows);
    }

    private static double[] Column(string file) => [.. File.ReadLines(Find(file)).Skip(1).Select(line => Number(line.Split(',')[1]))];

    private static string Find(string file)
    {
        var folder = Environment.GetEnvironmentVariable("BALLAST_BENCH") is { Length: > 0 } chosen ? chosen : Path.Combine(Repository.Root, "../shared/bench");
        var path = Path.Combine(folder, file);
        Assert.SkipUnless(File.Exists(path), $"needs the benchmark input {file}: set BALLAST_BENCH");
        return path;
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
