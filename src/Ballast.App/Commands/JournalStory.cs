using Ballast.App.Running;
using Ballast.Money;
using Ballast.Orders;
using Ballast.Planning;
using Ballast.Records;

namespace Ballast.App.Commands;

/// <summary>A journal as a story: each record as a sentence, with the plan and the account that it is about.</summary>
internal sealed class JournalStory
{
    private readonly Dictionary<OrderId, OrderRequest> _orders = [];

    /// <summary>The next record. A plan or an account is null where the record is about all of them.</summary>
    public (string Text, string? Plan, string? Account) Next(JournalRecord record)
    {
        if (record is JournalRecord.Intended { Order: var made }) _orders[made.Id] = made;
        var order = record switch
        {
            JournalRecord.Intended i => i.Order,
            JournalRecord.OrderMoved m => _orders.GetValueOrDefault(m.Id),
            JournalRecord.Filled { Order: { } id } => _orders.GetValueOrDefault(id),
            _ => null,
        };
        return (Sentence(record, order), order?.PlanId ?? PlanOf(record), order?.Account ?? AccountOf(record));
    }

    private static string? PlanOf(JournalRecord record) => record switch
    {
        JournalRecord.Decided d => d.PlanId,
        JournalRecord.PlanCreated p => p.Plan.Id,
        JournalRecord.PlanApproved p => p.PlanId,
        JournalRecord.PlanDeclined p => p.PlanId,
        JournalRecord.PlanMoved p => p.PlanId,
        JournalRecord.Denied d => d.PlanId,
        JournalRecord.Unwinding u => u.PlanId,
        _ => null,
    };

    private static string? AccountOf(JournalRecord record) => record switch
    {
        JournalRecord.Filled f => f.Account,
        JournalRecord.External e => e.Account,
        JournalRecord.Paid p => p.Account,
        JournalRecord.Reconciled r => r.Account,
        JournalRecord.Mismatched m => m.Account,
        JournalRecord.Accepted a => a.Account,
        JournalRecord.KillSet { Scope: not "*" } k => k.Scope,
        JournalRecord.KillCleared { Scope: not "*" } k => k.Scope,
        _ => null,
    };

    private static string Sentence(JournalRecord record, OrderRequest? order) => record switch
    {
        JournalRecord.Started s => $"A process took charge on {s.Host}: version {s.Version}, the {Ordinal(s.Epoch)} start.",
        JournalRecord.Configured c => $"The portfolio file of {c.Policy} is in force ({c.Mode}), hash {c.Hash}.",
        JournalRecord.Decided d => $"Looked: {d.Outcome}. {Output.Words.Sentence(d.Reason)}",
        JournalRecord.PlanCreated p => $"Plan {p.Plan.Id}, {Figures.Count(p.Plan.Parents.Length, "trade")}: {p.Plan.Trigger}.",
        JournalRecord.PlanApproved p => $"Plan {p.PlanId} was approved by {p.By}{(p.Note is { } note ? $": {note}" : "")}.",
        JournalRecord.Unwinding u => $"Plan {u.PlanId}: group {u.Group} is undone: {u.Reason}.",
        JournalRecord.LimitsAsked l => $"The portfolio file was read for its {Figures.Count(l.Limits.Length, "limit")}; one that it raises waits.",
        JournalRecord.Remembered => "What the policy remembers was kept.",
        JournalRecord.External e => $"{e.Account}: {(e.Quantity > 0 ? "+" : "")}{Figures.Exact(e.Quantity)} {e.Asset}, {e.Why}.",
        JournalRecord.Intended i => $"  leg {i.Order.Leg}: {Name(i.Order)} is to be sent, until {Output.Json.Iso(i.Order.Deadline)}.",
        JournalRecord.OrderMoved { To: not (OrderState.Unknown or OrderState.ProvenAbsent or OrderState.Rejected) } m =>
            $"  {(order is null ? $"order {m.Id}" : Name(order))} is {Output.Words.Code(m.To.ToString()).Replace('_', ' ').ToLowerInvariant()}{(m.Reason is { } why ? $" ({why})" : "")}.",
        _ => RunText.Of(record) ?? record.GetType().Name,
    };

    private static string Name(OrderRequest order) =>
        $"{(order.Side == Side.Buy ? "buy" : "sell")} {Figures.Quantity(order.Quantity)} {order.Tradable.Symbol} at {Output.Words.Price(order.Price)} (order {order.Id.ToString()[..12]}, attempt {order.Attempt + 1})";

    private static string Ordinal(long number) => number + (number % 100 is >= 11 and <= 13 ? "th" : (number % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" });
}
