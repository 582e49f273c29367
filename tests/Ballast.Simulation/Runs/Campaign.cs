using System.Diagnostics;

namespace Ballast.Simulation;

/// <summary>Everything at once, as the build runs it: the product over many seeds, what must have happened, that it repeats itself, and every wrong variant.</summary>
internal static class Campaign
{
    /// <summary>Seeds within which each wrong variant must be caught.</summary>
    public const long MostForVariant = 10_000;

    public static int Run(ulong from, long count, int threads, TextWriter to)
    {
        var watch = Stopwatch.StartNew();
        var old = Regressions.Failing().ToArray();
        foreach (var (seed, by) in old) to.WriteLine($"seed {seed} fails again: {by.Message}");
        var result = Swarm.Run(from, count, threads, Variant.Right, after: done => Console.Error.WriteLine($"{done} of {count} seeds, {watch.Elapsed.TotalSeconds:0} s"));
        foreach (var (seed, by) in result.Violations) Tell(seed, by, to);
        to.WriteLine($"{count} seeds from {from}, {result.Events} events, {result.Violations.Count} violations, {watch.Elapsed.TotalSeconds:0.0} s; {Regressions.Seeds.Length} seeds that once failed, {old.Length} of them again");
        var least = Counters(result.Tally, to);
        var repeats = Repeats(from, Math.Min(count, 200), to);
        var missed = Variants(from, threads, to);
        var good = old.Length == 0 && result.Violations.Count == 0 && missed == 0 && repeats && (count < MostForVariant || least.Count > 0);
        to.WriteLine($"{(good ? "ok" : "FAILED")}: {count} seeds, {result.Violations.Count} violations, {WrongVariants.All.Length - missed} of {WrongVariants.All.Length} wrong variants caught, "
            + $"{(repeats ? "every trace repeats" : "traces differ")}, least count {least.Count} ({least.Name}), {watch.Elapsed.TotalSeconds:0.0} s");
        return good ? 0 : 1;
    }

    private static void Tell(ulong seed, ViolationException by, TextWriter to)
    {
        var cut = Shrinking.Of(seed, Variant.Right, by.Invariant).ToString();
        to.WriteLine($"seed {seed}: {by.Message}");
        to.WriteLine($"  ./do sim {seed}{(cut.Length > 0 ? $" --without {cut}" : "")}");
    }

    /// <summary>What must have happened, and how often; the least of it is returned.</summary>
    private static (string Name, long Count) Counters(Tally tally, TextWriter to)
    {
        var counts = Tally.MustHappen.Select(name => (Name: name, Count: tally.Counts.GetValueOrDefault(name))).ToArray();
        foreach (var (name, times) in counts) to.WriteLine($"{times,10}  {name}");
        return counts.MinBy(c => c.Count);
    }

    private static bool Repeats(ulong from, long count, TextWriter to)
    {
        var (here, again, elsewhere) = (Determinism.HashOf(from, count), Determinism.HashOf(from, count), Determinism.HashElsewhere(from, count));
        to.WriteLine($"traces of {count} seeds: {here:x16}, again {again:x16}, in another process {elsewhere:x16}");
        return here == again && here == elsewhere;
    }

    private static int Variants(ulong from, int threads, TextWriter to)
    {
        var missed = 0;
        foreach (var variant in WrongVariants.All)
        {
            var caught = Swarm.Catch(variant, from, MostForVariant, threads);
            if (caught is null) missed++;
            to.WriteLine($"wrong: {variant.Name,-24} {(caught is var (seed, by) ? $"seed {seed}, {by.Invariant}" : "MISSED"),-18} {variant.Wrong}");
        }
        return missed;
    }
}
