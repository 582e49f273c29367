using Ballast.Numerics.Random;
using FsCheck;
using FsCheck.Fluent;

namespace Ballast.Tests.Numerics;

/// <summary>Random inputs made from a seed, so that a failing one can be drawn again from the number that the failure prints.</summary>
internal static class Draws
{
    public static void ForManySeeds(Func<Xoshiro256, bool> holds, int cases = 200)
    {
        var seeds = Gen.Choose(0, int.MaxValue).ToArbitrary();
        Prop.ForAll(seeds, seed => holds(new Xoshiro256((ulong)seed))).Check(Chance.Cases(cases));
    }

    /// <summary>The same for facts that assert by themselves, with a sentence.</summary>
    public static void ForManySeeds(Action<Xoshiro256> asserts, int cases = 100) =>
        ForManySeeds(chance => { asserts(chance); return true; }, cases);

    /// <summary>Positive weights that sum to one.</summary>
    public static double[] Weights(this Xoshiro256 chance, int count)
    {
        double[] drawn = [.. Enumerable.Range(0, count).Select(_ => 0.01 + chance.NextDouble())];
        var sum = drawn.Sum();
        return [.. drawn.Select(x => x / sum)];
    }

    public static double Between(this Xoshiro256 chance, double low, double high) => low + (high - low) * chance.NextDouble();

    public static double[] Numbers(this Xoshiro256 chance, int count, double low, double high) => [.. Enumerable.Range(0, count).Select(_ => chance.Between(low, high))];

    public static bool Near(double expected, double actual, double tolerance) => Math.Abs(expected - actual) <= tolerance;
}
