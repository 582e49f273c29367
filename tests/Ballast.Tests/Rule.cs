namespace Ballast.Tests;

/// <summary>A rule about many files: it holds when nothing breaks it, and names everything that does.</summary>
public static class Rule
{
    public static void Holds(IEnumerable<string> breaches)
    {
        var found = breaches.ToArray();
        if (found.Length > 0) Assert.Fail(string.Join('\n', found));
    }
}
