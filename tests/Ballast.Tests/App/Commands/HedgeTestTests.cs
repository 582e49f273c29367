using System.Globalization;
using System.Text;

namespace Ballast.Tests.App.Commands;

/// <summary>Rules of hedging compared through the command line, on marks made up for the test.</summary>
[Collection(Terminal.Alone)]
public sealed class HedgeTestTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Thirty days of a wandering index, a snapshot every six hours, an option and a volatility of 60 %.</summary>
    internal static string Marks(TemporaryFolder folder)
    {
        var text = new StringBuilder("timestamp,instrument_name,mark_price,mark_iv,bid_price,ask_price,underlying_price,index_price\n");
        var (at, price, random) = (new DateTime(2026, 1, 28, 8, 0, 0, DateTimeKind.Utc), 80_000.0, new System.Random(4));
        for (var i = 0; i < 120; i++, at = at.AddHours(6))
        {
            price *= Math.Exp(0.03 * (random.NextDouble() - 0.5));
            foreach (var right in "CP") text.Append(CultureInfo.InvariantCulture, $"{at:yyyy-MM-ddTHH:mm:ssZ},BTC-27FEB26-80000-{right},0.05,0.6,,,{price:F2},{price:F2}\n");
        }
        return folder.File("marks.csv", text.ToString());
    }

    private string Marks() => Marks(_folder);

    private Cli Run(params string[] more) => Cli.Run(["hedge-test", Marks(), "--numeraire", "coin", .. more]);

    private static readonly string[] Straddle = ["--position", "-1 BTC-27FEB26-80000-C", "--position", "-1 BTC-27FEB26-80000-P"];

    [Fact]
    public void Rules_stand_side_by_side()
    {
        var json = Run([.. Straddle, "--rule", "ww", "--rule", "0.05 to edge", "--rule", "6h", "--rule", "0.05/0.10 every 12h", "--out", _folder.Path, "--json"]).Json();
        var rules = json.GetProperty("rules").EnumerateArray().ToArray();
        double Of(int rule, string key) => rules[rule].GetProperty(key).GetDouble();

        Assert.Equal(["ww", "0.05 to edge", "6h", "0.05/0.10 every 12h"], rules.Select(r => r.GetProperty("rule").GetString()));
        // To trade at every look costs most and leaves nothing open but what happens between looks.
        Assert.Equal(118, Of(2, "trades"));
        Assert.All((int[])[0, 1, 3], other => Assert.True(Of(other, "cost") < Of(2, "cost") && Of(other, "mismatch") > Of(2, "mismatch")));
        Assert.All(rules, r => Assert.Equal(r.GetProperty("profitMoney").GetDouble(), r.GetProperty("profitCoin").GetDouble() * LastIndex(), 1e-6));
        Assert.True(File.Exists(Path.Combine(_folder.Path, "report.html")));
        Assert.Equal(5, File.ReadAllLines(Path.Combine(_folder.Path, "hedge-test.csv")).Length);
    }

    [Fact]
    public void A_seller_gains_what_a_buyer_loses_but_for_the_costs()
    {
        string[] Free(string sign) => ["--position", sign + "1 BTC-27FEB26-80000-C", "--rule", "6h", "--fee", "0%", "--spread", "0%", "--json"];
        double Profit(string sign) => Run(Free(sign)).Json().GetProperty("rules")[0].GetProperty("profitCoin").GetDouble();
        Assert.Equal(0, Profit("-") + Profit("+"), 1e-12);
    }

    [Fact]
    public void What_stands_in_for_a_rule_is_said() =>
        Assert.Contains("ZAK_OUT_OF_DOMAIN", Assert.Single(Run([.. Straddle, "--rule", "zak", "--risk-aversion", "100", "--json"]).Json().GetProperty("notes").EnumerateArray(), n => n.GetString()!.StartsWith("zak", StringComparison.Ordinal)).GetString());

    [Theory]
    [InlineData("--rule", "often", "is no rule; expected ww")]
    [InlineData("--numeraire", "both", "expected coin or money")]
    [InlineData("--risk-aversion", "0", "expected a number above zero")]
    [InlineData("--position", "BTC-27FEB26-80000-C", "expected a quantity and an option")]
    [InlineData("--position", "-1 BTC-PERPETUAL", "is no option")]
    [InlineData("--position", "-1 BTC-27MAR26-80000-C", "one expiry")]
    [InlineData("--fee", "cheap", "is no cost")]
    public void Bad_input_is_said_and_nothing_is_written(string option, string value, string said)
    {
        var fresh = Path.Combine(_folder.Path, "out");
        string[] given = ["hedge-test", Marks(), .. Straddle, "--out", fresh, .. option == "--numeraire" ? Array.Empty<string>() : ["--numeraire", "coin"], option, value];
        var run = Cli.Run(given);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(said, run.Err);
        Assert.False(Directory.Exists(fresh));
    }

    private double LastIndex() => double.Parse(File.ReadLines(Path.Combine(_folder.Path, "marks.csv")).Last().Split(',')[^1], CultureInfo.InvariantCulture);
}
