namespace Ballast.Simulation;

/// <summary>Seeds that once failed.</summary>
internal static class Regressions
{
    public static ImmutableArray<ulong> Seeds { get; } = Read();

    public static IEnumerable<(ulong Seed, ViolationException By)> Failing()
    {
        foreach (var seed in Seeds)
            if (SeedResult.Of(seed, Variant.Right, Cut.None, new Tally()).Violation is { } violation) yield return (seed, violation);
    }

    private static ImmutableArray<ulong> Read()
    {
        using var reader = new StreamReader(typeof(Regressions).Assembly.GetManifestResourceStream("regressions.txt")!);
        return [.. reader.ReadToEnd().Split('\n').Where(l => l.Length > 0 && l[0] != '#').Select(l => ulong.Parse(l.Split(' ')[0]))];
    }
}
