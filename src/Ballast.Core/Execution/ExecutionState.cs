using Ballast.Ledger;
using Ballast.Orders;

namespace Ballast.Execution;

/// <summary>All that execution knows: what the journal says, and beside it what only the running process knows and a restart forgets.</summary>
public sealed record ExecutionState
{
    public static ExecutionState Empty { get; } = new();

    /// <summary>Which process is in charge: one more with each start.</summary>
    public long Epoch { get; init; }

    public Balances Balances { get; init; } = Balances.Empty;

    /// <summary>Orders that are live, and those of the plan at hand.</summary>
    public ImmutableSortedDictionary<OrderId, ChildOrder> Orders { get; init; } = ImmutableSortedDictionary<OrderId, ChildOrder>.Empty;
}
