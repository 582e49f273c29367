namespace Ballast.Orders;

/// <summary>Where a child order is, as far as it is proven. The order of the names is that of a quiet life; from <see cref="Filled"/> on it is closed.</summary>
public enum OrderState
{
    /// <summary>In the journal; nothing was sent yet.</summary>
    Intent,

    /// <summary>Sent; no answer yet.</summary>
    Sent,

    /// <summary>It may exist or not: it counts in full against every limit until one of both is proven.</summary>
    Unknown,

    /// <summary>The venue has it; nothing is filled.</summary>
    Open,

    /// <summary>The venue has it; a part is filled.</summary>
    Partial,

    /// <summary>To be cancelled; the venue has not confirmed it.</summary>
    Cancelling,

    /// <summary>Closed at the venue; fills may still be missing here.</summary>
    Closing,

    /// <summary>Filled in full, and every fill is booked.</summary>
    Filled,

    /// <summary>Cancelled, and every fill is booked.</summary>
    Cancelled,

    /// <summary>Run out, or removed by the venue, and every fill is booked.</summary>
    Expired,

    /// <summary>Refused by the venue: definitely and for the only copy that can exist, or after it had been accepted and without a fill.</summary>
    Rejected,

    /// <summary>Proven never to have reached the venue: its deadline has passed there and it was twice not found.</summary>
    ProvenAbsent,
}

/// <summary>What moved an order from one state to another.</summary>
public enum OrderCause
{
    Sent, Acknowledged, Fill, DefiniteReject, Ambiguous, DeadlineNear, Restart, FoundOpen, FoundClosed, NotFoundTwice,
    CancelWanted, CancelDone, CancelRefused, AllFillsBooked,

    /// <summary>A person looked at the venue, where no proof is to be had any more.</summary>
    Accepted,
}

/// <summary>The only moves an order can make. Every other pair is a defect, and stops the account.</summary>
public static class Transitions
{
    /// <summary>All allowed moves, in the order in which a reader meets them.</summary>
    public static ImmutableArray<(OrderState From, OrderCause Cause, OrderState To)> All { get; } =
    [
        (OrderState.Intent, OrderCause.Sent, OrderState.Sent),
        (OrderState.Intent, OrderCause.DeadlineNear, OrderState.Unknown),
        (OrderState.Intent, OrderCause.Restart, OrderState.Unknown),
        (OrderState.Sent, OrderCause.Acknowledged, OrderState.Open),
        (OrderState.Sent, OrderCause.Fill, OrderState.Partial),
        (OrderState.Sent, OrderCause.DefiniteReject, OrderState.Rejected),
        (OrderState.Sent, OrderCause.Ambiguous, OrderState.Unknown),
        (OrderState.Sent, OrderCause.Restart, OrderState.Unknown),
        (OrderState.Sent, OrderCause.FoundClosed, OrderState.Closing),
        (OrderState.Unknown, OrderCause.Fill, OrderState.Partial),
        (OrderState.Unknown, OrderCause.FoundOpen, OrderState.Open),
        (OrderState.Unknown, OrderCause.FoundClosed, OrderState.Closing),
        (OrderState.Unknown, OrderCause.NotFoundTwice, OrderState.ProvenAbsent),
        (OrderState.Unknown, OrderCause.Accepted, OrderState.ProvenAbsent),
        (OrderState.Open, OrderCause.Fill, OrderState.Partial),
        (OrderState.Open, OrderCause.FoundClosed, OrderState.Closing),
        (OrderState.Open, OrderCause.CancelWanted, OrderState.Cancelling),
        (OrderState.Open, OrderCause.Restart, OrderState.Unknown),
        (OrderState.Partial, OrderCause.FoundClosed, OrderState.Closing),
        (OrderState.Partial, OrderCause.CancelWanted, OrderState.Cancelling),
        (OrderState.Partial, OrderCause.Restart, OrderState.Unknown),
        (OrderState.Cancelling, OrderCause.CancelDone, OrderState.Closing),
        (OrderState.Cancelling, OrderCause.CancelRefused, OrderState.Closing),
        (OrderState.Cancelling, OrderCause.FoundClosed, OrderState.Closing),
        (OrderState.Cancelling, OrderCause.Restart, OrderState.Unknown),
        (OrderState.Closing, OrderCause.FoundOpen, OrderState.Cancelling),
        (OrderState.Closing, OrderCause.Restart, OrderState.Unknown),
        (OrderState.Closing, OrderCause.AllFillsBooked, OrderState.Filled),
        (OrderState.Closing, OrderCause.AllFillsBooked, OrderState.Cancelled),
        (OrderState.Closing, OrderCause.AllFillsBooked, OrderState.Expired),
        (OrderState.Closing, OrderCause.AllFillsBooked, OrderState.Rejected),
    ];

    private static readonly HashSet<(OrderState, OrderCause, OrderState)> Allowed = [.. All];

    public static bool Allows(OrderState from, OrderCause cause, OrderState to) => Allowed.Contains((from, cause, to));

    /// <summary>Whether it may still trade, or may not be known to.</summary>
    public static bool IsLive(this OrderState state) => state < OrderState.Filled;
}
