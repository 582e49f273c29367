namespace Ballast.Simulation;

/// <summary>What happened how often over many seeds. A simulation that never reaches a state tests nothing.</summary>
internal sealed class Tally
{
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);

    public static IEnumerable<string> MustHappen =>
        [.. Transitions.All.Select(NameOf), .. Enum.GetValues<PlanStatus>().Select(NameOf), .. FaultPlan.Kinds.Select(NameOf)];

    public IReadOnlyDictionary<string, long> Counts => _counts;

    public void Durable(JournalRecord record)
    {
        switch (record)
        {
            case JournalRecord.OrderMoved moved: Count(NameOf((moved.From, moved.Cause, moved.To)), 1); break;
            case JournalRecord.PlanMoved moved: Count(NameOf(moved.State), 1); break;
            case JournalRecord.PlanCreated: Count(NameOf(PlanStatus.Draft), 1); break;
            case JournalRecord.PlanApproved: Count(NameOf(PlanStatus.Running), 1); break;
            case JournalRecord.PlanDeclined: Count(NameOf(PlanStatus.Declined), 1); break;
        }
    }

    public void Faults(FaultPlan plan)
    {
        for (var i = 0; i < plan.Struck.Length; i++)
            if (plan.Struck[i] > 0) Count(NameOf(FaultPlan.Kinds[i]), plan.Struck[i]);
    }

    public void Add(Tally other)
    {
        foreach (var (name, count) in other._counts) Count(name, count);
    }

    private void Count(string name, long times) => _counts[name] = _counts.GetValueOrDefault(name) + times;

    private static string NameOf((OrderState From, OrderCause Cause, OrderState To) move) => Moves[move];
    private static string NameOf(PlanStatus status) => Statuses[(int)status];
    private static string NameOf(FaultKind kind) => FaultNames[(int)kind];

    // Names are made once: they are looked up millions of times.
    private static readonly Dictionary<(OrderState, OrderCause, OrderState), string> Moves = Transitions.All.ToDictionary(m => m, m => $"order {m.From} -{m.Cause}-> {m.To}");
    private static readonly string[] Statuses = [.. Enum.GetValues<PlanStatus>().Select(s => $"plan {s}")];
    private static readonly string[] FaultNames = [.. FaultPlan.Kinds.Select(k => $"fault {k}")];
}
