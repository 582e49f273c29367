using System.Diagnostics;
using Ballast.Numerics.Backtest;

namespace Ballast.Benchmarks;

/// <summary>The sweep on one core and on two, in wall time, taking turns; the results have to be the same bytes.</summary>
internal static class TwoCores
{
    private const int Rounds = 7;

    public static void Measure(PriceMatrix prices, IReadOnlyList<FastPolicy> policies)
    {
        if (Environment.ProcessorCount < 2) return;
        Machine.UseAllCores();
        var one = new List<double>();
        var two = new List<double>();
        var same = true;
        for (var round = 0; round < Rounds; round++)
        {
            one.Add(Wall(prices, policies, 1, out var alone));
            two.Add(Wall(prices, policies, 2, out var together));
            same &= alone.SequenceEqual(together);
        }
        var gain = Timing.Median(one) / Timing.Median(two);
        Console.WriteLine($"B5   two cores: {Timing.Median(one):F2} ms alone, {Timing.Median(two):F2} ms together (wall): {gain:F2} times; goal 1.8: {(gain >= 1.8 ? "yes" : "no")}; {(same ? "same bytes" : "DIFFERENT RESULTS")}");
        Machine.UseOneCore();
    }

    private static double Wall(PriceMatrix prices, IReadOnlyList<FastPolicy> policies, int threads, out FastResult[] results)
    {
        var plan = FastSweep.Plan(prices, policies);
        var places = new FastResult[policies.Count];
        var next = -1;
        void Work()
        {
            for (var unit = Interlocked.Increment(ref next); unit < plan.Units; unit = Interlocked.Increment(ref next)) plan.RunUnit(unit, places);
        }
        var start = Stopwatch.GetTimestamp();
        var others = Enumerable.Range(1, threads - 1).Select(_ => new Thread(Work)).ToArray();
        foreach (var thread in others) thread.Start();
        Work();
        foreach (var thread in others) thread.Join();
        results = places;
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
