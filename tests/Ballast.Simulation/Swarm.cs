using System.Diagnostics;

namespace Ballast.Simulation;

/// <summary>What came of one seed.</summary>
internal sealed record SeedResult(ulong Seed, ViolationException? Violation, long Events, long VirtualMs, ulong Hash, Simulated World)
{
    public static SeedResult Of(ulong seed, Variant variant, Cut cut, Tally tally, bool inWords = false)
    {
        var world = new Simulated(seed, variant, cut, tally, inWords);
        ViolationException? violation = null;
        try
        {
            world.Run();
        }
        catch (ViolationException found)
        {
            violation = found;
        }
        catch (Exception thrown) when (thrown is InvalidOperationException or KeyNotFoundException or ArgumentException or UnreachableException)
        {
            // A defect that the program itself noticed stops it as surely as an invariant does.
            violation = new ViolationException("core", $"{thrown.GetType().Name}: {thrown.Message}");
            if (inWords) Console.Error.WriteLine(thrown);
        }
        tally.Faults(world.Faults);
        return new SeedResult(seed, violation, world.Events, world.Time.Now, world.Trace.Hash, world);
    }
}

/// <summary>Many seeds, spread over threads; the answer does not depend on how many.</summary>
internal static class Swarm
{
    public static SwarmResult Run(ulong from, long count, int threads, Variant variant, int mostViolations = 20, Action<long>? after = null)
    {
        var (next, events, tally) = (-1L, 0L, new Tally());
        var bad = new SortedDictionary<ulong, ViolationException>();
        var gate = new Lock();
        var workers = Enumerable.Range(0, threads).Select(_ => new Thread(Work, 4 << 20)).ToArray();
        foreach (var worker in workers) worker.Start();
        foreach (var worker in workers) worker.Join();
        return new SwarmResult(bad, events, tally);

        void Work()
        {
            var mine = new Tally();
            var seen = 0L;
            while (Volatile.Read(ref next) < count && Interlocked.Increment(ref next) is var i && i < count)
            {
                if (i > 0 && i % 50_000 == 0) after?.Invoke(i);
                var result = SeedResult.Of(from + (ulong)i, variant, Cut.None, mine);
                seen += result.Events;
                if (result.Violation is not { } violation) continue;
                lock (gate)
                {
                    bad[result.Seed] = violation;
                    if (bad.Count >= mostViolations) Volatile.Write(ref next, count);
                }
            }
            lock (gate)
            {
                events += seen;
                tally.Add(mine);
            }
        }
    }

    /// <summary>The first seed that catches a wrong variant; null where none of so many does.</summary>
    public static (ulong Seed, ViolationException By)? Catch(Variant variant, ulong from, long count, int threads) =>
        Run(from, count, threads, variant, mostViolations: 1).Violations is { Count: > 0 } found ? (found.First().Key, found.First().Value) : null;
}

/// <summary>What came of many seeds.</summary>
internal sealed record SwarmResult(SortedDictionary<ulong, ViolationException> Violations, long Events, Tally Tally);
