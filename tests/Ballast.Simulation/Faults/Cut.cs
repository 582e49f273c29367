namespace Ballast.Simulation;

/// <summary>What is taken away from a seed to find out what matters: whole kinds of faults (persons among them), the n-th of a kind, legs of the first plan.</summary>
internal sealed record Cut(ImmutableSortedSet<FaultKind> Kinds, ImmutableSortedSet<(FaultKind Kind, int Number)> Instances, ImmutableSortedSet<int> Legs)
{
    public static Cut None { get; } = new([], [], []);

    /// <summary>As it is typed: <c>Kill,RequestLost#3,leg2</c>.</summary>
    /// <exception cref="FormatException">There is no such fault.</exception>
    public static Cut Parse(string text)
    {
        var cut = None;
        foreach (var word in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
            if (word.StartsWith("leg", StringComparison.Ordinal)) cut = cut with { Legs = cut.Legs.Add(int.Parse(word[3..])) };
            else if (word.Split('#') is [var kind, var number]) cut = cut with { Instances = cut.Instances.Add((KindOf(kind), int.Parse(number))) };
            else cut = cut with { Kinds = cut.Kinds.Add(KindOf(word)) };
        return cut;
    }

    public override string ToString() => string.Join(',', [.. Kinds.Select(k => $"{k}"), .. Instances.Select(i => $"{i.Kind}#{i.Number}"), .. Legs.Select(l => $"leg{l}")]);

    /// <summary>A plan without the legs; at least one stays.</summary>
    public ExecutionPlan Of(ExecutionPlan plan) =>
        plan.Parents.RemoveAll(p => Legs.Contains(p.Number)) is { IsEmpty: false } left ? plan with { Parents = left } : plan;

    private static FaultKind KindOf(string word) => Enum.TryParse<FaultKind>(word, out var kind) ? kind : throw new FormatException($"there is no fault {word}");
}
