using System.Diagnostics;

namespace Ballast.Benchmarks;

/// <summary>Medians of repeated runs.</summary>
internal static class Timing
{
    /// <summary>CPU milliseconds of one action: median of samples of at least about two milliseconds each.</summary>
    public static double Cpu(Action action, int samples, bool warm = true)
    {
        if (warm) Warm(action);
        var inner = 1;
        while (Sample(action, inner) * inner < 2 && inner < 1 << 20) inner *= 2;
        return Median(Enumerable.Range(0, samples).Select(_ => Sample(action, inner)));
    }

    /// <summary>The runtime compiles what is called often once more, in the background and after a pause: what is timed is that code, as in a program that runs on.</summary>
    private static void Warm(Action action)
    {
        for (var round = 0; round < 3; round++)
        {
            var start = Stopwatch.GetTimestamp();
            do action();
            while (Stopwatch.GetElapsedTime(start).TotalMilliseconds < 100);
            Thread.Sleep(150);
        }
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    private static double Sample(Action action, int inner)
    {
        var before = Environment.CpuUsage.TotalTime;
        for (var k = 0; k < inner; k++) action();
        return (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / inner;
    }
}
