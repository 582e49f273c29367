namespace Ballast.Tests;

/// <summary>Compares a text with the file of that name in <c>Expected/</c>; with <c>UPDATE=1</c> it writes the file instead, to be read as a difference.</summary>
public static class Expected
{
    public static void Matches(string name, string actual)
    {
        var path = Path.Combine(Repository.Root, "tests/Ballast.Tests/Expected", name);
        if (Environment.GetEnvironmentVariable("UPDATE") == "1") Write(path, actual);
        var expected = File.Exists(path) ? File.ReadAllText(path) : "";
        if (expected != actual) Assert.Fail($"{name} differs; UPDATE=1 writes it.\n{Difference(expected.Split('\n'), actual.Split('\n'))}");
    }

    private static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    /// <summary>The lines that only one of them has; where only their order differs, the first that is elsewhere.</summary>
    private static string Difference(string[] expected, string[] actual)
    {
        var changed = expected.Except(actual).Select(line => "- " + line).Concat(actual.Except(expected).Select(line => "+ " + line)).ToArray();
        if (changed.Length > 0) return string.Join('\n', changed);
        var first = expected.Zip(actual).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"line {first + 1}: expected `{expected.ElementAtOrDefault(first)}`, is `{actual.ElementAtOrDefault(first)}`";
    }
}
