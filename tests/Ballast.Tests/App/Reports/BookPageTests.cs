using System.Text.RegularExpressions;
using System.Xml.Linq;
using Ballast.Tests.App.Commands;

namespace Ballast.Tests.App.Reports;

/// <summary>The page of a derivatives book: whole without script, each picture with its words.</summary>
[Collection(Terminal.Alone)]
public sealed class BookPageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _page;

    public BookPageTests()
    {
        Assert.Equal(0, Terminal.Run("init", _folder.Path, "--options").ExitCode);
        var run = Terminal.Run("margin", At("book.csv"), "--chain", At("chain.csv"), "--preset", "deribit-pm", "--add", At("legs.csv"), "--order", "best", "--out", At("page"));
        Assert.True(run.ExitCode == 0, run.Err);
        _page = File.ReadAllText(Path.Combine(At("page"), "report.html"));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_picture_is_there_with_its_title_and_says_itself_in_words()
    {
        string[] titles = ["Payoff", "Gain over price and volatility", "Margin over price and volatility", "Margin over the legs", "Distance to liquidation", "Vega by expiry", "Delta by strike", "Gamma by strike", "Vega by strike"];

        Assert.All(titles, title => Assert.Contains($"<h2>{title}</h2>", _page));
        var pictures = Regex.Matches(_page, "<svg [^>]*role=\"img\"[^>]*>");
        Assert.Equal(7, pictures.Count);
        Assert.All(pictures, p => Assert.Matches("aria-label=\"[^\"]{10,}\"", p.Value));
    }

    [Fact]
    public void Every_picture_is_well_formed_and_has_numbers_only() => Assert.All(Regex.Matches(_page, "<svg.*?</svg>", RegexOptions.Singleline), p =>
    {
        Assert.NotNull(XElement.Parse(p.Value.Replace("&#160;", " ")));
        Assert.DoesNotContain("NaN", p.Value);
        Assert.DoesNotContain("∞", p.Value);
    });

    /// <summary>Where the price of now is, half-way, the curve of now crosses zero.</summary>
    [Fact]
    public void Without_a_move_nothing_is_gained()
    {
        var line = Regex.Match(_page, "<g class=\"series-1\"><polyline class=\"line\" points=\"([^\"]+)\"").Groups[1].Value.Split(' ').Select(p => p.Split(',').Select(c => double.Parse(c, System.Globalization.CultureInfo.InvariantCulture)).ToArray()).ToArray();
        var zero = double.Parse(Regex.Match(_page, "<line class=\"zero\" x1=\"[^\"]+\" x2=\"[^\"]+\" y1=\"([^\"]+)\"").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(121, line.Length);
        Assert.Equal(zero, line[60][1], 0.011);
    }

    private string At(string name) => Path.Combine(_folder.Path, name);
}
