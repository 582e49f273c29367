namespace Ballast.Tests;

/// <summary>A file of the repository as text, for the rules that read it.</summary>
/// <param name="Path">From the root, with forward slashes.</param>
/// <param name="Text">All of it.</param>
public sealed record TreeFile(string Path, string Text)
{
    public string[] Lines { get; } = Text.TrimEnd('\n').Split('\n');

    public IEnumerable<(int Number, string Text)> Numbered => Lines.Select((line, i) => (i + 1, line));
}

/// <summary>The files of the repository that people wrote.</summary>
public static class Tree
{
    private static readonly string[] Made = [".git", "artifacts", "node_modules", "out", "dist", ".vs", ".idea"];

    private static readonly string[] Pictures = [".png", ".jpg", ".woff2", ".ico", ".gz"];

    private static readonly Lazy<ImmutableArray<TreeFile>> All = new(() => [.. Walk(Repository.Root).Order(StringComparer.Ordinal).Select(Read)]);

    public static IEnumerable<TreeFile> Files(params string[] endings) => All.Value.Where(file => endings.Any(file.Path.EndsWith));

    public static IEnumerable<TreeFile> Texts() => All.Value;

    private static IEnumerable<string> Walk(string folder) =>
        Directory.GetFiles(folder).Where(IsOurs).Where(file => !Pictures.Contains(Path.GetExtension(file)))
            .Concat(Directory.GetDirectories(folder).Where(IsOurs).SelectMany(Walk));

    /// <summary>In a second work tree <c>.git</c> is a file.</summary>
    private static bool IsOurs(string path) => !Made.Contains(Path.GetFileName(path));

    private static TreeFile Read(string path) => new(Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'), File.ReadAllText(path));
}
