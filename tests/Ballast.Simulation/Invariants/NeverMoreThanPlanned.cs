namespace Ballast.Simulation;

/// <summary>I1: of a leg, what is executed and what works at the venue is never more than the leg; an id is sent once, no two orders are of one attempt, and no two of one leg live at once.</summary>
internal sealed class NeverMoreThanPlanned(Simulated world) : Invariant(world, "I1")
{
    private readonly HashSet<(string Plan, int Leg, int Attempt)> _attempts = [];

    public override void Durable(JournalRecord record)
    {
        if (record is not JournalRecord.Intended { Order: var order }) return;
        if (!_attempts.Add((order.PlanId, order.Leg, order.Attempt))) Broken($"attempt {order.Attempt} at leg {order.Leg} of {order.PlanId} is made twice");
        var counted = order.Quantity;
        foreach (var (_, other) in World.Shadow.Orders)
            if (other.Request.PlanId == order.PlanId && other.Request.Leg == order.Leg && other.State.IsLive()) Broken($"leg {order.Leg} of {order.PlanId} has two live orders, {other.Request.Id} and {order.Id}");
            else if (other.Request.PlanId == order.PlanId && other.Request.Leg == order.Leg) counted += other.Filled;
        if (counted > Size(order)) Broken($"leg {order.Leg} of {order.PlanId} is {Size(order)}, and {counted} are filled or may be with the next order");
    }

    public override void Left(OrderRequest order, bool frozen)
    {
        if (World.Shadow.Orders.TryGetValue(order.Id, out var known) && ++known.Sends > 1) Broken($"{order.Id} is sent twice");
    }

    public override void Accepted(SimulatedVenue venue, VenueOrder order)
    {
        if (order.Intent is not { } intent) return;
        var (counted, twins) = (0m, 0);
        foreach (var other in venue.Orders)
        {
            if (other.Intent is not { } made || made.PlanId != intent.PlanId || made.Leg != intent.Leg) continue;
            counted += other.Filled + (other.IsOpen ? other.Rest : 0);
            if (made.Id == intent.Id) twins++;
        }
        // Two orders of one request are the venue's doing; that Ballast then stops is checked at the end.
        if (twins < 2 && counted > Size(intent) && !Doubled(venue, intent)) Broken($"leg {intent.Leg} of {intent.PlanId} is {Size(intent)}, and {counted} are executed or working");
        if (World.Shadow.Orders.TryGetValue(intent.Id, out var known) && !known.State.IsLive()) Broken($"{intent.Id} was closed as {known.State}, and now the venue accepts it");
    }

    private static bool Doubled(SimulatedVenue venue, OrderRequest intent)
    {
        var ids = new HashSet<OrderId>();
        foreach (var order in venue.Orders)
            if (order.Intent is { } made && made.PlanId == intent.PlanId && made.Leg == intent.Leg && !ids.Add(made.Id)) return true;
        return false;
    }

    /// <summary>The size of a leg; of the leg that undoes another, what the other has filled.</summary>
    private decimal Size(OrderRequest order)
    {
        var plan = World.Shadow.Plans[order.PlanId];
        foreach (var parent in plan.Parents)
            if (parent.Number == order.Leg) return parent.Quantity;
        var done = 0m;
        foreach (var (_, other) in World.Shadow.Orders)
            if (other.Request.PlanId == order.PlanId && other.Request.Leg == order.Leg - 1000) done += other.Filled;
        return done;
    }
}
