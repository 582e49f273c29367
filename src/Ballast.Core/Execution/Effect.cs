using Ballast.Gates;
using Ballast.Orders;

namespace Ballast.Execution;

/// <summary>Something to be done outside, after the records of the same step are durable. Closed.</summary>
public abstract record Effect
{
    private Effect() { }

    /// <summary>To send, once, and never again: its answer is a <see cref="ExecutionEvent.Sent"/>.</summary>
    public sealed record Send(PermittedOrder Order) : Effect;

    public sealed record Cancel(OrderRef Order) : Effect;

    public sealed record Query(OrderRef Order) : Effect;

    public sealed record TakeSnapshot(string Account) : Effect;

    public sealed record MeasureClock(string Account) : Effect;

    /// <summary>Everything of ours at a venue, as fast as it can be done; the kill switch.</summary>
    public sealed record CancelAll(string Account) : Effect;

    /// <summary>To be told the time again.</summary>
    public sealed record Wake(Instant At) : Effect;

    /// <summary>Something a person should know.</summary>
    public sealed record Tell(string Topic, string Code, string Text) : Effect;
}
