namespace Ballast.Simulation;

/// <summary>Something that must hold at every moment. It is told what happens, holds the venues' books against the journal, and ends the run when they disagree.</summary>
internal abstract class Invariant(Simulated world, string name)
{
    protected Simulated World => world;

    /// <summary>A process has read its journal.</summary>
    public virtual void Booted(ExecutionState state) { }

    public virtual void Heard(ExecutionEvent happened) { }

    /// <summary>The core has made a record of an event; the disk does not have it yet.</summary>
    public virtual void Decided(ExecutionEvent heard, JournalRecord record) { }

    /// <summary>A record has become durable; the shadow does not have it yet.</summary>
    public virtual void Durable(JournalRecord record) { }

    /// <summary>All records of a step are durable, and this is the state that the program goes on with.</summary>
    public virtual void Kept(ExecutionState state) { }

    public virtual void Performed(Effect effect) { }

    /// <summary>An order leaves; frozen where a process that is no longer in charge sends it.</summary>
    public virtual void Left(OrderRequest order, bool frozen) { }

    public virtual void Accepted(SimulatedVenue venue, VenueOrder order) { }

    public virtual void Traded(SimulatedVenue venue, VenueTrade trade) { }

    /// <summary>A venue has been asked for so many things in the last ten seconds.</summary>
    public virtual void Asked(SimulatedVenue venue, int lately) { }

    public virtual void AfterEvent() { }

    public virtual void AtEnd() { }

    protected void Broken(string what) => throw new ViolationException(name, what);
}

/// <summary>All of them, by the numbers of the specification.</summary>
internal static class Invariants
{
    public static Invariant[] All(Simulated world) =>
    [
        new NeverMoreThanPlanned(world), new NothingWithoutIntent(world), new BooksAreTheVenues(world), new NothingBelowZero(world), new WithinLimits(world), new WithinSums(world),
        new ConvergesOrSays(world), new ValueIsConserved(world), new OnlyAllowedMoves(world), new EachTradeOnce(world), new OneInCharge(world),
        new KillStops(world), new NoBadPrices(world), new WithinAllowance(world), new NoSecrets(world), new ReplayIsTheSame(world), new EveryOrderHasReasons(world),
    ];

    /// <summary>Whether the plan is over or waits for a person; for a price of what is not traded any more it waits until its time is over.</summary>
    public static bool IsNamedStop(Simulated world, ExecutionState state) =>
        state.Status.IsOver() || state.Status is PlanStatus.HoldMismatch or PlanStatus.HoldLegs or PlanStatus.SuspendedUnknown
        || (state.Status == PlanStatus.SuspendedPrice && world.Venues.Any(v => v.Markets.Any(m => m.Delisted && state.Why.Contains(m.Tradable.Symbol, StringComparison.Ordinal))));
}
