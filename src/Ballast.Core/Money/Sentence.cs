namespace Ballast.Money;

/// <summary>Words that are put together only when somebody reads them: a back-test asks ten thousand times and reads a few.</summary>
public readonly struct Sentence(Func<string> say)
{
    public override string ToString() => say();

    public static implicit operator Sentence(string words) => new(() => words);
}
