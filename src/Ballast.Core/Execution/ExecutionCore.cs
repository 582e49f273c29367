using Ballast.Orders;
using Ballast.Records;

namespace Ballast.Execution;

/// <summary>What came of one event.</summary>
/// <param name="State">The state, with the records applied.</param>
/// <param name="Records">To be made durable before anything else is done; where that fails, the process stops.</param>
/// <param name="Effects">To be done after that, in this order.</param>
public sealed record Step(ExecutionState State, ImmutableArray<JournalRecord> Records, ImmutableArray<Effect> Effects);

/// <summary>The whole protocol of execution, pure: no clock, no I/O, no chance. The simulator and the running program call the same function.</summary>
public static class ExecutionCore
{
    public static Step On(ExecutionState state, ExecutionEvent happened, ExecutionRules rules) => new(state, [], []);
}

/// <summary>What does not change while a process runs.</summary>
/// <param name="Venues">What the venue of each account promises.</param>
public sealed record ExecutionRules(ImmutableSortedDictionary<string, VenueSheet> Venues);
