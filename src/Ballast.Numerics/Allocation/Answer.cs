namespace Ballast.Numerics.Allocation;

/// <summary>The result of a calculation that may have none, with the named reason where it has none.</summary>
public abstract record Answer<T>
{
    private Answer() { }

    public sealed record Found(T Value) : Answer<T>;

    /// <param name="Code">The stable name of the reason, such as <c>BandsInfeasible</c>.</param>
    /// <param name="Reason">A sentence with the values that disagree.</param>
    public sealed record Refused(string Code, string Reason) : Answer<T>;

    /// <summary>The value; throws where there is none, for callers who have checked already.</summary>
    public T OrThrow() => this switch
    {
        Found found => found.Value,
        Refused refused => throw new InvalidOperationException($"{refused.Code}: {refused.Reason}"),
        _ => throw new InvalidOperationException(),
    };

    /// <summary>The answer made of this one's value; a refusal passes through.</summary>
    public Answer<TNext> Then<TNext>(Func<T, Answer<TNext>> next) => this switch
    {
        Found found => next(found.Value),
        Refused refused => new Answer<TNext>.Refused(refused.Code, refused.Reason),
        _ => throw new InvalidOperationException(),
    };

    public static implicit operator Answer<T>(T value) => new Found(value);
}
