namespace Ballast.Simulation;

/// <summary>
/// The way between a process and the venues. A request or its answer may be lost, late, or delivered twice; after ten seconds without an answer
/// the caller hears that there was none. Nothing is ever sent again by the way itself.
/// </summary>
internal sealed class Network(Simulated world, Chance chance)
{
    private const long Patience = 10_000;

    private long _requests;

    public void Send(SimulatedVenue venue, OrderRequest order)
    {
        var (number, id) = (++_requests, order.Id);
        var answer = Expect<SendOutcome>(new SendOutcome.Ambiguous("no answer"), outcome => new ExecutionEvent.Sent(world.Clock.Now, id, outcome));
        if (world.Faults.Strikes(FaultKind.RequestLost)) return;
        world.Time.After(There(), () => venue.Place(order, number, answer));
        if (venue.Profile.CopiesHappen && world.Faults.Strikes(FaultKind.RequestTwice)) world.Time.After(chance.Between(5, 9_000), () => venue.Place(order, number, answer));
    }

    public void Cancel(SimulatedVenue venue, OrderRef order) =>
        Ask<CancelOutcome>(new CancelOutcome.Ambiguous("no answer"), outcome => new ExecutionEvent.Cancelled(world.Clock.Now, order.Id, outcome), answer => venue.Cancel(order, answer));

    public void Query(SimulatedVenue venue, OrderRef order) =>
        Ask<QueryOutcome>(new QueryOutcome.Failed("no answer"), outcome => new ExecutionEvent.Queried(world.Clock.Now, order.Id, outcome), answer => venue.Query(order, answer));

    public void Snapshot(SimulatedVenue venue)
    {
        var asked = world.Time.Now;
        Ask<AccountSnapshot?>(null, outcome => outcome is null
            ? new ExecutionEvent.SnapshotFailed(world.Clock.Now, venue.Account, "no whole answer")
            : new ExecutionEvent.SnapshotTaken(world.Clock.Now, outcome), answer => venue.Snapshot(asked, answer));
    }

    public void CancelAll(SimulatedVenue venue)
    {
        if (!world.Faults.Strikes(FaultKind.RequestLost)) world.Time.After(There(), venue.CancelAll);
    }

    /// <summary>The clock is measured by an answer that tells the venue's time; half of the way is an error that nobody can know.</summary>
    public void MeasureClock(SimulatedVenue venue)
    {
        var life = world.Process.Life;
        if (world.Faults.Strikes(FaultKind.RequestLost)) return;
        world.Time.After(chance.Between(5, 40), () =>
        {
            var told = world.Time.True;
            if (venue.IsGone || world.Process.Life != life) return;
            var ahead = told - world.Clock.Now;
            world.Process.Hear(new ExecutionEvent.ClockMeasured(world.Clock.Now, venue.Account, ahead));
        });
    }

    private void Ask<T>(T none, Func<T, ExecutionEvent> told, Action<Action<T>> question)
    {
        var answer = Expect(none, told);
        if (!world.Faults.Strikes(FaultKind.RequestLost)) world.Time.After(There(), () => question(answer));
    }

    /// <summary>An answer that is heard once, by the process that waits for it; else, after a while, that there is none.</summary>
    private Action<T> Expect<T>(T none, Func<T, ExecutionEvent> told)
    {
        var (life, open) = (world.Process.Life, true);
        world.Time.After(Patience, () => Hear(none));
        return outcome =>
        {
            if (!world.Faults.Strikes(FaultKind.AnswerLost)) world.Time.After(Back(), () => Hear(outcome));
        };

        void Hear(T outcome)
        {
            if (!open || world.Process.Life != life) return;
            open = false;
            world.Process.Hear(told(outcome));
        }
    }

    private long There() => world.Faults.Strikes(FaultKind.SlowRequest) ? chance.Between(200, 9_000) : chance.Between(3, 40);

    private long Back() => world.Faults.Strikes(FaultKind.SlowAnswer) ? chance.Between(200, 9_000) : chance.Between(3, 40);
}
