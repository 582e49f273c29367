using System.Diagnostics;
using System.Text.RegularExpressions;
using Ballast.Tests.App;

namespace Ballast.Tests.Serving;

/// <summary>The examples of the API's page do what the page says.</summary>
public sealed partial class ApiDocumentTests
{
    [Fact]
    public async Task The_examples_run()
    {
        Assert.SkipUnless(File.Exists("/bin/bash") && File.Exists("/usr/bin/curl"), "needs bash and curl");
        using var desk = new DeskProcess();
        using var folder = new TemporaryFolder();
        var script = "set -euo pipefail\n" + string.Join("\necho; echo ----\n", Example().Matches(Tree.Files("docs/api.md").Single().Text).Select(m => m.Groups[1].Value));
        var start = new ProcessStartInfo("/bin/bash", ["-c", script]) { WorkingDirectory = folder.Path, RedirectStandardOutput = true, RedirectStandardError = true };
        (start.Environment["DESK"], start.Environment["LINK"]) = (desk.Address.GetLeftPart(UriPartial.Authority), desk.Links["anna"]);
        using var bash = Process.Start(start)!;
        var error = bash.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var said = (await bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Split("----\n");
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(bash.ExitCode == 0, await error);
        Assert.Equal(7, said.Length);
        Assert.Contains("\"state\":\"ok\"", said[1]);
        Assert.Contains("\"next\":null", said[2]);
        Assert.Equal("304", said[3].Trim());
        Assert.Contains("\"trades\"", said[4]);
        Assert.Contains("\"reason\":\"looks wrong\"", said[5]);
        Assert.EndsWith("\"kill\":null,\"loops\":[]}", said[5].Trim());
        Assert.Equal("403\nFOREIGN_ORIGIN", said[6].Trim());
    }

    [Fact]
    public void The_codes_of_the_page_are_those_of_the_service() => Rule.Holds(
        from row in Tree.Files("docs/api.md").Single().Lines.Where(l => Regex.IsMatch(l, @"^\| \d"))
        from Match code in Code().Matches(row)
        where !Tree.Files(".cs").Any(f => f.Path.StartsWith("src/Ballast.App/Serving/", StringComparison.Ordinal) && f.Text.Contains($"\"{code.Groups[1].Value}\"", StringComparison.Ordinal))
        select code.Groups[1].Value);

    [GeneratedRegex(@"```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex("`([A-Z_]+)`")]
    private static partial Regex Code();
}
