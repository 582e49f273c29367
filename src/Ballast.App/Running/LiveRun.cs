using Ballast.Adapters;
using Ballast.Adapters.Alerts;
using Ballast.Adapters.Backups;
using Ballast.Adapters.Running;
using Ballast.App.Watching;
using Ballast.Engine.Ports;
using Ballast.Engine.Running;
using Ballast.Execution;
using Ballast.Gates;
using Ballast.Money;
using Ballast.Orders;
using Ballast.Planning;

namespace Ballast.App.Running;

/// <summary>A policy kept running in real time: streams pumped, looks taken, words heard, the kill switch watched, a clean stop.</summary>
/// <param name="symbols">Whose prices are followed, by account.</param>
/// <param name="decidedBy">What a look decides by, of a request and of the policy whose limits hold.</param>
internal sealed class LiveRun(Session session, RunRequest begun, IReadOnlyDictionary<string, IReadOnlyCollection<string>> symbols, Func<RunRequest, Policy, (LookSources, LoopSettings)> decidedBy, RunText said, LoopStatus status, Alarm alarm)
{
    private static readonly TimeSpan Pulse = TimeSpan.FromMilliseconds(250);

    private readonly Inbox _inbox = new(begun.Folder.Inbox);
    private readonly KillSwitch _kill = new(begun.Data.KillSwitch);
    private readonly FileWatch _file = new(begun);
    private readonly RestoredMark _restored = new(session.Parts.Journal);
    private RunRequest _request = begun;
    private Instant _nextLook = Instant.MinValue;
    private bool _looked;

    private Instant Now => session.Parts.Clock.Now;

    private ExecutionState State => session.Executor.State;

    /// <summary>Runs until it is cancelled, or done where it was to be done once.</summary>
    /// <exception cref="IOException">The journal could not be written.</exception>
    public async Task RunAsync(string version, CancellationToken cancel)
    {
        using var stop = new CancellationTokenSource();
        if (_restored.First(Now) is { } word) session.Executor.Post(word); // Before the start itself, so that nothing comes in between.
        foreach (var price in session.Parts.Sources.Past(Now) is { } past ? LastOf(past) : []) session.Executor.Post(price);
        var executing = session.Executor.RunAsync(version, Environment.MachineName, stop.Token);
        var pumps = session.Parts.Venues.Select(v => PumpAsync(v, stop.Token)).Append(PollAsync(stop.Token)).Append(ReadOptionsAsync(stop.Token)).Append(PollMarketsAsync(stop.Token)).ToArray();
        while (!cancel.IsCancellationRequested && !executing.IsCompleted && !(_request.Once && _looked && Over()))
        {
            Beat();
            await Task.WhenAny(executing, Task.Delay(Pulse, CancellationToken.None));
        }
        if (!executing.IsCompleted) await EndAsync(executing);
        await stop.CancelAsync();
        try
        {
            await executing;
            await Task.WhenAll(pumps);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // It was asked to end.
        }
        finally
        {
            await alarm.EndAsync(State, Now, executing.IsFaulted ? executing.Exception.InnerException : null);
        }
        status.Write(Now, State, "stopped");
    }

    private bool Over() => !State.HasPlan && session.Loop.Waits is null or "" || State.KilledFor("*") is not null;

    private void Beat()
    {
        Hear();
        if (_file.Next() is { } change) Take(change);
        _restored.ClearOnce(State);
        if (Now >= _nextLook && session.Loop.Waits is null && !(_request.Once && _looked))
        {
            if (Telemetry.Of("decision", Telemetry.Decisions, _ => session.Loop.Look(Now)) is { } looked)
            {
                said.Looked(Now, looked);
                status.Looked(looked);
                alarm.Looked(looked);
            }
            (_nextLook, _looked) = (Now + _request.Check, true);
        }
        alarm.Beat(State, Now);
        status.Write(Now, State, session.Loop.Waits is { } waits ? waits : "running");
    }

    private void Hear()
    {
        if (_kill.Read() is { } kill && !State.Kills.ContainsKey(kill.Scope)) session.Executor.Post(new ExecutionEvent.KillPressed(Now, kill.Scope, kill.By, kill.Reason));
        foreach (var word in _inbox.Take())
            session.Executor.Post(word.Verb switch
            {
                "approve" or "decline" => new ExecutionEvent.PlanAnswered(Now, word.Subject, word.Verb == "approve", word.By, word.Note),
                "accept" => new ExecutionEvent.DifferenceAccepted(Now, word.Subject, word.By, word.Note ?? ""),
                "unkill" => new ExecutionEvent.KillReleased(Now, word.Subject, word.By, word.Note ?? ""),
                _ => new ExecutionEvent.StopAsked(Now, word.By, word.Note ?? "asked"),
            });
    }

    /// <summary>Limits at once, even for the plan at hand; the rest is what the next look decides by.</summary>
    private void Take(FileChange change)
    {
        said.Line(Now, change.Waits is { } waits ? $"{_request.File} was changed: {waits}." : $"{_request.File} was changed; it is taken from the next look on, and its limits now.");
        if (change.Limits is not { } policy) return;
        _request = change.Request;
        session.Executor.Post(new ExecutionEvent.LimitsAsked(Now, GateLimits.Of(policy)));
        var (sources, settings) = decidedBy(_request, policy);
        session.Loop.Adopt(sources, settings);
    }

    /// <summary>No new orders; working ones as the policy says. It does not take longer than ten seconds: what is left then, the next start finds.</summary>
    private async Task EndAsync(Task executing)
    {
        var cancelOnStop = _request.Policy.Run.CancelOnStop;
        if (State.HasPlan && cancelOnStop)
        {
            said.Line(Now, "Stopping: working orders are cancelled.");
            session.Executor.Post(new ExecutionEvent.StopAsked(Now, "the loop's end", "the program is stopped"));
        }
        for (var waited = 0; waited < 40 && cancelOnStop && !executing.IsCompleted; waited++)
        {
            await Task.Delay(Pulse);
            if (!State.Orders.Values.Any(o => o.IsLive && o.State is OrderState.Open or OrderState.Partial or OrderState.Cancelling)) break;
        }
    }

    /// <summary>What a venue tells; when the stream breaks it is opened again, and what was missed is asked for by the core.</summary>
    private async Task PumpAsync(IVenue venue, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
            try
            {
                await foreach (var happened in venue.StreamAsync(symbols[venue.Account], cancel)) session.Executor.Post(happened);
            }
            catch (VenueException fault)
            {
                session.Executor.Post(new ExecutionEvent.VenueChanged(Now, venue.Account, Up: false, fault.Message));
                await Task.Delay(TimeSpan.FromSeconds(2), cancel);
            }
    }

    /// <summary>Prices are asked for as well, in case a stream is silent.</summary>
    private async Task PollAsync(CancellationToken cancel)
    {
        for (; !cancel.IsCancellationRequested; await Task.Delay(TimeSpan.FromSeconds(State.HasPlan ? 3 : 10), cancel))
            foreach (var venue in session.Parts.Venues)
                try
                {
                    foreach (var top in await venue.QuotesAsync(Wanted(venue.Account), cancel)) session.Executor.Post(new ExecutionEvent.Quoted(Now, venue.Account, top));
                }
                catch (VenueException)
                {
                    // The clock's question says that it is away.
                }
    }

    /// <summary>Books and marks: of what a plan trades often, of everything followed now and then.</summary>
    private async Task PollMarketsAsync(CancellationToken cancel)
    {
        for (; !cancel.IsCancellationRequested; await Task.Delay(TimeSpan.FromSeconds(State.HasPlan ? 5 : 15), cancel))
            foreach (var venue in session.Parts.Venues)
                try
                {
                    foreach (var market in await venue.MarketsAsync(Traded(venue.Account) is { Length: > 0 } traded ? traded : symbols[venue.Account], cancel))
                    {
                        session.Executor.Post(new ExecutionEvent.DepthSeen(Now, venue.Account, market.Depth));
                        session.Executor.Post(new ExecutionEvent.FactsSeen(Now, venue.Account, market.Facts));
                    }
                }
                catch (VenueException)
                {
                    // What was read before counts until it is too old; then the gate takes the book for unknown.
                }
    }

    /// <summary>What a file of past prices says last: one more source, for as long as it is fresh.</summary>
    private IEnumerable<ExecutionEvent> LastOf(Market.Trailing past) =>
        from series in past.History.Series
        let close = past.Close(series, past.Last)
        where close > 0 && close < 1e15
        select new ExecutionEvent.PriceSeen(Now, "the file of past prices", $"{series.Base}/{series.Quote}", (decimal)close, past.At);

    private string[] Traded(string account) =>
        State is { HasPlan: true, Plan: { } plan } ? [.. plan.Parents.Where(p => p.Account == account).Select(p => p.Tradable.Symbol).Distinct()] : [];

    /// <summary>What is always followed, and what the plan at hand trades besides.</summary>
    private IReadOnlyCollection<string> Wanted(string account) =>
        Traded(account) is { Length: > 0 } traded ? [.. symbols[account].Union(traded)] : symbols[account];

    /// <summary>The options of a hedged book, read as often as it is looked at.</summary>
    private async Task ReadOptionsAsync(CancellationToken cancel)
    {
        if (session.Parts.Sources.Hedge is not { } hedge) return;
        var venue = session.Parts.Venues.First(v => v.Account == hedge.Policy.Hedge!.Book);
        var pause = TimeSpan.FromSeconds(Math.Clamp(_request.Check.TotalSeconds / 2, 1, 30));
        for (; !cancel.IsCancellationRequested; await Task.Delay(pause, cancel))
            try
            {
                var options = new List<Derivatives.ChainQuote>();
                foreach (var coin in Underlyings(hedge)) options.AddRange(await venue.OptionsAsync(coin, cancel));
                session.Loop.See(options);
            }
            catch (VenueException)
            {
                // What was read before stands until it is too old to price the book.
            }
    }

    private IEnumerable<Asset> Underlyings(HedgeSources hedge) =>
        HedgeLooking.BookOf(hedge, State).Underlyings.Concat(hedge.Policy.Hedge!.With.Select(w => new Asset(w.Text.Split('-', '_')[0]))).Distinct();
}
