using Ballast.Gates;
using Ballast.Money;
using Ballast.Orders;
using Ballast.Planning;

namespace Ballast.Records;

/// <summary>
/// A fact that the journal keeps. What is here is all that survives a stop: state is the fold of these, and nothing is done before its record is durable.
/// Exact decimals, whole numbers and text only.
/// </summary>
/// <param name="At">When it happened, by the clock of the writer.</param>
public abstract record JournalRecord(Instant At)
{
    /// <summary>A process took charge: whatever an earlier one left open is of unknown fate from here.</summary>
    public sealed record Started(Instant At, long Epoch, string Version, string Host) : JournalRecord(At);

    /// <summary>The portfolio file in force.</summary>
    public sealed record Configured(Instant At, string Policy, string Hash, string Mode) : JournalRecord(At);

    /// <summary>A look at the portfolio that ended in no plan, or in one: the reasons of trading and of not trading.</summary>
    /// <param name="Value">Of all that was looked at, in the base asset; null of looks before it was kept, and of one that could not value everything.</param>
    public sealed record Decided(Instant At, string Policy, string Outcome, string Reason, string? PlanId, string InputHash, ImmutableArray<Note> Notes, Amount? Value = null) : JournalRecord(At);

    public sealed record PlanCreated(Instant At, ExecutionPlan Plan) : JournalRecord(At);

    public sealed record PlanApproved(Instant At, string PlanId, string By, string? Note) : JournalRecord(At);

    public sealed record PlanDeclined(Instant At, string PlanId, string By, string? Note) : JournalRecord(At);

    /// <summary>A plan moved: it was suspended, resumed, or ended.</summary>
    public sealed record PlanMoved(Instant At, string PlanId, PlanStatus State, string Reason) : JournalRecord(At);

    /// <summary>Durable before the order leaves; nothing else permits it to leave.</summary>
    public sealed record Intended(Instant At, OrderRequest Order) : JournalRecord(At);

    /// <summary>A move of an order, by the table of transitions.</summary>
    /// <param name="VenueOrderId">Where it was learnt with this move.</param>
    public sealed record OrderMoved(Instant At, OrderId Id, OrderState From, OrderCause Cause, OrderState To, string? VenueOrderId, string? Reason) : JournalRecord(At);

    /// <summary>A trade at the venue.</summary>
    /// <param name="Order">Our order; null for a trade that no order of ours explains.</param>
    public sealed record Filled(Instant At, string Account, OrderId? Order, TradeReport Trade, Tradable Tradable) : JournalRecord(At);

    /// <summary>What a venue held that the journal could not explain, or a person confirmed: booked by name. Of a derivative the asset is its symbol.</summary>
    /// <param name="Key">A hash of what it was made from, so that the same difference is booked once.</param>
    public sealed record External(Instant At, string Account, Asset Asset, decimal Quantity, string Why, string Key) : JournalRecord(At);

    /// <summary>A venue paid or took for a contract: funding, the gain of what was closed, a delivery.</summary>
    public sealed record Paid(Instant At, string Account, PaymentReport Payment) : JournalRecord(At);

    /// <summary>Ledger and venue agree to the last unit.</summary>
    public sealed record Reconciled(Instant At, string Account, Instant AsOf, string Hash) : JournalRecord(At);

    /// <summary>Ledger and venue differ, and the account waits for a person.</summary>
    public sealed record Mismatched(Instant At, string Account, Instant AsOf, string Reason) : JournalRecord(At);

    /// <summary>A person has looked at a difference and lets the venue's figures stand.</summary>
    public sealed record Accepted(Instant At, string Account, string By, string Note) : JournalRecord(At);

    /// <summary>The gate refused an order.</summary>
    public sealed record Denied(Instant At, string PlanId, int Leg, string Limit, string Value, string Bound) : JournalRecord(At);

    /// <param name="Scope">Everything (<c>*</c>), or an account.</param>
    public sealed record KillSet(Instant At, string Scope, string By, string Reason) : JournalRecord(At);

    public sealed record KillCleared(Instant At, string Scope, string By, string Reason) : JournalRecord(At);

    /// <summary>A group of legs is undone, because one of them failed.</summary>
    public sealed record Unwinding(Instant At, string PlanId, int Group, string Reason) : JournalRecord(At);

    /// <summary>The limits that the portfolio file sets, all of them; what it raises waits from here.</summary>
    public sealed record LimitsAsked(Instant At, ImmutableArray<LimitNumber> Limits) : JournalRecord(At);

    /// <summary>What the policy remembers between looks, so that a restart decides as if there had been none.</summary>
    public sealed record Remembered(Instant At, string Policy, string Memory) : JournalRecord(At);
}

/// <summary>A line of a decision: what, by which code, and a sentence.</summary>
public sealed record Note(string Subject, string Code, string Text);
