using System.Text;
using Ballast.Adapters.Files;
using Ballast.Tests.Adapters.Files;
using Ballast.Tests.App;

namespace Ballast.Tests.Adapters.PolicyFiles;

/// <summary>Keeps <c>docs/errors.md</c>: every message about a file, as a user meets it. With <c>UPDATE=1</c> it is written anew.</summary>
public class ErrorCatalogueTests
{
    private static readonly string Path = System.IO.Path.Combine(Repository.Root, "docs/errors.md");

    [Fact]
    public void The_catalogue_shows_what_the_reader_says()
    {
        var wanted = Catalogue();
        if (Environment.GetEnvironmentVariable("UPDATE") == "1") File.WriteAllText(Path, wanted);

        Assert.Equal(wanted, File.ReadAllText(Path));
    }

    [Fact]
    public void Every_code_of_the_reader_is_in_the_catalogue()
    {
        // What depends on the size of a file is tested by itself.
        string[] apart = ["FILE_NOT_FOUND", "FILE_TOO_LARGE", "LINE_TOO_LONG", "TOO_MANY_FAULTS", "SLEEVES_TOO_DEEP"];
        string[] warnings = ["CASH_TWICE", "CANNOT_RESTORE", "NO_BAND", "SAME_MODE", "RISK_AVERSION", "BEYOND_THE_EDGE"];
        var written = Directory.EnumerateFiles(System.IO.Path.Combine(Repository.Root, "src/Ballast.Adapters/Files"), "*.cs", SearchOption.AllDirectories)
            .Where(f => f.Contains("Polic") || f.Contains("Yaml"))
            .SelectMany(f => System.Text.RegularExpressions.Regex.Matches(File.ReadAllText(f), "\"([A-Z]+(?:_[A-Z]+)+|EMPTY|VERSION)\"").Select(m => m.Groups[1].Value));

        Assert.Empty(written.Distinct().Except(FaultCases.All.Select(c => c.Code)).Except(apart).Except(warnings));
    }

    private static string Catalogue()
    {
        var text = new StringBuilder("# What can be wrong with a file\n\nEvery fault is shown with its place, the line it stands on and a caret; nothing is written while there is one. Codes are stable.\nThis page is generated: each entry is a test. Portfolio files come first, then prices, holdings, instruments, returns, covariances, weights, options, contracts, books and chains.\n\n# Portfolio files\n");
        foreach (var code in FaultCases.All.GroupBy(c => c.Code).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            text.Append($"\n## {code.Key}\n");
            foreach (var wrong in code) text.Append($"\n{wrong.Name}\n```\n{Shown(wrong)}```\n");
        }
        foreach (var kind in FaultyFiles.All.Where(f => f.Limits is null).GroupBy(f => f.Kind))
        {
            text.Append($"\n# {kind.Key}\n");
            foreach (var code in kind.GroupBy(f => f.Code).OrderBy(g => g.Key, StringComparer.Ordinal))
            {
                text.Append($"\n## {code.Key}\n");
                foreach (var wrong in code) text.Append($"\n```\n{Shown(wrong)}```\n");
            }
        }
        text.Append("\n# Files and folders\n");
        foreach (var (code, sentence) in FaultyFiles.OfFilesAndFolders) text.Append($"\n## {code}\n\n```\nprices.csv: {sentence}\n```\n");
        return text.ToString();
    }

    /// <summary>The first fault of a table, with its line and caret.</summary>
    private static string Shown(FaultyFile wrong)
    {
        using var folder = new TemporaryFolder();
        var path = System.IO.Path.Combine(folder.Path, wrong.Kind.ToString().ToLowerInvariant() + ".csv");
        File.WriteAllBytes(path, wrong.Bytes);
        var shown = FaultText.Render([FaultyFile.Read(wrong.Kind, path)[0]]).Replace(folder.Path + "/", "");
        return shown[..(shown.TrimEnd('\n').LastIndexOf('\n') + 1)].Replace("\0", "");
    }

    private static string Shown(FaultCase wrong)
    {
        var shown = FaultText.Render(PolicyFile.Read("core.yaml", wrong.Text).Faults);
        return shown[..(shown.TrimEnd('\n').LastIndexOf('\n') + 1)].Replace("\u0007", "");
    }
}
