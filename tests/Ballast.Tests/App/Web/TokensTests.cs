using System.Globalization;
using System.Text.RegularExpressions;

namespace Ballast.Tests.App.Web;

/// <summary>Contrast by WCAG 2.2: relative luminance of sRGB, ratio (L1 + 0.05) / (L2 + 0.05).</summary>
public sealed partial class TokensTests
{
    private static readonly string _css = File.ReadAllText(Path.Combine(Repository.Root, "src/Ballast.App/Web/desk/tokens.css"));

    private static readonly string[] _grounds = ["ground", "surface", "sunken", "raised"];

    public static TheoryData<string> Themes => ["light", "dark"];

    [Theory]
    [MemberData(nameof(Themes))]
    public void Every_text_can_be_read_on_every_ground(string theme)
    {
        string[] texts = ["ink", "ink-2", "ink-3", "accent", "gain", "loss", "watch", "act"];

        foreach (var (text, ground) in texts.SelectMany(text => _grounds.Select(ground => (text, ground))))
            AssertContrast(theme, text, ground, 4.5);
    }

    [Theory]
    [MemberData(nameof(Themes))]
    public void A_tone_can_be_read_on_its_own_tint(string theme)
    {
        foreach (var tone in (string[])["gain", "loss", "watch", "act", "accent"])
            AssertContrast(theme, tone, tone + "-soft", 4.5);
    }

    [Theory]
    [MemberData(nameof(Themes))]
    public void Every_series_can_be_seen_on_a_panel(string theme)
    {
        foreach (var series in (string[])["1", "2", "3", "4", "5", "6", "rest"])
            AssertContrast(theme, "series-" + series, "surface", 3.0);
    }

    [Fact]
    public void The_system_s_dark_is_the_chosen_dark() =>
        Assert.Equal(Tokens(ChosenDark()), Tokens(SystemDark()));

    private static void AssertContrast(string theme, string above, string below, double least)
    {
        var tokens = Tokens(theme == "light" ? Light() : ChosenDark());
        var (one, other) = (Luminance(tokens[above]), Luminance(tokens[below]));
        var ratio = (Math.Max(one, other) + 0.05) / (Math.Min(one, other) + 0.05);

        Assert.True(ratio >= least, $"{theme}: {above} on {below} has a contrast of {ratio:F2}; it needs {least:F1}.");
    }

    private static double Luminance(string hex)
    {
        var channels = Enumerable.Range(0, 3).Select(i => int.Parse(hex.AsSpan(1 + 2 * i, 2), NumberStyles.HexNumber) / 255.0);
        var linear = channels.Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4)).ToArray();
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
    }

    private static Dictionary<string, string> Tokens(Regex block) =>
        Colour().Matches(block.Match(_css).Groups[1].Value).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);

    [GeneratedRegex("""^:root, :root\[data-theme="light"\] \{(.*?)^\}""", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Light();

    [GeneratedRegex("""^:root\[data-theme="dark"\] \{(.*?)^\}""", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex ChosenDark();

    [GeneratedRegex("""^  :root:not\(\[data-theme\]\) \{(.*?)^  \}""", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex SystemDark();

    [GeneratedRegex("--([a-z0-9-]+): (#[0-9a-f]{6});")]
    private static partial Regex Colour();
}
