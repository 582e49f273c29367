using System.Diagnostics;

namespace Ballast.Simulation;

/// <summary>The same seed gives the same run: in this process, and in another one, whose hashes of text are salted otherwise.</summary>
internal static class Determinism
{
    public static ulong HashOf(ulong from, long count)
    {
        var hash = 14695981039346656037UL;
        for (var i = 0L; i < count; i++) hash = unchecked((hash ^ SeedResult.Of(from + (ulong)i, Variant.Right, Cut.None, new Tally()).Hash) * 1099511628211UL);
        return hash;
    }

    /// <summary>What another process says of the same seeds.</summary>
    public static ulong HashElsewhere(ulong from, long count)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [typeof(Determinism).Assembly.Location, "--hash", $"{from}", $"{count}"]) { RedirectStandardOutput = true };
        using var other = System.Diagnostics.Process.Start(start)!;
        var told = other.StandardOutput.ReadToEnd();
        other.WaitForExit();
        return ulong.Parse(told);
    }
}
