namespace Ballast.Adapters.Files;

/// <summary>One thing that is wrong in a file, where, in whose words, and what was expected instead.</summary>
/// <param name="File">The path as the user gave it.</param>
/// <param name="Line">From 1; 0 where the fault is the whole file's.</param>
/// <param name="Column">From 1, in characters.</param>
/// <param name="Length">How many characters the caret underlines; at least 1.</param>
/// <param name="Code">Stable, UPPER_SNAKE.</param>
/// <param name="What">What is wrong, without a full stop.</param>
/// <param name="Expected">What was expected; empty where the first half says it.</param>
/// <param name="Text">The offending line as it stands in the file.</param>
public sealed record Fault(string File, int Line, int Column, int Length, string Code, string What, string Expected, string Text)
{
    public string Sentence => Expected.Length == 0 ? What : $"{What}; {Expected}";

    public override string ToString() => Line == 0 ? $"{File}: {Sentence}" : $"{File}:{Line}:{Column}: {Sentence}";
}

/// <summary>What came of reading outsiders' text: a value, or every fault that was found.</summary>
public sealed record Reading<T>(T? Value, ImmutableArray<Fault> Faults) where T : class
{
    public bool Ok => Value is not null && Faults.IsEmpty;

    /// <summary>What is allowed, and probably not meant. Warnings never withhold the value.</summary>
    public ImmutableArray<Fault> Warnings { get; init; } = [];
}

/// <summary>Makes readings.</summary>
public static class Reading
{
    public static Reading<T> Of<T>(T value) where T : class => new(value, []);

    public static Reading<T> Failed<T>(IEnumerable<Fault> faults) where T : class => new(null, [.. faults]);
}
