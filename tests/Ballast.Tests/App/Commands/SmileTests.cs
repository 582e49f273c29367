using System.Text.Json;
using System.Text.RegularExpressions;

namespace Ballast.Tests.App.Commands;

public sealed class SmileTests : IDisposable
{
    private const string Head = "timestamp,instrument_name,mark_price,mark_iv,bid_price,ask_price,underlying_price,index_price";

    private readonly TemporaryFolder _folder = new();

    public SmileTests() => Assert.Equal(0, Terminal.Run("init", _folder.Path, "--options").ExitCode);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_expiry_has_a_smile_and_its_figures_are_those_of_the_example()
    {
        var run = Terminal.Run("smile", "--chain", At("chain.csv"), "--json");

        Assert.Equal(0, run.ExitCode);
        using var json = JsonDocument.Parse(run.Out);
        var smiles = json.RootElement.GetProperty("smiles").EnumerateArray().ToArray();
        Assert.Equal(["2026-11-27T08:00:00Z", "2026-12-25T08:00:00Z", "2027-03-26T08:00:00Z"], smiles.Select(s => s.GetProperty("expiry").GetString()));
        foreach (var smile in smiles)
        {
            // The example's marks have 46 % at the forward at every expiry.
            Assert.Equal(0.46, smile.GetProperty("atTheMoney").GetDouble(), 0.001);
            Assert.True(smile.GetProperty("riskReversal25").GetDouble() < -0.02);
            Assert.True(smile.GetProperty("butterfly").GetProperty("holds").GetBoolean());
            Assert.Equal("svi", smile.GetProperty("method").GetString());
        }
        Assert.True(smiles[1].GetProperty("calendar").GetProperty("holds").GetBoolean());
    }

    [Fact]
    public void One_expiry_can_be_asked_for_in_both_spellings()
    {
        var (iso, venue) = (Terminal.Run("smile", "--chain", At("chain.csv"), "--expiry", "2026-12-25"), Terminal.Run("smile", "--chain", At("chain.csv"), "--expiry", "25DEC26", "--underlying", "btc"));

        Assert.Equal((0, iso.Out), (venue.ExitCode, venue.Out));
        Assert.Contains("1 expiry, free of butterfly arbitrage", iso.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("27 Nov", iso.Out, StringComparison.Ordinal);
        Assert.All(iso.Out.Split('\n'), line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public void The_table_and_the_page_have_every_strike()
    {
        Assert.Equal(0, Terminal.Run("smile", "--chain", At("chain.csv"), "--out", At("smiles")).ExitCode);

        var rows = File.ReadAllLines(At("smiles/smile.csv"));
        Assert.Equal(1 + 3 * 17, rows.Length);
        var page = File.ReadAllText(At("smiles/report.html"));
        Assert.Equal(3 * 17, Regex.Count(page, "<circle class=\"mark\""));
        Assert.Equal(3, Regex.Count(page, "<polyline "));
        Assert.DoesNotMatch("points=\"[^\"]*[a-zA-Z∞]", page);
    }

    [Fact]
    public void Three_strikes_are_a_smile_over_deltas_and_two_are_none()
    {
        string Row(int strike, string vol) => $"2026-11-21T08:05:00Z,BTC-25DEC26-{strike}-C,0.01,{vol},,,95500,95150";
        File.WriteAllText(At("three.csv"), string.Join('\n', [Head, Row(90_000, "0.5"), Row(95_000, "0.46"), Row(100_000, "0.45")]));
        File.WriteAllText(At("two.csv"), string.Join('\n', [Head, Row(90_000, "0.5"), Row(95_000, "0.46"), Row(100_000, "")]));

        var (three, two) = (Terminal.Run("smile", "--chain", At("three.csv")), Terminal.Run("smile", "--chain", At("two.csv")));

        Assert.Equal(0, three.ExitCode);
        Assert.Contains("25 Dec 2026: 3 strikes are too few for SVI", three.Out, StringComparison.Ordinal);
        Assert.Equal(3, two.ExitCode);
        Assert.Contains("(TOO_FEW_QUOTES)", two.Out, StringComparison.Ordinal);
        Assert.Contains("1 strike left out", two.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--expiry", "soon", "is no day; expected 2026-12-25 or 25DEC26")]
    [InlineData("--expiry", "2026-12-26", "no such expiry; there are BTC 2026-11-27, 2026-12-25, 2027-03-26")]
    [InlineData("--underlying", "ETH", "no such expiry")]
    [InlineData("--at", "2020-01-01", "the chain begins at 20 Nov 2026 08:05 UTC")]
    public void What_is_not_there_is_said(string option, string value, string said)
    {
        var run = Terminal.Run("smile", "--chain", At("chain.csv"), option, value);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(said, run.Err, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_chain_is_shown_with_its_line()
    {
        File.WriteAllText(At("broken.csv"), $"{Head}\n2026-11-21T08:05:00Z,BTC-25DEC26-90000-C,0.01,46,,,95500,95150\n");

        var run = Terminal.Run("smile", "--chain", At("broken.csv"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("broken.csv:2:", run.Err, StringComparison.Ordinal);
    }

    private string At(string name) => Path.Combine(_folder.Path, name);
}
