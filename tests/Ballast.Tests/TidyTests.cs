using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Ballast.Tests;

/// <summary>The rules of the house that a machine can check. Each names the files that break it.</summary>
public partial class TidyTests
{
    private static readonly string[] Assemblies = ["App", "Adapters", "Engine", "Core", "Numerics"];

    private static readonly string[] CoreFolders =
        ["Money", "Schedules", "Instruments", "Market", "Holdings", "Derivatives", "Margin", "Costs", "Taxes", "Risk", "Targets", "Triggers", "Hedging", "Planning", "Ledger", "Orders", "Gates", "Records", "Execution", "Alerts"];

    [Fact]
    public void A_project_uses_those_to_its_right() => Rule.Holds(
        from project in Tree.Files(".csproj").Where(file => file.Path.StartsWith("src/", StringComparison.Ordinal))
        from reference in XDocument.Parse(project.Text).Descendants("ProjectReference")
        let used = Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!)
        where Place(used) <= Place(Path.GetFileNameWithoutExtension(project.Path))
        select $"{project.Path} may not use {used}");

    [Fact]
    public void A_folder_of_Core_uses_those_before_it() => Rule.Holds(
        from file in Tree.Files(".cs").Where(file => file.Path.StartsWith("src/Ballast.Core/", StringComparison.Ordinal))
        let folder = file.Path.Split('/')[2]
        from Match match in NamespaceOfOurs().Matches(file.Text)
        let used = match.Groups[1].Value
        where used != "Numerics" && Order(used) > Order(folder)
        select $"{file.Path}: {folder} may not use {used}");

    [Fact]
    public void Every_folder_of_Core_has_a_place_in_the_order() => Rule.Holds(
        from folder in Directory.GetDirectories(Path.Combine(Repository.Root, "src/Ballast.Core")).Select(Path.GetFileName)
        where !CoreFolders.Contains(folder)
        select $"src/Ballast.Core/{folder} is not in the order of folders");

    [Fact]
    public void A_source_of_more_than_400_lines_says_why_on_its_first() => Rule.Holds(
        from file in Tree.Files(".cs", ".ts", ".tsx", ".mjs", ".c")
        where file.Lines.Length > 400 && !file.Lines[0].StartsWith("// Long: ", StringComparison.Ordinal)
        select $"{file.Path} has {file.Lines.Length} lines; cut it, or begin it with `// Long: ` and the reason");

    [Fact]
    public void Nothing_is_left_to_do() => Rule.Holds(Lines(LeftOver(), "a mark of unfinished work"));

    [Fact]
    public void A_suppression_has_its_reason_on_the_line() => Rule.Holds(
        from file in Tree.Files(".cs")
        from line in file.Numbered
        where BareSuppression().IsMatch(line.Text)
        select $"{file.Path}:{line.Number}: {line.Text.Trim()}");

    [Fact]
    public void No_path_of_one_machine_and_no_package_host_is_written_down() => Rule.Holds(Lines(MachineOrHost(), "belongs to one machine"));

    [Fact]
    public void A_lock_file_names_no_download_address() => Rule.Holds(
        from file in Tree.Files("package-lock.json")
        where file.Text.Contains("\"resolved\": \"http", StringComparison.Ordinal)
        select $"{file.Path}: put omit-lockfile-registry-resolved=true into .npmrc and write it again");

    [Fact]
    public void A_public_type_of_Core_or_Numerics_says_what_it_is_for() => Rule.Holds(
        from assembly in new[] { typeof(Ballast.Money.Amount).Assembly, typeof(Ballast.Numerics.Statistics.Covariance).Assembly }
        let said = Summaries(Path.ChangeExtension(assembly.Location, ".xml"))
        from type in assembly.GetExportedTypes()
        where !type.IsNested && !said.Contains("T:" + type.FullName)
        select $"{type.FullName} has no summary");

    [Theory]
    [InlineData("Core")]
    [InlineData("Numerics")]
    public void The_banned_symbols_are_wired(string assembly)
    {
        var project = XDocument.Load(Path.Combine(Repository.Root, $"src/Ballast.{assembly}/Ballast.{assembly}.csproj"));
        Assert.Contains(project.Descendants("PackageReference"), p => (string?)p.Attribute("Include") == "Microsoft.CodeAnalysis.BannedApiAnalyzers");
        Assert.Contains(project.Descendants("AdditionalFiles"), p => (string?)p.Attribute("Include") == "../BannedSymbols.txt");
    }

    [Theory]
    [InlineData("Numerics", "Microsoft.CodeAnalysis.BannedApiAnalyzers")]
    [InlineData("Core", "Microsoft.CodeAnalysis.BannedApiAnalyzers", "NodaTime")]
    public void The_pure_assemblies_depend_on_nothing_else(string assembly, params string[] packages)
    {
        var project = XDocument.Load(Path.Combine(Repository.Root, $"src/Ballast.{assembly}/Ballast.{assembly}.csproj"));
        Assert.Equal(packages, project.Descendants("PackageReference").Select(p => (string)p.Attribute("Include")!).Order());
    }

    private static IEnumerable<string> Lines(Regex forbidden, string why) =>
        from file in Tree.Texts()
        where file.Path != "tests/Ballast.Tests/TidyTests.cs"
        from line in file.Numbered
        where forbidden.IsMatch(line.Text)
        select $"{file.Path}:{line.Number}: {why}: {line.Text.Trim()}";

    private static int Place(string project) => Array.IndexOf(Assemblies, project.Replace("Ballast.", "", StringComparison.Ordinal));

    private static int Order(string folder) => Array.IndexOf(CoreFolders, folder);

    private static HashSet<string> Summaries(string xml) =>
        [.. from member in XDocument.Load(xml).Descendants("member") where member.Element("summary")?.Value.Trim() is { Length: > 0 } select (string)member.Attribute("name")!];

    [GeneratedRegex(@"\bBallast\.(\w+)")]
    private static partial Regex NamespaceOfOurs();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b")]
    private static partial Regex LeftOver();

    /// <summary>A pragma without a comment behind it, or an attribute without a justification.</summary>
    [GeneratedRegex(@"#pragma\s+warning\s+disable(?!.*//\s*\w)|\[.*SuppressMessage\((?!.*Justification)")]
    private static partial Regex BareSuppression();

    [GeneratedRegex(@"(?<![\w./~-])/(work|home|root|Users)/\w|\b[A-Z]:\\Users\\|https?://[^\s""')]*\b(registry|artifactory|nexus|nuget\.org|npmjs)\b", RegexOptions.IgnoreCase)]
    private static partial Regex MachineOrHost();
}
