namespace Ballast.Simulation;

/// <summary>I6: when everything has healed, the plan ends or stops with a name in bounded time, and nothing is tried for ever.</summary>
internal sealed class ConvergesOrSays(Simulated world) : Invariant(world, "I6")
{
    private const int MostEvents = 60_000;

    public override void Performed(Effect effect)
    {
        if (effect is Effect.Tell { Code: "ORDER_UNKNOWN" }) World.UnknownIsTold = true;
        if (effect is Effect.Cancel { Order.Id: var id } && World.Shadow.Orders.TryGetValue(id, out var order) && ++order.Cancels > 30 * (1 + World.Process.Life))
            Broken($"{id} is cancelled {order.Cancels} times");
    }

    public override void AfterEvent()
    {
        if (World.Events > MostEvents) Broken("it goes on without end");
    }

    public override void AtEnd()
    {
        var state = World.Process.State;
        if (!World.Process.Alive) Broken("the program is not running");
        if (state.Plan is null) Broken("the plan was never taken");
        if (!Invariants.IsNamedStop(World, state)) Broken($"the plan is {state.Status} a quarter of an hour after the last fault: {state.Why}");
        if (World.NamesUnknown) return;
        foreach (var (id, order) in state.Orders)
            if (order.IsLive) Broken($"order {id} is {order.State}, and the plan {state.Status}");
    }
}
