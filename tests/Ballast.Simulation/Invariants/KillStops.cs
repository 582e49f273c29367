namespace Ballast.Simulation;

/// <summary>I11: once the kill switch is durable nothing new leaves, and cancels are out within a second.</summary>
internal sealed class KillStops(Simulated world) : Invariant(world, "I11")
{
    private readonly Dictionary<string, long> _due = [];

    public override void Left(OrderRequest order, bool frozen)
    {
        if (!frozen && World.Shadow.IsKilled(order.Account)) Broken($"{order.Id} leaves after the kill switch");
    }

    public override void Durable(JournalRecord record)
    {
        if (record is JournalRecord.KillSet kill) Expect(kill.Scope);
    }

    /// <summary>A process that starts under a kill switch cancels again: its predecessor may not have come to it.</summary>
    public override void Booted(ExecutionState state)
    {
        _due.Clear();
        foreach (var scope in World.Shadow.Kills)
        {
            if (!state.Kills.ContainsKey(scope)) Broken($"the kill switch of {scope} was durable, and the journal does not know it");
            Expect(scope);
        }
    }

    public override void Performed(Effect effect)
    {
        if (effect is Effect.CancelAll all) _due.Remove(all.Account);
    }

    public override void AfterEvent()
    {
        if (_due.Count == 0) return;
        if (!World.Process.Alive || World.Process.Busy) Wait();
        foreach (var (account, at) in _due)
            if (World.Time.Now > at) Broken($"a second after the kill switch no cancel has left for {account}");
    }

    private void Expect(string scope)
    {
        foreach (var venue in World.Venues)
            if (scope == "*" || scope == venue.Account) _due[venue.Account] = World.Time.Now + 1_000;
    }

    private void Wait()
    {
        foreach (var account in _due.Keys.ToArray()) _due[account] = World.Time.Now + 1_000;
    }
}
