using System.Collections.Concurrent;
using Ballast.Alerts;
using Ballast.Engine.Running;
using Ballast.Execution;
using Ballast.Money;
using Ballast.Planning;

namespace Ballast.Adapters.Alerts;

/// <summary>Tells people what the policy's <c>notify</c> asks for: hears every step and look, and gives each channel what it is due.</summary>
public sealed class Alarm : IAsyncDisposable
{
    private readonly ConcurrentQueue<Step> _steps = new();
    private readonly Policy _policy;
    private readonly AlertFile _file;
    private readonly bool _trades;
    private readonly ImmutableArray<(string Name, ImmutableHashSet<string> About, Outbox Box)> _boxes;
    private readonly Action<string> _said;
    private readonly AlertRules _rules = new();
    private AlertMemory _memory;
    private string _kept;
    private DayReport _day = DayReport.Empty;
    private ImmutableArray<Condition> _looked = [];
    private string _value = "not looked at yet";

    /// <param name="trades">Whether plans are carried out; a dry run tells what is due.</param>
    /// <param name="again">The pauses before a message is tried again.</param>
    /// <param name="said">Hears of what could not be told, as a sentence.</param>
    public Alarm(Policy policy, IReadOnlyCollection<IAlertChannel> channels, AlertFile file, bool trades, IReadOnlyList<TimeSpan> again, Action<string> said)
    {
        (_policy, _file, _trades, _said) = (policy, file, trades, said);
        _memory = channels.Count > 0 ? file.Read() : AlertMemory.Empty;
        _kept = AlertFile.Text(_memory);
        _boxes = [.. channels.Select(c => (c.Name, policy.Notify.Where(n => n.By == c.Name).SelectMany(n => n.About).ToImmutableHashSet(),
            new Outbox(c, policy.Name, again, said)))];
    }

    /// <summary>Called on the executor's thread: it only keeps the step.</summary>
    public void Stepped(Step step)
    {
        if (!_boxes.IsEmpty && (!step.Records.IsEmpty || step.Effects.Any(e => e is Effect.Tell))) _steps.Enqueue(step);
    }

    public void Looked(Looked looked)
    {
        _looked = [.. LookAlerts.Of(looked, _policy.Name, _trades)];
        _value = $"{Figures.Money(looked.Decision.Portfolio.Value, _policy.Base)} {_policy.Base}";
    }

    public void Beat(ExecutionState state, Instant now) => Tell(state, now, []);

    /// <summary>The last word, and the time to deliver it.</summary>
    /// <param name="fault">Why the loop ended by itself; null where it was asked to.</param>
    public async Task EndAsync(ExecutionState state, Instant now, Exception? fault)
    {
        Tell(state, now, fault is null ? [] : [new Alert(now, "", AlertKind.Once, "LOOP_ENDED", _policy.Name, $"the loop ended, and nothing is traded until it is started again: {fault.Message}", Urgent: true)]);
        await Task.WhenAll(_boxes.Select(b => b.Box.EndAsync(TimeSpan.FromSeconds(5))));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, _, box) in _boxes) await box.DisposeAsync();
    }

    private void Tell(ExecutionState state, Instant now, IEnumerable<Alert> last)
    {
        if (_boxes.IsEmpty) return;
        var (book, lasting) = _memory.Book.After([.. Conditions.Of(state), .. _looked], now, _rules);
        Alert[] alerts = [.. Happened(), .. lasting, .. last];
        (_day, var report) = _day.At(now, _policy.Zone, _policy.Name, $"Value: {_value}. {(book.Open.Values.Count(l => l.Told) is var open and > 0 ? $"{open} things wait or are amiss." : "Nothing is amiss.")}");
        if (report is not null) alerts = [.. alerts, report];
        var quotas = _memory.Quotas;
        foreach (var (name, about, box) in _boxes)
        {
            var (quota, goes) = quotas.GetValueOrDefault(name, AlertQuota.Full).After(alerts.Where(a => a.Topic.Length == 0 || about.Contains(a.Topic)), now, _rules);
            quotas = quotas.SetItem(name, quota);
            foreach (var alert in goes) box.Put(alert);
        }
        _memory = new AlertMemory(book, quotas);
        Keep(changed: alerts.Length > 0);
    }

    private List<Alert> Happened()
    {
        var alerts = new List<Alert>();
        while (_steps.TryDequeue(out var step))
        {
            _day = _day.After(step.Records);
            alerts.AddRange(Conditions.Once(step));
        }
        return alerts;
    }

    /// <summary>A disk that is full is told by the journal; that this could not be kept is no reason to stop.</summary>
    private void Keep(bool changed)
    {
        if (!changed && _memory.Quotas.Values.All(q => q.Held.IsEmpty)) return;
        var text = AlertFile.Text(_memory);
        if (text == _kept) return;
        try
        {
            _file.Write(_memory);
            _kept = text;
        }
        catch (IOException fault)
        {
            _said($"what was told could not be kept: {fault.Message}");
        }
    }
}
