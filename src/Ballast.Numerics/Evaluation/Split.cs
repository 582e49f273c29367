namespace Ballast.Numerics.Evaluation;

/// <summary>Observations in a row: from the first up to the end, which is no longer one of them.</summary>
public readonly record struct Stretch(int First, int End)
{
    public int Length => End - First;

    public bool Holds(int observation) => observation >= First && observation < End;
}

/// <summary>What a choice may be made on, and what it is then judged on; no observation is in both.</summary>
/// <param name="Train">In order, apart from each other.</param>
/// <param name="Test">In order, apart from each other and from all of <paramref name="Train"/>.</param>
public sealed record Split(IReadOnlyList<Stretch> Train, IReadOnlyList<Stretch> Test);
