using Ballast.Gates;
using Ballast.Orders;

namespace Ballast.Execution;

/// <summary>Something that happened outside, with its time. The only input of the execution core. Closed.</summary>
/// <param name="At">By our own monotonic clock, corrected to UTC.</param>
public abstract record ExecutionEvent(Instant At)
{
    /// <summary>The process has started, or started again; the state is what its journal left.</summary>
    public sealed record Started(Instant At, string Version, string Host) : ExecutionEvent(At);

    /// <summary>Nothing but time passed.</summary>
    public sealed record Tick(Instant At) : ExecutionEvent(At);

    /// <summary>How far a venue's clock is ahead of ours.</summary>
    public sealed record ClockMeasured(Instant At, string Account, Duration Ahead) : ExecutionEvent(At);

    /// <summary>A plan was made; it waits for its approval unless <paramref name="Approved"/>.</summary>
    public sealed record PlanOffered(Instant At, ExecutionPlan Plan, bool Approved) : ExecutionEvent(At);

    /// <summary>Something that the loop wants kept: what it decided, what it was configured with, what it remembers.</summary>
    public sealed record Noted(Instant At, Records.JournalRecord Record) : ExecutionEvent(At);

    public sealed record PlanAnswered(Instant At, string PlanId, bool Approved, string By, string? Note) : ExecutionEvent(At);

    /// <summary>A person wants the plan to end; working orders are cancelled.</summary>
    public sealed record StopAsked(Instant At, string By, string Reason) : ExecutionEvent(At);

    public sealed record Sent(Instant At, OrderId Id, SendOutcome Outcome) : ExecutionEvent(At);

    public sealed record Cancelled(Instant At, OrderId Id, CancelOutcome Outcome) : ExecutionEvent(At);

    public sealed record Queried(Instant At, OrderId Id, QueryOutcome Outcome) : ExecutionEvent(At);

    /// <summary>From a stream, or from a list of trades that was asked for.</summary>
    public sealed record TradeSeen(Instant At, string Account, TradeReport Trade) : ExecutionEvent(At);

    /// <summary>The venue paid or took for a contract.</summary>
    public sealed record PaymentSeen(Instant At, string Account, PaymentReport Payment) : ExecutionEvent(At);

    public sealed record OrderSeen(Instant At, string Account, OrderReport Order) : ExecutionEvent(At);

    public sealed record SnapshotTaken(Instant At, AccountSnapshot Snapshot) : ExecutionEvent(At);

    /// <summary>A question for a snapshot failed: nothing is known, and nothing is zero.</summary>
    public sealed record SnapshotFailed(Instant At, string Account, string Reason) : ExecutionEvent(At);

    /// <summary>What an instrument can be traded at.</summary>
    public sealed record Quoted(Instant At, string Account, TopOfBook Top) : ExecutionEvent(At);

    /// <summary>What stands in the book of an instrument.</summary>
    public sealed record DepthSeen(Instant At, string Account, BookDepth Depth) : ExecutionEvent(At);

    /// <summary>What a venue says of an instrument besides its best prices.</summary>
    public sealed record FactsSeen(Instant At, string Account, MarketFacts Facts) : ExecutionEvent(At);

    /// <summary>The file was changed while it runs, and asks for these limits. Whoever drives the core gives it rules with them from now on.</summary>
    public sealed record LimitsAsked(Instant At, GateLimits Limits) : ExecutionEvent(At);

    /// <summary>A price of a pair from elsewhere than a venue of this run.</summary>
    /// <param name="Source">For people: a file.</param>
    /// <param name="PricedAt">Of which time it is.</param>
    public sealed record PriceSeen(Instant At, string Source, string Pair, decimal Price, Instant PricedAt) : ExecutionEvent(At);

    public sealed record VenueChanged(Instant At, string Account, bool Up, string Reason) : ExecutionEvent(At);

    /// <summary>Whether the journal can be written.</summary>
    public sealed record DiskChanged(Instant At, bool Writable, string Reason) : ExecutionEvent(At);

    public sealed record KillPressed(Instant At, string Scope, string By, string Reason) : ExecutionEvent(At);

    public sealed record KillReleased(Instant At, string Scope, string By, string Reason) : ExecutionEvent(At);

    /// <summary>A person lets the venue's figures of an account stand.</summary>
    public sealed record DifferenceAccepted(Instant At, string Account, string By, string Note) : ExecutionEvent(At);
}
