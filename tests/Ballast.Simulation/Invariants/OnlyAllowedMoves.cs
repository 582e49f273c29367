namespace Ballast.Simulation;

/// <summary>I8: orders move by the table only, and what is closed stays closed.</summary>
internal sealed class OnlyAllowedMoves(Simulated world) : Invariant(world, "I8")
{
    public override void Durable(JournalRecord record)
    {
        if (record is not JournalRecord.OrderMoved moved) return;
        if (!World.Shadow.Orders.TryGetValue(moved.Id, out var order)) Broken($"{moved.Id} moves and was never intended");
        else if (order.State != moved.From) Broken($"{moved.Id} moves from {moved.From} and is {order.State}");
        else if (!Transitions.Allows(moved.From, moved.Cause, moved.To)) Broken($"{moved.Id} moves from {moved.From} by {moved.Cause} to {moved.To}");
    }
}
