namespace Ballast.Simulation;

/// <summary>
/// I6: when everything has healed, the plan ends or stops with a name in bounded time, and nothing is tried for ever. It may use all of its own time, as long as
/// it works: it never stands still, tries no leg more often than it may, and does not outlive itself.
/// </summary>
internal sealed class ConvergesOrSays(Simulated world) : Invariant(world, "I6")
{
    private const int MostEvents = 60_000;

    /// <summary>Longer than an order rests, is cancelled, confirmed and compared; longer than an order without a deadline is in quarantine.</summary>
    private const long MostStill = 3 * 60_000;

    /// <summary>A question without an answer for a quarter of an hour has a name by then.</summary>
    private const long MostUnanswered = 16 * 60_000;

    /// <summary>A price that jumped and that no other source confirms is believed after five minutes: by the clock of the program, which stands still while ours catches up with a jump.</summary>
    private static readonly Duration MostDoubted = Duration.FromSeconds(5 * 60 + 30);

    /// <summary>A process that was paused, or was starting, when its plan ran out.</summary>
    private const long MostOverdue = 90_000;

    private long _moved;

    /// <summary>The clock of the program, and what it said when something moved last or the faults ended.</summary>
    private Instant _clock, _movedAt;

    public override void Booted(ExecutionState state) => _clock = _movedAt = Instant.MinValue;

    public override void Heard(ExecutionEvent happened)
    {
        var before = _clock;
        _clock = Instant.Max(_clock, happened.At);
        if (World.Faults.Active || before == Instant.MinValue) _movedAt = _clock;
    }

    public override void Durable(JournalRecord record)
    {
        if (record is not (JournalRecord.Started or JournalRecord.Reconciled)) (_moved, _movedAt) = (World.Time.Now, _clock);
        if (record is JournalRecord.Intended { Order: var order } && order.Attempt >= World.Shadow.Plans[order.PlanId].Style.Attempts) Broken($"leg {order.Leg} is tried {order.Attempt + 1} times");
    }

    public override void Performed(Effect effect)
    {
        if (effect is Effect.Tell { Code: "ORDER_UNKNOWN" }) World.UnknownIsTold = true;
        if (effect is Effect.Cancel { Order.Id: var id } && World.Shadow.Orders.TryGetValue(id, out var order) && ++order.Cancels > 30 * (1 + World.Process.Life))
            Broken($"{id} is cancelled {order.Cancels} times");
    }

    public override void AfterEvent()
    {
        if (World.Events > MostEvents) Broken("it goes on without end");
        if (World.Faults.Active || !World.Process.Alive || World.Process.State is not { HasPlan: true, Plan: { } plan } state) return;
        if (World.Time.Now > Math.Max(Timeline.Of(plan.ValidUntil), World.Faults.Until) + MostOverdue) Broken($"the plan is {state.Status}, and its time is over");
        if (Invariants.IsNamedStop(World, state)) return;
        var still = World.Time.Now - Math.Max(_moved, World.Faults.Until);
        if (still > MostStill && (still > MostUnanswered || !Waits(state)) && !(state is { Status: PlanStatus.SuspendedPrice, NoPrice.Code: "PRICE_JUMP" } && _clock - _movedAt <= MostDoubted)) Broken($"nothing has moved for {still / 1000} s, and the plan is {state.Status}: {state.Why}");
    }

    public override void AtEnd()
    {
        var state = World.Process.State;
        if (!World.Process.Alive) Broken("the program is not running");
        if (state.Plan is null) Broken("the plan was never taken");
        if (!Invariants.IsNamedStop(World, state)) Broken($"the plan is {state.Status} at the end of its time: {state.Why}");
        if (World.NamesUnknown) return;
        foreach (var (id, order) in state.Orders)
            if (order.IsLive) Broken($"order {id} is {order.State}, and the plan {state.Status}");
    }

    /// <summary>Whether the venue is asked what became of an order.</summary>
    private static bool Waits(ExecutionState state)
    {
        foreach (var (_, order) in state.Orders)
            if (order.State is OrderState.Unknown or OrderState.Closing) return true;
        return false;
    }
}
