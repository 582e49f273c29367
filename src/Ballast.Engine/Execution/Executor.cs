using System.Threading.Channels;
using Ballast.Engine.Ports;
using Ballast.Execution;
using Ballast.Records;

namespace Ballast.Engine.Execution;

/// <summary>
/// Drives the core: one event after the other; the records of a step are durable before its effects are performed. It decides nothing.
/// When the journal cannot be written the working orders are cancelled and it stops: what it could not record, a restart learns again.
/// </summary>
public sealed class Executor
{
    /// <summary>Steps whose records share one flush.</summary>
    private const int MostTogether = 256;

    private readonly Channel<ExecutionEvent> _events = Channel.CreateUnbounded<ExecutionEvent>(new UnboundedChannelOptions { SingleReader = true });
    private readonly IJournal _journal;
    private readonly Clock _clock;
    private readonly Effects _effects;
    private readonly Action<Step> _watch;
    private ExecutionRules _rules;
    private Instant? _due;

    /// <param name="venues">By account; opened.</param>
    /// <param name="watch">Sees every step once its records are durable, on the executor's own thread: it must be quick and may not throw.</param>
    /// <param name="inOrder">Effects are performed one after the other by <see cref="SettleAsync"/>, and not beside it.</param>
    public Executor(IReadOnlyDictionary<string, IVenue> venues, IJournal journal, ExecutionRules rules, Clock clock, Action<Step> watch, bool inOrder = false)
    {
        (_journal, _rules, _clock, _watch) = (journal, rules, clock, watch);
        State = journal.Recall();
        _effects = new Effects(venues, this, clock, inOrder);
    }

    /// <summary>What is known; everything in it is durable.</summary>
    public ExecutionState State { get; private set; }

    public void Post(ExecutionEvent happened) => _events.Writer.TryWrite(happened);

    /// <summary>Runs until it is cancelled.</summary>
    /// <exception cref="IOException">The journal could not be written; working orders were asked to be cancelled.</exception>
    public async Task RunAsync(string version, string host, CancellationToken cancel)
    {
        Post(new ExecutionEvent.Started(_clock.Now, version, host));
        using var ticker = _clock.Time.CreateTimer(_ => TickWhenDue(), null, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(100));
        while (await _events.Reader.WaitToReadAsync(cancel)) await TakeAsync(cancel);
    }

    /// <summary>Takes events and performs effects, in order, until nothing more follows at this moment: so history is replayed.</summary>
    public async Task SettleAsync(CancellationToken cancel)
    {
        TickWhenDue();
        do
            while (_events.Reader.TryPeek(out _)) await TakeAsync(cancel);
        while (await _effects.NextAsync());
    }

    /// <summary>The time, where something waits for it.</summary>
    public void TickWhenDue()
    {
        if (_due is { } due && _clock.Now >= due)
        {
            _due = null;
            Post(new ExecutionEvent.Tick(_clock.Now));
        }
    }

    private async Task TakeAsync(CancellationToken cancel)
    {
        var (state, steps) = (State, new List<Step>());
        while (steps.Count < MostTogether && _events.Reader.TryRead(out var happened))
        {
            if (happened is ExecutionEvent.LimitsAsked(_, var limits)) _rules = _rules with { Limits = limits };
            var step = ExecutionCore.On(state, happened, _rules);
            state = step.State;
            steps.Add(step);
        }
        if (steps.Count == 0) return;
        var together = Step.Together(steps);
        if (together.Records.Length > 0) await AppendAsync(together.Records, cancel);
        State = state;
        foreach (var step in steps) _watch(step);
        foreach (var effect in together.Effects)
            if (effect is Effect.Wake(var at)) _due = _due is { } due && due < at ? due : at;
            else _effects.Perform(effect);
    }

    /// <summary>Durable, or the end: nothing is done on the strength of a record that may be lost.</summary>
    private async Task AppendAsync(ImmutableArray<JournalRecord> records, CancellationToken cancel)
    {
        try
        {
            CrashPoint.Pass("journal.before");
            await _journal.AppendAsync(records, cancel);
            CrashPoint.Pass("journal.after");
        }
        catch (IOException)
        {
            await _effects.CancelWorkingAsync(State);
            throw;
        }
    }
}
