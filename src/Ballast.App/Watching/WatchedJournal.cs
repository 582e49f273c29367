using System.Diagnostics;
using Ballast.Engine.Ports;
using Ballast.Execution;
using Ballast.Orders;
using Ballast.Records;

namespace Ballast.App.Watching;

/// <summary>A journal whose commits are measured, and whose records are counted once they are durable: what is told outside is what is proven inside.</summary>
internal sealed class WatchedJournal(IJournal journal) : IJournal
{
    private readonly Dictionary<string, Instant> _plans = [];
    private readonly Dictionary<OrderId, OrderRequest> _orders = [];
    private readonly Dictionary<OrderId, Instant> _begun = [];

    public string Head => journal.Head;

    public ExecutionState Recall() => journal.Recall();

    public async Task AppendAsync(IReadOnlyList<JournalRecord> records, CancellationToken cancel)
    {
        var start = Stopwatch.GetTimestamp();
        using (var span = Telemetry.Source.StartActivity("journal commit"))
        {
            span?.SetTag("ballast.journal.records", records.Count);
            await journal.AppendAsync(records, cancel);
        }
        Telemetry.Commits.Record(Stopwatch.GetElapsedTime(start).TotalSeconds);
        Telemetry.Records.Add(records.Count);
        foreach (var record in records) Count(record);
    }

    public ValueTask DisposeAsync() => journal.DisposeAsync();

    private void Count(JournalRecord record)
    {
        switch (record)
        {
            case JournalRecord.PlanCreated made:
                _plans[made.Plan.Id] = made.At;
                Telemetry.Plans.Add(1, Tag("ballast.plan.status", "created"));
                break;
            case JournalRecord.PlanMoved moved when moved.State.IsOver():
                Telemetry.Plans.Add(1, Tag("ballast.plan.status", Word(moved.State)));
                if (_plans.Remove(moved.PlanId, out var from)) Span("plan", from, moved.At, Tag("ballast.plan.id", moved.PlanId), Tag("ballast.plan.status", Word(moved.State)));
                break;
            case JournalRecord.Intended intended:
                (_orders[intended.Order.Id], _begun[intended.Order.Id]) = (intended.Order, intended.At);
                Telemetry.Orders.Add(1, Tag("ballast.order.state", "intent"), Tag("ballast.account", intended.Order.Account));
                break;
            case JournalRecord.OrderMoved moved:
                _orders.TryGetValue(moved.Id, out var order);
                Telemetry.Orders.Add(1, Tag("ballast.order.state", Word(moved.To)), Tag("ballast.account", order?.Account));
                if (moved.To >= OrderState.Filled && _begun.Remove(moved.Id, out var begun) && _orders.Remove(moved.Id))
                    Span("order", begun, moved.At, Tag("ballast.plan.id", order!.PlanId), Tag("ballast.account", order.Account), Tag("ballast.instrument", order.Tradable.Symbol), Tag("ballast.order.state", Word(moved.To)));
                break;
            case JournalRecord.Filled filled:
                Telemetry.Fills.Add(1, Tag("ballast.account", filled.Account), Tag("ballast.instrument", filled.Trade.Symbol));
                break;
        }
    }

    /// <summary>A span that is known when it is over. It holds no quantity and no price: what leaves the machine tells no holdings.</summary>
    private static void Span(string name, Instant from, Instant to, params ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        using var span = Telemetry.Source.StartActivity(name, ActivityKind.Internal, default(ActivityContext), startTime: from.ToDateTimeOffset());
        if (span is null) return;
        foreach (var tag in tags) span.SetTag(tag.Key, tag.Value);
        span.SetEndTime(to.ToDateTimeUtc());
    }

    private static KeyValuePair<string, object?> Tag(string name, string? value) => new(name, value);

    private static string Word(Enum value) => string.Concat(value.ToString().Select((c, i) => char.IsUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString()));
}
