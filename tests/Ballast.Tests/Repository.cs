namespace Ballast.Tests;

/// <summary>Where things lie: the repository's root, its fixtures, and the data that stays outside it.</summary>
public static class Repository
{
    public static string Root { get; } = Up(AppContext.BaseDirectory, dir => File.Exists(Path.Combine(dir, "Ballast.slnx")));

    /// <summary>Real market data: <c>BALLAST_DATA</c>, else <c>../shared/data</c>, else null (the test says that it skips).</summary>
    public static string? Data { get; } = Existing(Environment.GetEnvironmentVariable("BALLAST_DATA"), "../shared/data");

    /// <summary>Reference vectors: <c>BALLAST_VECTORS</c>, else <c>../shared/vectors</c>, else the repository's own copy.</summary>
    public static string Vectors { get; } =
        Existing(Environment.GetEnvironmentVariable("BALLAST_VECTORS"), "../shared/vectors") ?? Path.Combine(Root, "tests/Ballast.Tests/Vectors");

    /// <summary>Full path of a data file; skips the running test, with the reason, where it is not on this machine.</summary>
    public static string RealData(string relative)
    {
        var path = Data is null ? null : Path.Combine(Data, relative);
        Assert.SkipUnless(path is not null && Path.Exists(path), $"needs real market data ({relative}): set BALLAST_DATA");
        return path!;
    }

    private static string? Existing(string? chosen, string beside) =>
        chosen is { Length: > 0 } ? chosen
        : Path.GetFullPath(Path.Combine(Root, beside)) is var path && Directory.Exists(path) ? path
        : null;

    private static string Up(string from, Func<string, bool> found)
    {
        for (var dir = from; dir is not null; dir = Path.GetDirectoryName(dir))
            if (found(dir)) return dir;
        throw new InvalidOperationException($"no Ballast.slnx above {from}");
    }
}
