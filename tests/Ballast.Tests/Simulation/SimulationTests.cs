using Ballast.Simulation;

namespace Ballast.Tests.Simulation;

/// <summary>The execution core in a simulated world that fails by a seed; <c>./do sim</c> runs more of it.</summary>
public class SimulationTests
{
    [Fact]
    public void No_invariant_breaks_whatever_fails() => Rule.Holds(
        from bad in Swarm.Run(1, 2_000, 1, Variant.Right).Violations
        select $"seed {bad.Key}: {bad.Value.Message}");

    [Fact]
    public void Seeds_that_once_failed_hold() => Rule.Holds(
        from bad in Regressions.Failing()
        select $"seed {bad.Seed}: {bad.By.Message}");

    [Fact]
    public void A_seed_gives_the_same_trace_twice() => Assert.Equal(Determinism.HashOf(1, 100), Determinism.HashOf(1, 100));

    [Fact]
    public void Another_seed_gives_another_trace() => Assert.NotEqual(Determinism.HashOf(1, 1), Determinism.HashOf(2, 1));

    [Fact]
    public void Every_wrong_variant_is_noticed() => Rule.Holds(
        from variant in WrongVariants.All
        where Swarm.Catch(variant, 1, Campaign.MostForVariant, 1) is null
        select $"nobody notices that {variant.Wrong}");

    [Fact]
    public void A_failing_seed_is_cut_to_what_it_fails_by()
    {
        var variant = WrongVariants.All.Single(v => v.Name == "blind-retry");
        var (seed, by) = Swarm.Catch(variant, 1, Campaign.MostForVariant, 1)!.Value;

        var cut = Cut.Parse(Shrinking.Of(seed, variant, by.Invariant).ToString());

        var (whole, small) = (SeedResult.Of(seed, variant, Cut.None, new Tally()), SeedResult.Of(seed, variant, cut, new Tally()));
        Assert.Equal(by.Invariant, small.Violation?.Invariant);
        Assert.True(Sum(small) < Sum(whole), $"{Sum(small)} faults are left of {Sum(whole)}");

        static int Sum(SeedResult result) => result.World.Faults.Left;
    }
}
