namespace Ballast.Simulation;

/// <summary>I10: each process that takes charge counts on by one, and no venue takes an order of an earlier one after its deadline.</summary>
internal sealed class OneInCharge(Simulated world) : Invariant(world, "I10")
{
    public override void Durable(JournalRecord record)
    {
        if (record is JournalRecord.Started started && started.Epoch != World.Shadow.Epoch + 1) Broken($"epoch {started.Epoch} follows {World.Shadow.Epoch}");
    }

    /// <summary>A journal that a crash has cut short is counted on from what it kept.</summary>
    public override void Booted(ExecutionState state)
    {
        if (state.Epoch < World.Shadow.Epoch) Broken($"epoch {World.Shadow.Epoch} was durable, and the journal knows only {state.Epoch}");
        World.Shadow.Epoch = state.Epoch;
    }

    public override void Accepted(SimulatedVenue venue, VenueOrder order)
    {
        if (order.Intent is not { } sent || !World.Shadow.Orders.TryGetValue(sent.Id, out var known) || known.Epoch == World.Shadow.Epoch) return;
        var late = (World.Time.True - sent.Deadline).TotalMilliseconds;
        if (venue.Profile.Sheet.PlaceDeadline != DeadlineCheck.None && late > venue.Profile.ProcessingMs) Broken($"{sent.Id} of an earlier process was taken {late} ms after its deadline");
    }
}
