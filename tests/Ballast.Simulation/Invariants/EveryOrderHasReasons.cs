namespace Ballast.Simulation;

/// <summary>I16: every order is of a plan in the journal that says who wanted it, why, and from what it was decided, and that was approved.</summary>
internal sealed class EveryOrderHasReasons(Simulated world) : Invariant(world, "I16")
{
    public override void Durable(JournalRecord record)
    {
        if (record is not JournalRecord.Intended { Order: var order }) return;
        if (!World.Shadow.Plans.TryGetValue(order.PlanId, out var plan)) Broken($"{order.Id} is of a plan that the journal does not have");
        else if (plan.Trigger.Length == 0 || plan.By.Length == 0 || plan.InputHash.Length == 0 || plan.ConfigHash.Length == 0) Broken($"plan {plan.Id} does not say where it comes from");
        else if (World.Shadow.Statuses[plan.Id] != PlanStatus.Running) Broken($"{order.Id} is made while its plan is {World.Shadow.Statuses[plan.Id]}");
    }
}
