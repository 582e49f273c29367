using System.Text.RegularExpressions;

namespace Ballast.Tests;

/// <summary>What the documents say about the sources is there.</summary>
public partial class DocumentTests
{
    [Fact]
    public void Every_file_that_a_document_names_exists() => Rule.Holds(
        from document in Tree.Files(".md")
        from named in Named(document.Path, document.Text)
        where !Path.Exists(Path.Combine(Repository.Root, named))
        select $"{document.Path} names {named}, which is not there");

    /// <summary>A fault without a row would be forgotten, and a test that is not there would prove nothing.</summary>
    [Fact]
    public void Every_fault_has_a_row_and_every_test_that_it_names_is_there()
    {
        var lines = Tree.Files("docs/faults.md").Single().Lines;
        Assert.Equal(Enumerable.Range(1, 99).Select(n => $"F{n:d3}"), lines.Where(l => l.StartsWith("| F0", StringComparison.Ordinal)).Select(l => l[2..6]));
        var classes = typeof(DocumentTests).Assembly.GetTypes().Select(t => t.Name).ToHashSet(StringComparer.Ordinal);
        Rule.Holds(from line in lines from named in TestClass().Matches(line) where !classes.Contains(named.Value) select $"docs/faults.md names {named.Value}, which is not there");
    }

    [Fact]
    public void The_glossary_points_at_the_file_of_each_type() => Rule.Holds(
        from row in Tree.Files("docs/glossary.md").Single().Lines
        let cells = row.Split('|', StringSplitOptions.TrimEntries)
        where cells.Length == 5 && cells[3].StartsWith('`')
        let source = File.ReadAllText(Path.Combine(Repository.Root, cells[3].Trim('`')))
        from type in cells[2].Split(", ")
        where !Regex.IsMatch(source, $@"\b(class|record|struct|interface|enum) {type.Trim('`')}\b")
        select $"{cells[3]} has no type {type}");

    /// <summary>Paths in code quotes from the root, and links from where the document lies.</summary>
    private static IEnumerable<string> Named(string document, string text) =>
        Quoted().Matches(text).Select(m => m.Groups[1].Value)
            .Concat(Link().Matches(text).Select(m => Path.Combine(Path.GetDirectoryName(document)!, m.Groups[1].Value)));

    [GeneratedRegex(@"\b[A-Z][A-Za-z]+Tests\b")]
    private static partial Regex TestClass();

    [GeneratedRegex(@"`((?:src|tests|docs)/[^`\s*{}]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\]\((?!https?:|#|mailto:)([^)\s#]+)")]
    private static partial Regex Link();
}
