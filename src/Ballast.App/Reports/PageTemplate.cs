using System.Reflection;

namespace Ballast.App.Reports;

/// <summary>The page as the build of <c>Web/desk</c> left it: script, style and font inside, and three places to fill.</summary>
internal static class PageTemplate
{
    private static readonly Lazy<string[]> _parts = new(Read);

    /// <summary>Joins the four parts of the template with what belongs between them; nothing filled in is searched for places.</summary>
    public static string Fill(string title, string summary, string json)
    {
        var parts = _parts.Value;
        return string.Concat([parts[0], title, parts[1], summary, parts[2], json, parts[3]]);
    }

    private static string[] Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("report.html")
            ?? throw new InvalidOperationException("The page template report.html is not in the assembly.");
        using var reader = new StreamReader(stream);
        var parts = reader.ReadToEnd().Split(["<!--title-->", "<!--summary-->", "<!--data-->"], StringSplitOptions.None);
        return parts.Length == 4
            ? parts
            : throw new InvalidOperationException($"The page template has {parts.Length - 1} places; it should have 3.");
    }
}
