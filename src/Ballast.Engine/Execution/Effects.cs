using Ballast.Engine.Ports;
using Ballast.Execution;
using Ballast.Gates;
using Ballast.Orders;

namespace Ballast.Engine.Execution;

/// <summary>Performs what the core asks for; every answer goes back as an event. Here, and nowhere else, orders leave.</summary>
/// <param name="inOrder">One after the other, when told to: for replays, which must come out the same each time.</param>
internal sealed class Effects(IReadOnlyDictionary<string, IVenue> venues, Executor executor, Clock clock, bool inOrder)
{
    private readonly Queue<Effect> _later = new();

    /// <summary>Longer than any request lives.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>A request is not sent when its deadline is nearer than this.</summary>
    private static readonly Duration Margin = Duration.FromSeconds(1);

    public void Perform(Effect effect)
    {
        if (effect is Effect.Tell) return;
        if (inOrder) _later.Enqueue(effect);
        else _ = BesideAsync(effect);
    }

    /// <summary>The next of those that wait for their turn; false where none does.</summary>
    public async Task<bool> NextAsync()
    {
        if (!_later.TryDequeue(out var effect)) return false;
        await RunAsync(effect);
        return true;
    }

    private async Task BesideAsync(Effect effect)
    {
        await Task.Yield(); // The executor's thread goes on; venues answer when they do.
        await RunAsync(effect);
    }

    /// <summary>The last thing before the process stops for want of a journal.</summary>
    public async Task CancelWorkingAsync(ExecutionState state)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        foreach (var (_, order) in state.Orders)
            if (order.IsLive && venues.TryGetValue(order.Request.Account, out var venue))
                await Quietly(() => venue.CancelAsync(order.Ref, patience.Token));
    }

    private async Task RunAsync(Effect effect)
    {
        using var patience = new CancellationTokenSource(Patience, clock.Time);
        executor.Post(await AnswerAsync(effect, patience.Token));
    }

    private async Task<ExecutionEvent> AnswerAsync(Effect effect, CancellationToken cancel)
    {
        switch (effect)
        {
            case Effect.Send(var order):
                var sent = await SendAsync(order, cancel);
                return new ExecutionEvent.Sent(clock.Now, order.Order.Id, sent);
            case Effect.Cancel(var order):
                CrashPoint.Pass("cancel.before");
                var cancelled = await Otherwise(() => venues[order.Account].CancelAsync(order, cancel), why => new CancelOutcome.Ambiguous(why));
                return new ExecutionEvent.Cancelled(clock.Now, order.Id, cancelled);
            case Effect.Query(var order):
                var found = await Otherwise(() => venues[order.Account].QueryAsync(order, cancel), why => new QueryOutcome.Failed(why));
                return new ExecutionEvent.Queried(clock.Now, order.Id, found);
            case Effect.TakeSnapshot(var account):
                CrashPoint.Pass("snapshot.before");
                return await Otherwise<ExecutionEvent>(async () => new ExecutionEvent.SnapshotTaken(clock.Now, await venues[account].SnapshotAsync(cancel)), why => new ExecutionEvent.SnapshotFailed(clock.Now, account, why));
            case Effect.MeasureClock(var account):
                return await MeasureAsync(account, cancel);
            case Effect.CancelAll(var account):
                await Otherwise(() => venues[account].CancelAllAsync(cancel), why => why);
                return new ExecutionEvent.Tick(clock.Now);
            default: throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>Checked once more at the last moment: its deadline, and the kill switch.</summary>
    private async Task<SendOutcome> SendAsync(PermittedOrder order, CancellationToken cancel)
    {
        var request = order.Order;
        if (executor.State.KilledFor(request.Account) is { } kill) return new SendOutcome.NotSent($"the kill switch is set: {kill}");
        var ahead = executor.State.Account(request.Account).Ahead ?? Duration.Zero;
        if (clock.Now + ahead > request.Deadline - Margin) return new SendOutcome.NotSent("its deadline was too near");
        CrashPoint.Pass("send.before");
        var outcome = await Otherwise(() => venues[request.Account].SendAsync(order, cancel), why => new SendOutcome.Ambiguous(why));
        CrashPoint.Pass("send.after");
        return outcome;
    }

    /// <summary>A venue that does not tell its time is not there.</summary>
    private async Task<ExecutionEvent> MeasureAsync(string account, CancellationToken cancel)
    {
        try
        {
            return new ExecutionEvent.ClockMeasured(clock.Now, account, await venues[account].ClockAheadAsync(cancel));
        }
        catch (Exception fault) when (fault is VenueException or OperationCanceledException)
        {
            return new ExecutionEvent.VenueChanged(clock.Now, account, Up: false, fault is OperationCanceledException ? "it does not answer" : fault.Message);
        }
    }

    private static async Task<T> Otherwise<T>(Func<Task<T>> ask, Func<string, T> failed)
    {
        try
        {
            return await ask();
        }
        catch (Exception fault) when (fault is VenueException or OperationCanceledException)
        {
            return failed(fault is OperationCanceledException ? "no answer in time" : fault.Message);
        }
    }

    private static async Task Quietly(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception fault) when (fault is VenueException or OperationCanceledException)
        {
            // The process is stopping; what could not be cancelled is found by the next start.
        }
    }
}
