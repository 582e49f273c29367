namespace Ballast.Simulation;

/// <summary>I7: nothing is made or lost. The books are the sum of the trades, the fees and what came from outside, to the last digit, here and at the venue.</summary>
internal sealed class ValueIsConserved(Simulated world) : Invariant(world, "I7")
{
    public override void Kept(ExecutionState state)
    {
        foreach (var ((account, asset), sum) in World.Shadow.Balances)
            if (state.Balances.Of(account, asset) != sum) Broken($"{account} has {state.Balances.Of(account, asset)} {asset} by the core, and {sum} by its records");
    }

    public override void AtEnd()
    {
        foreach (var venue in World.Venues)
            foreach (var (asset, sum) in venue.Books.Sums())
                if (sum != 0) Broken($"{sum} {asset} too many at {venue.Account}");
    }
}
