namespace Ballast.Simulation;

/// <summary>A failing seed made small: everything is taken away without which it still fails in the same way.</summary>
internal static class Shrinking
{
    public static Cut Of(ulong seed, Variant variant, string invariant)
    {
        var cut = Cut.None;
        foreach (var kind in FaultPlan.Kinds) Try(cut with { Kinds = cut.Kinds.Add(kind) });
        foreach (var leg in Enumerable.Range(1, 4)) Try(cut with { Legs = cut.Legs.Add(leg) });
        foreach (var one in Left(seed, variant, cut)) Try(cut with { Instances = cut.Instances.Add(one) });
        return Useful(seed, variant, cut);

        void Try(Cut smaller)
        {
            if (Fails(seed, variant, smaller, invariant)) cut = smaller;
        }
    }

    /// <summary>Each single fault that still happens.</summary>
    private static IEnumerable<(FaultKind Kind, int Number)> Left(ulong seed, Variant variant, Cut cut)
    {
        var struck = SeedResult.Of(seed, variant, cut, new Tally()).World.Faults.Struck.ToArray();
        return FaultPlan.Kinds.SelectMany(k => Enumerable.Range(0, struck[(int)k]).Select(n => (k, n))).Take(300);
    }

    /// <summary>Without the kinds that never happened and the legs that never were, which nobody needs to read.</summary>
    private static Cut Useful(ulong seed, Variant variant, Cut cut)
    {
        var whole = SeedResult.Of(seed, variant, Cut.None, new Tally());
        var struck = whole.World.Faults.Struck.ToArray();
        var shorter = cut with { Kinds = [.. cut.Kinds.Where(k => struck[(int)k] > 0)], Legs = [.. cut.Legs.Where(l => l <= (whole.World.Process.State.Plan?.Parents.Length ?? 4))] };
        return whole.Violation is { } violation && Fails(seed, variant, shorter, violation.Invariant) ? shorter : cut;
    }

    private static bool Fails(ulong seed, Variant variant, Cut cut, string invariant) =>
        SeedResult.Of(seed, variant, cut, new Tally()).Violation is { } violation && violation.Invariant == invariant;
}
