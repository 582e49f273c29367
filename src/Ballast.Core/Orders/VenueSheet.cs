using Ballast.Instruments;
using Ballast.Numerics.Futures;

namespace Ballast.Orders;

/// <summary>What a venue promises, as data: the adapter keeps to it, the simulator behaves like it, and the proof that an order never came in rests on it.</summary>
/// <param name="Proven">Whether it was traded against a server of that dialect in tests; what is not proven says so wherever it is shown.</param>
/// <param name="AsOf">The day at which its facts were read.</param>
public sealed record VenueSheet(VenueId Venue, bool Proven, LocalDate AsOf)
{
    /// <summary>How deep the deadline of a request to place an order is checked.</summary>
    public DeadlineCheck PlaceDeadline { get; init; }

    public DeadlineCheck CancelDeadline { get; init; }

    /// <summary>How long a request lives.</summary>
    public required Duration Deadline { get; init; }

    /// <summary>What reads may lag behind; measured at run time, and an alarm when they lag more.</summary>
    public required Duration LagMargin { get; init; }

    /// <summary>Without a deadline at the venue: how long an order of unknown fate waits before two not-founds mean anything.</summary>
    public Duration Quarantine { get; init; } = Duration.FromSeconds(120);

    public IdRule Ids { get; init; }

    public DuplicateAnswer Duplicate { get; init; }

    /// <summary>How long an order that was cancelled without a fill can be found; after that, not-found proves nothing. Null: for ever.</summary>
    public Duration? UnfilledKept { get; init; }

    /// <summary>Whether an accepted request is an accepted order.</summary>
    public bool AckIsFinal { get; init; } = true;

    public PostOnlyAnswer PostOnly { get; init; }

    public DeadManKind DeadMan { get; init; }

    public bool FeeInReceived { get; init; }

    /// <summary>Whether it has books, so that an order can be too large for one; history that is replayed has none.</summary>
    public bool HasBook { get; init; } = true;

    /// <summary>How it makes the funding rate of its perpetuals, a fraction in eight hours; null where that is not known, and then paper accounts pay none.</summary>
    public FundingRule? Funding { get; init; }

    /// <summary>Requests a second that one account may make, of which a fifth is kept for cancels, and another for questions.</summary>
    public double RequestsPerSecond { get; init; } = 5;

    /// <summary>From when a not-found proves that an order will never exist: its deadline has passed in venue time, and so has what reads may lag.</summary>
    public Instant ProofFrom(Instant deadline) => deadline + (PlaceDeadline == DeadlineCheck.None ? Quarantine : Duration.Zero) + LagMargin;
}

/// <summary>Where a venue holds a request against its deadline.</summary>
public enum DeadlineCheck { None, Gateway, PreEngine, Engine, Signed }

/// <summary>For how long a venue refuses a used id.</summary>
public enum IdRule { Never, WhileOpen, Forever }

/// <summary>What a venue does with a used id that it refuses.</summary>
public enum DuplicateAnswer { Accept, Reject, ReturnFirst }

/// <summary>What becomes of a post-only order that would take.</summary>
public enum PostOnlyAnswer { Reject, Cancel, Reprice }

/// <summary>What cancels orders when nobody is there.</summary>
public enum DeadManKind { None, OnDisconnect, Countdown }
