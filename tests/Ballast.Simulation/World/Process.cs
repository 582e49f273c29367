namespace Ballast.Simulation;

/// <summary>
/// The running program: what happens goes into the core, its records onto the disk, and only when they are durable are its effects performed.
/// It dies at every boundary between those, freezes, and starts again from what the disk has kept.
/// </summary>
internal sealed class Process(Simulated world)
{
    private readonly Queue<ExecutionEvent> _inbox = new();
    private bool _busy;
    private long _wake;
    private int _loops;

    /// <summary>Which process it is; answers to an earlier one are heard by nobody.</summary>
    public int Life { get; private set; }

    public bool Alive { get; private set; }

    /// <summary>Whether it waits for its disk, or is paused.</summary>
    public bool Busy => _busy;

    public ExecutionState State { get; private set; } = ExecutionState.Empty;

    public void Boot()
    {
        Life++;
        (Alive, _busy) = (true, false);
        _inbox.Clear();
        State = world.Variant.Replay(world.Disk.Replay());
        world.Booted(State);
        Hear(new ExecutionEvent.Started(world.Clock.Now, "simulation", $"node{Life % 2}"));
        if (!Alive) return;
        foreach (var venue in world.Venues) venue.Stream.Restore();
        if (_loops == 0 && Life > 1 && world.Faults.Strikes(FaultKind.CrashLoop)) _loops = 3;
        if (_loops > 0) Later(world.Chance.Between(50, 3_000), () =>
        {
            _loops--;
            Die("it dies again while it starts", 200, 2_000);
        });
    }

    public void Hear(ExecutionEvent happened)
    {
        if (!Alive || world.Variant.Hear(happened) is not { } heard) return;
        if (_busy) _inbox.Enqueue(heard);
        else Take([heard]);
    }

    /// <summary>What waited is taken together: its records share one synchronisation, and only after that come the effects of all of it.</summary>
    private void Take(ExecutionEvent[] events)
    {
        var (state, steps) = (State, new List<Step>(events.Length));
        foreach (var heard in events)
        {
            world.Heard(heard);
            var step = world.Variant.Step(state, heard, world.Rules);
            state = step.State;
            foreach (var record in step.Records) world.Decided(heard, record);
            steps.Add(step);
        }
        var together = Step.Together(steps);
        if (world.Variant.ActsFirst) Perform(together.Effects);
        if (Alive && Write(together.Records)) Commit(together);
    }

    /// <summary>What is durable is true; then its effects are performed, at once or when the machine has come back from a pause.</summary>
    private void Commit(Step step)
    {
        State = step.State;
        if (step.Records.Length > 0) world.Kept(State);
        var effects = world.Variant.ActsFirst ? [] : step.Effects;
        if (step.Records.Length > 0 && world.Faults.Strikes(FaultKind.Freeze)) Pause(world.Chance.Between(1_000, 60_000), effects, waiting => waiting with { At = world.Clock.Now });
        else if (step.Records.Length > 0 && world.Faults.Strikes(FaultKind.DiskSlow)) Pause(world.Chance.Between(100, 6_000), effects, waiting => waiting);
        else Perform(effects);
    }

    /// <summary>A process that waits for its disk goes on hearing; one that is frozen hears everything when it wakes.</summary>
    private void Pause(long ms, ImmutableArray<Effect> effects, Func<ExecutionEvent, ExecutionEvent> heard)
    {
        _busy = true;
        Later(ms, () =>
        {
            _busy = false;
            Perform(effects);
            if (!Alive || _inbox.Count == 0) return;
            var waiting = _inbox.Select(heard).ToArray();
            _inbox.Clear();
            Take(waiting);
        });
    }

    /// <summary>False where the records are not durable; then the process is gone.</summary>
    private bool Write(ImmutableArray<JournalRecord> records)
    {
        if (records.IsEmpty) return true;
        if (Crashes(FaultKind.CrashBeforeAppend)) return false;
        foreach (var record in records)
        {
            if (!world.Variant.Keeps(record)) continue;
            if (!world.Disk.Append(record, world.Written(record))) return Die("the disk is full", 1_000, 10_000);
        }
        if (Crashes(FaultKind.CrashAfterAppend)) return false;
        if (!world.Disk.Sync() && !world.Variant.IgnoresSync) return Die("the disk could not be synchronised", 500, 5_000);
        foreach (var record in records) world.Durable(record);
        return !Crashes(FaultKind.CrashAfterSync);
    }

    private void Perform(ImmutableArray<Effect> effects)
    {
        for (var i = 0; i < effects.Length && Alive; i++)
            if (effects[i] is Effect.Send && world.Faults.Strikes(FaultKind.FrozenSender)) Freeze(effects, i);
            else Perform(effects[i]);
    }

    /// <summary>The process stops between its last look at the clock and the sending, another takes over, and later the bytes leave after all.</summary>
    private void Freeze(ImmutableArray<Effect> effects, int from)
    {
        world.Time.After(world.Chance.Between(1_000, 60_000), () =>
        {
            for (var i = from; i < effects.Length; i++)
                if (effects[i] is Effect.Send send) world.Leave(send.Order.Order, frozen: true);
        });
        Die("it is frozen, and another takes over", 1_000, 15_000);
    }

    private void Perform(Effect effect)
    {
        world.Performed(effect);
        switch (effect)
        {
            case Effect.Send send: Send(send.Order.Order); break;
            case Effect.Cancel cancel: world.Network.Cancel(world.Venue(cancel.Order.Account), cancel.Order); break;
            case Effect.Query query: world.Network.Query(world.Venue(query.Order.Account), query.Order); break;
            case Effect.TakeSnapshot take: world.Network.Snapshot(world.Venue(take.Account)); break;
            case Effect.MeasureClock measure: world.Network.MeasureClock(world.Venue(measure.Account)); break;
            case Effect.CancelAll all: world.Network.CancelAll(world.Venue(all.Account)); break;
            case Effect.Wake wake: Wake(wake.At); break;
            case Effect.Tell: break;
        }
    }

    private void Send(OrderRequest order)
    {
        if (NotNow(order) is { } why)
        {
            Later(0, () => Hear(new ExecutionEvent.Sent(world.Clock.Now, order.Id, new SendOutcome.NotSent(why))));
            return;
        }
        world.Leave(order, frozen: false);
        Crashes(FaultKind.CrashAfterSend);
    }

    /// <summary>Nothing is sent that was stopped meanwhile, or whose deadline is near: the venue would refuse it, or take it when nobody expects it any more.</summary>
    private string? NotNow(OrderRequest order)
    {
        if (State.KilledFor(order.Account) is { } kill && !world.Variant.SendsKilled) return $"the kill switch is set: {kill}";
        var venueNow = world.Clock.Now + (State.Account(order.Account).Ahead ?? Duration.Zero);
        return venueNow > order.Deadline - Duration.FromSeconds(1) && !world.Variant.SendsLate ? "its deadline is too near" : null;
    }

    /// <summary>One alarm clock: the last order counts.</summary>
    private void Wake(Instant at)
    {
        var number = ++_wake;
        Later(Math.Max(1, (long)Math.Ceiling((at - world.Clock.Now).TotalMilliseconds)), () =>
        {
            if (number == _wake) Hear(new ExecutionEvent.Tick(world.Clock.Now));
        });
    }

    private void Later(long ms, Action happens)
    {
        var life = Life;
        world.Time.After(ms, () =>
        {
            if (Alive && Life == life) happens();
        });
    }

    private bool Crashes(FaultKind kind) => world.Faults.Strikes(kind) && !Die(kind.ToString(), 200, 20_000);

    /// <summary>Always false, so that a caller can say so with it.</summary>
    private bool Die(string why, long least, long most)
    {
        Alive = false;
        Life++;
        foreach (var record in world.Disk.Crash()) world.Durable(record);
        world.Died(why);
        world.Time.After(world.Chance.Between(least, most), Boot);
        return false;
    }
}
