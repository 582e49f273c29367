namespace Ballast.Simulation;

/// <summary>How the program under test is built: rightly, or with one thing deliberately wrong. What is wrong sits here and not in the product, wherever it can.</summary>
internal record Variant(string Name, string Wrong)
{
    /// <summary>The product as it is.</summary>
    public static Variant Right { get; } = new("product", "nothing");

    /// <summary>Whether effects are performed before their records are durable.</summary>
    public bool ActsFirst { get; init; }

    /// <summary>Whether a failed synchronisation is taken for a good one.</summary>
    public bool IgnoresSync { get; init; }

    /// <summary>Whether an order is sent though its deadline is near.</summary>
    public bool SendsLate { get; init; }

    /// <summary>Whether an order is sent though the kill switch was set after its making.</summary>
    public bool SendsKilled { get; init; }

    /// <summary>What the program hears instead of what happened; null for nothing.</summary>
    public Func<ExecutionEvent, ExecutionEvent?> Hears { get; init; } = happened => happened;

    /// <summary>Which records reach the disk.</summary>
    public Func<JournalRecord, bool> Keeps { get; init; } = _ => true;

    /// <summary>What is made of the records that the disk gives back.</summary>
    public Func<IReadOnlyList<JournalRecord>, ExecutionState> Replay { get; init; } = ExecutionState.Of;

    /// <summary>What the program does instead of what the core says.</summary>
    public Func<ExecutionState, ExecutionEvent, Step, Step> Does { get; init; } = (_, _, step) => step;

    /// <summary>The core's guard that is left out, and what else it is told wrongly.</summary>
    public Func<ExecutionRules, ExecutionRules> Rules { get; init; } = rules => rules;

    public ExecutionEvent? Hear(ExecutionEvent happened) => Hears(happened);

    public Step Step(ExecutionState state, ExecutionEvent happened, ExecutionRules rules) => Does(state, happened, ExecutionCore.On(state, happened, rules));
}
