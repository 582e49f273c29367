namespace Ballast.Simulation;

/// <summary>An invariant does not hold. The only exception of a simulation that is an answer: it ends the run of a seed.</summary>
internal sealed class ViolationException(string invariant, string what) : Exception($"{invariant}: {what}")
{
    public string Invariant { get; } = invariant;
}
