namespace Ballast.Simulation;

/// <summary>I13: no venue is asked for more than it allows.</summary>
internal sealed class WithinAllowance(Simulated world) : Invariant(world, "I13")
{
    public override void Asked(SimulatedVenue venue, int lately)
    {
        if (lately > 10 * venue.Profile.Sheet.RequestsPerSecond) Broken($"{venue.Account} is asked {lately} times in ten seconds");
    }
}
