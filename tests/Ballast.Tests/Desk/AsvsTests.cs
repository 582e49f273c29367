using System.Text.RegularExpressions;

namespace Ballast.Tests.Serving;

/// <summary>The table of requirements names tests that exist.</summary>
public sealed partial class AsvsTests
{
    private static string[] Rows => [.. Tree.Files("docs/asvs.md").Single().Lines.Where(l => l.StartsWith("| ", StringComparison.Ordinal) && !l.StartsWith("| item", StringComparison.Ordinal))];

    [Fact]
    public void Every_test_that_is_named_is_there()
    {
        var tests = typeof(AsvsTests).Assembly.GetTypes().SelectMany(t => t.GetMethods().Where(m => m.GetCustomAttributes(typeof(FactAttribute), true).Length > 0).Select(m => $"{t.Name}.{m.Name}")).ToHashSet();
        var named = Rows.SelectMany(r => Named().Matches(r).Select(m => m.Groups[1].Value)).ToArray();
        Assert.True(named.Length > 40);
        Rule.Holds(named.Where(n => !tests.Contains(n)));
    }

    [Fact]
    public void Every_row_has_a_test_or_says_why_not() =>
        Rule.Holds(Rows.Where(r => !Named().IsMatch(r) && !r.Contains("not yet", StringComparison.Ordinal) && !r.Contains("not applicable", StringComparison.Ordinal) && !r.Contains("by design", StringComparison.Ordinal) && !r.Contains("no test", StringComparison.Ordinal)
            && !r.Contains("yours to bring", StringComparison.Ordinal) && !r.Contains("once, for an hour", StringComparison.Ordinal) && !r.Contains("not encrypted", StringComparison.Ordinal)));

    [GeneratedRegex(@"`(\w+Tests\.\w+)`")]
    private static partial Regex Named();
}
