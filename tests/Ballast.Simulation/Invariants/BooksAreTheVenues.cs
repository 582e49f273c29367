namespace Ballast.Simulation;

/// <summary>I3: at the end of a plan, and whenever an account is ready, the books are the venue's to the last unit; what else moved is booked by its name.</summary>
internal sealed class BooksAreTheVenues(Simulated world) : Invariant(world, "I3")
{
    /// <summary>A plan that says it is done is done at the venue.</summary>
    public override void Durable(JournalRecord record)
    {
        if (record is JournalRecord.Mismatched wrong && World.Venue(wrong.Account) is var at && Books.Difference(World.Process.State, at) is null && at.Books.Quiet(World.Time.Now - 60_000))
            Broken($"{wrong.Account} is said to differ from its books, and does not");
        if (record is not JournalRecord.PlanMoved { State: PlanStatus.Completed or PlanStatus.CompletedWithDust } moved) return;
        foreach (var venue in World.Venues)
            foreach (var order in venue.Orders)
                if (order.IsOpen && order.Intent?.PlanId == moved.PlanId) Broken($"{moved.PlanId} is {moved.State}, and {venue.Account} still has {order.VenueOrderId} open");
    }

    public override void AtEnd()
    {
        var state = World.Process.State;
        foreach (var venue in World.Venues)
        {
            foreach (var order in venue.Orders)
                if (order.IsOpen && order.Intent is not null && !IsOfUnknown(state, order)) Broken($"{venue.Account} still has {order.VenueOrderId} open");
            if (World.NamesUnknown && state.AnyLive(venue.Account)) continue;
            if (!Books.Settled(World, venue)) Broken($"{venue.Account}: {Books.Difference(state, venue)}");
            if (state.Opened.Contains(venue.Account) && !state.Mismatches.ContainsKey(venue.Account)) Outside(venue);
        }
    }

    private static bool IsOfUnknown(ExecutionState state, VenueOrder order) => order.Id is { } id && state.Orders.TryGetValue(id, out var known) && known.IsLive;

    /// <summary>What is booked as coming from outside is what came from outside; no trade of ours hides in it.</summary>
    private void Outside(SimulatedVenue venue)
    {
        foreach (var ((account, asset), booked) in World.Shadow.Outside)
            if (account == venue.Account && booked != venue.Books.Outside.GetValueOrDefault(asset))
                Broken($"{account}: {booked} {asset} are booked as moved outside, and {venue.Books.Outside.GetValueOrDefault(asset)} did");
    }
}
