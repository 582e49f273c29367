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

    [GeneratedRegex(@"`((?:src|tests|docs)/[^`\s*{}]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\]\((?!https?:|#|mailto:)([^)\s#]+)")]
    private static partial Regex Link();
}
