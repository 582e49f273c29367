namespace Ballast.Adapters.Files;

/// <summary>Outsiders' words as they may stand in a sentence: one line, and not for ever.</summary>
internal static class Quoted
{
    private const int Most = 40;

    public static string Short(string text)
    {
        var line = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        return line.Length <= Most ? line : line[..(Most - 1)] + "…";
    }

    /// <summary>As an English list: <c>a, b or c</c>.</summary>
    public static string Or(IEnumerable<string> names) => Joined([.. names], "or");

    /// <summary>As an English list: <c>a, b and c</c>.</summary>
    public static string And(IEnumerable<string> names) => Joined([.. names], "and");

    private static string Joined(string[] names, string last) =>
        names.Length < 2 ? string.Concat(names) : $"{string.Join(", ", names[..^1])} {last} {names[^1]}";
}
