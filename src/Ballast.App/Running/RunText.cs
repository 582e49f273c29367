using System.Globalization;
using Ballast.App.Output;
using Ballast.Engine.Running;
using Ballast.Execution;
using Ballast.Hedging;
using Ballast.Money;
using Ballast.Orders;
using Ballast.Planning;
using Ballast.Records;

namespace Ballast.App.Running;

/// <summary>What a running loop tells a person: one line a happening, the answer first, nothing twice.</summary>
internal sealed class RunText(TextWriter to, bool dates)
{
    private string _said = "";
    private string _last = "";

    public void Looked(Instant at, Looked looked)
    {
        var decision = looked.Decision;
        var text = looked switch
        {
            { Hedge: { } hedge, Refusal: null } => HedgeWords(hedge),
            { Refusal: var (code, reason) } => $"{Words.Sentence(decision.Reason)} Not planned: {reason}. {code}",
            { Plan: { Trades.IsEmpty: false } plan } => $"{Words.Sentence(plan.Reason)} {Figures.Count(plan.Trades.Length, "trade")}, {Figures.Money(plan.Traded, plan.Base)} {plan.Base}, cost {Figures.Money(plan.Cost, plan.Base)}.",
            { Plan: { } } => $"{Words.Sentence(decision.Reason)} Nothing that a venue would take follows from it.",
            _ => Words.Sentence(decision.Reason),
        };
        var kind = looked.Plan is { Trades.IsEmpty: false } || looked.Hedge is { Trades.IsEmpty: false } ? at.ToString() : $"{looked.Refusal?.Code} {string.Join(' ', decision.Answers.Where(a => a.Result.Fired).Select(a => a.Rule.Words))}";
        if (kind != _said) Line(at, text);
        _said = kind;
        foreach (var trade in looked.Hedge?.Trades ?? [])
            Line(at, $"  {trade.Number}  {(trade.Buys ? "buy " : "sell")} {Figures.Quantity(trade.Quantity)} {trade.Contract.Symbol} at about {Words.Price(trade.Price)}: {trade.Reason}");
        if (looked.Plan is null) return;
        foreach (var trade in looked.Plan.Trades)
            Line(at, $"  {trade.Number}  {(trade.Side == Side.Buy ? "buy " : "sell")} {Figures.Quantity(trade.Quantity)} {trade.Instrument.Symbol} at about {Words.Price(trade.Price)} in {trade.Account}: {trade.Reason}");
        foreach (var line in looked.Plan.NotTraded) Line(at, $"  not {line.Asset}: {line.Reason}  {line.Code}");
    }

    private static string HedgeWords(HedgePlan hedge) => hedge.Trades.IsEmpty ? Words.Sentence(hedge.Reason)
        : $"{Words.Sentence(hedge.Reason)} {Figures.Count(hedge.Trades.Length, "trade")}, cost {Figures.Money(hedge.Cost, new Asset("USD"))} USD.";

    public void Stepped(Step step)
    {
        foreach (var record in step.Records)
            if (Of(record) is { } text && (text != _last || record is JournalRecord.Filled)) Line(record.At, _last = text);
        foreach (var effect in step.Effects)
            if (effect is Effect.Tell { Code: not "KILLED" } tell && !Enum.TryParse<PlanStatus>(tell.Code, out _)) Line(step.State.Now, $"{tell.Text}. {tell.Code}");
    }

    public void Line(Instant at, string text) => to.WriteLine($"{at.ToString(dates ? "uuuu-MM-dd HH:mm:ss" : "HH:mm:ss", CultureInfo.InvariantCulture)}  {text}");

    /// <summary>A record as a sentence; null for what only a machine wants to know.</summary>
    public static string? Of(JournalRecord record) => record switch
    {
        JournalRecord.Filled f => $"  {(f.Order is null ? "not ours: " : "")}{(f.Trade.Side == Side.Buy ? "bought" : "sold")} {Figures.Quantity(f.Trade.Quantity)} {f.Trade.Symbol} at {Words.Price(f.Trade.Price)}, fee {Figures.Quantity(f.Trade.Fee.Value)} {f.Trade.Fee.Asset}",
        JournalRecord.External { Why: not Reconciling.Opening } e => $"{e.Account}: {(e.Quantity > 0 ? "+" : "")}{Figures.Exact(e.Quantity)} {e.Asset}, {e.Why}.",
        JournalRecord.Paid p => $"{p.Account}: {PaymentWords(p.Payment)}.",
        JournalRecord.Reconciled r => $"{r.Account}: the books agree with the venue.",
        JournalRecord.Mismatched m => $"{m.Account}: {m.Reason}. Nothing trades there until you have looked: `ballast accept`.",
        JournalRecord.Accepted a => $"{a.Account}: its figures stand, by {a.By}.",
        JournalRecord.PlanMoved p => $"Plan {p.PlanId} is {StatusWords(p.State)}: {p.Reason}.",
        JournalRecord.PlanDeclined p => $"Plan {p.PlanId} was declined by {p.By}.",
        JournalRecord.Denied d => $"  leg {d.Leg} was not sent: {d.Limit}, {d.Value} against {d.Bound}.",
        JournalRecord.OrderMoved { To: OrderState.Unknown } o => $"  order {o.Id} may exist or not ({o.Reason}); it counts as if it did until one is proven.",
        JournalRecord.OrderMoved { To: OrderState.ProvenAbsent } o => $"  order {o.Id} is proven never to have reached the venue.",
        JournalRecord.OrderMoved { To: OrderState.Rejected } o => $"  order {o.Id} was refused: {o.Reason}.",
        JournalRecord.KillSet k => $"STOPPED: {(k.Scope == "*" ? "everything" : k.Scope)}, by {k.By}: {k.Reason}.",
        JournalRecord.KillCleared k => $"{(k.Scope == "*" ? "Everything" : k.Scope)} may trade again, by {k.By}: {k.Reason}.",
        _ => null,
    };

    private static string PaymentWords(PaymentReport p)
    {
        var amount = $"{(p.Amount.Value > 0 ? "+" : "")}{Figures.Exact(p.Amount.Value)} {p.Amount.Asset}";
        return p.Kind switch
        {
            PaymentKind.Funding => $"{amount}, funding of {p.Symbol}",
            PaymentKind.Gain => $"{amount}, what {p.Symbol} had gained in the part that was closed",
            _ => $"{p.Symbol} was delivered at {Words.Price(p.Price)}, the index as it was last seen: {amount}",
        };
    }

    public static string StatusWords(PlanStatus status) => status switch
    {
        PlanStatus.Draft => "waiting for approval",
        PlanStatus.Running => "running",
        PlanStatus.SuspendedUnknown => "suspended (an order's fate is unknown)",
        PlanStatus.SuspendedFills => "suspended (fills are missing)",
        PlanStatus.SuspendedPrice => "suspended (no price)",
        PlanStatus.SuspendedVenue => "suspended (the venue is away)",
        PlanStatus.SuspendedClock => "suspended (clocks differ)",
        PlanStatus.SuspendedNoDisk => "suspended (the journal cannot be written)",
        PlanStatus.HoldMismatch => "held (books and venue differ)",
        PlanStatus.HoldLegs => "held (a leg failed)",
        PlanStatus.Completed => "completed",
        PlanStatus.CompletedWithDust => "completed but for a rest",
        PlanStatus.Declined => "declined",
        PlanStatus.StoppedByUser => "stopped",
        PlanStatus.DeniedRisk => "denied by a limit",
        PlanStatus.Expired => "expired",
        _ => "killed",
    };
}
