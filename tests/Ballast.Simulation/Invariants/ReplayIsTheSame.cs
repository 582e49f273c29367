using Ballast.Records;

namespace Ballast.Simulation;

/// <summary>I15: what the journal gives back is what the running program knows.</summary>
internal sealed class ReplayIsTheSame(Simulated world) : Invariant(world, "I15")
{
    /// <summary>Nothing that was durable is forgotten by a process that starts.</summary>
    public override void Booted(ExecutionState state)
    {
        foreach (var (id, order) in World.Shadow.Orders)
            if (order.State.IsLive() && (!state.Orders.TryGetValue(id, out var known) || known.State != order.State || known.Filled != order.Filled)) Broken($"order {id} was durable as {order.State}, and the journal gives {state.Orders.GetValueOrDefault(id)?.State.ToString() ?? "nothing"}");
        if (state.Trades.Count != World.Shadow.Trades.Count) Broken($"{World.Shadow.Trades.Count} trades were durable, and the journal gives {state.Trades.Count}");
    }

    public override void AtEnd()
    {
        var records = World.Disk.Replay();
        var (running, read) = (World.Process.State, ExecutionState.Of(records));
        if (!Kept(records, records.Count / 2).SequenceEqual(read.ToCheckpoint())) Broken($"a checkpoint after {records.Count / 2} records and the rest give another state than all records");
        if (read.Epoch != running.Epoch || read.Status != running.Status || read.Why != running.Why) Broken($"the journal gives {read.Epoch} {read.Status}, the program has {running.Epoch} {running.Status}");
        if (!read.Orders.SequenceEqual(running.Orders)) Broken("the journal gives other orders than the program has");
        if (!read.Trades.SetEquals(running.Trades)) Broken("the journal gives other trades than the program has");
        if (!read.Kills.SequenceEqual(running.Kills) || !read.Mismatches.SequenceEqual(running.Mismatches)) Broken("the journal gives other stops than the program has");
        foreach (var venue in World.Venues)
            if (!read.Balances.Of(venue.Account).SequenceEqual(running.Balances.Of(venue.Account))) Broken($"the journal gives other balances of {venue.Account} than the program has");
    }

    /// <summary>What a start finds that has a checkpoint after some records, and folds the others.</summary>
    private static byte[] Kept(List<JournalRecord> records, int after) =>
        records.Skip(after).Aggregate(ExecutionState.Of(ExecutionState.Of(records.Take(after)).ToCheckpoint()), (state, record) => state.After(record)).ToCheckpoint();
}
