namespace Ballast.Simulation;

/// <summary>I5: no order leaves whose price is further from the plan's than its slippage allows.</summary>
internal sealed class WithinLimits(Simulated world) : Invariant(world, "I5")
{
    public override void Durable(JournalRecord record)
    {
        if (record is not JournalRecord.Intended { Order: var order }) return;
        var plan = World.Shadow.Plans[order.PlanId];
        foreach (var parent in plan.Parents)
        {
            if (parent.Number != order.Leg && parent.Number + 1000 != order.Leg) continue;
            var worst = order.Side == Side.Buy ? parent.Price * (1 + plan.Style.Slippage) : parent.Price * (1 - plan.Style.Slippage);
            if (order.Side == Side.Buy ? order.Price > worst : order.Price < worst) Broken($"{order.Side} at {order.Price}, where {worst} is the worst that the plan allows");
        }
    }
}
