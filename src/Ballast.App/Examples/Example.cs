namespace Ballast.App.Examples;

/// <summary>One file of the example: its name and the whole of its text.</summary>
public sealed record ExampleFile(string Name, string Text);

/// <summary>What <c>ballast init</c> writes: a portfolio that runs, something to hold, and invented prices.</summary>
public static class Example
{
    /// <summary>The market that the documents show. Another seed is another market; the holdings stay what they are.</summary>
    public const ulong Seed = 1;

    public static ImmutableArray<ExampleFile> Files(ulong seed = Seed) =>
    [
        new("core.yaml", Embedded("core.yaml")),
        new("holdings.csv", Embedded("holdings.csv")),
        new("synthetic-prices.csv", SyntheticPrices.Csv(seed)),
    ];

    /// <summary>The example of an options trader: an account, legs that he thinks of adding, and an invented chain.</summary>
    public static ImmutableArray<ExampleFile> OfOptions() =>
    [
        new("vol-book.yaml", Embedded("vol-book.yaml")),
        new("book.csv", Embedded("book.csv")),
        new("legs.csv", Embedded("legs.csv")),
        new("chain.csv", SyntheticChain.Csv()),
    ];

    private static string Embedded(string name)
    {
        using var stream = typeof(Example).Assembly.GetManifestResourceStream($"Examples/{name}")
            ?? throw new InvalidOperationException($"{name} is not embedded in {typeof(Example).Assembly.GetName().Name}");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
