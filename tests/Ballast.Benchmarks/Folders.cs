namespace Ballast.Benchmarks;

/// <summary>The repository's root, and the ignored folder in which benchmarks put what they make.</summary>
internal static class Folders
{
    public static string Root { get; } = Up(AppContext.BaseDirectory);

    public static string Scratch { get; } = Directory.CreateDirectory(Path.Combine(Root, "artifacts/bench")).FullName;

    /// <summary>Real prices: BALLAST_DATA, else beside the project.</summary>
    public static string Data { get; } = Environment.GetEnvironmentVariable("BALLAST_DATA") is { Length: > 0 } data ? data : Path.Combine(Root, "../shared/data");

    private static string Up(string from)
    {
        for (var dir = from; dir is not null; dir = Path.GetDirectoryName(dir))
            if (File.Exists(Path.Combine(dir, "Ballast.slnx"))) return dir;
        throw new InvalidOperationException($"no Ballast.slnx above {from}");
    }
}
