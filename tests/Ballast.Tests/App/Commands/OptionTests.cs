using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Ballast.Tests.App.Commands;

/// <summary>Tables of options through the command line: prices, Greeks, implied volatilities, and what is said of bad rows.</summary>
[Collection(Terminal.Alone)]
public sealed class OptionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Hull, "Options, Futures, and Other Derivatives": 42, 40, half a year, 10 %, 20 % are worth 4.76 and 0.81.</summary>
    [Fact]
    public void A_textbook_s_prices_come_out()
    {
        var rows = Rows("price", "spot,strike,years,rate,vol,type\n42,40,0.5,0.1,0.2,call\n42,40,0.5,0.1,0.2,put\n");

        Assert.Equal(4.76, rows[0].GetProperty("price").GetDouble(), 5e-3);
        Assert.Equal(0.81, rows[1].GetProperty("price").GetDouble(), 5e-3);
        Assert.Equal(["price", "delta", "gamma", "vega", "theta", "rho", "phi", "vanna", "volga", "charm", "speed", "color", "zomma", "flag"], rows[0].EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public void The_years_to_an_expiry_have_365_days()
    {
        var file = _folder.File("o.csv", "type,strike,expiry,forward,vol\nC,100,2027-11-23T08:00:00Z,100,0.5\nC,100,2026-11-20,110,0.5\n");
        var rows = Json("price", file, "--at", "2026-11-23T08:00:00Z");
        var same = Rows("price", "type,strike,years,forward,vol\nC,100,1,100,0.5\n");

        Assert.Equal(same[0].GetProperty("price").GetDouble(), rows[0].GetProperty("price").GetDouble());
        Assert.Equal(("EXPIRED", 10.0), (rows[1].GetProperty("flag").GetString(), rows[1].GetProperty("price").GetDouble()));
    }

    [Theory]
    [InlineData("linear", "forward")]
    [InlineData("linear", "spot")]
    [InlineData("inverse", "forward")]
    [InlineData("inverse", "spot")]
    public void What_is_priced_says_its_volatility_again(string settlement, string underlying)
    {
        var (head, tail) = ($"type,strike,years,{underlying},rate,yield,settlement", $"0.5,60000,0.03,0.01,{settlement}");
        var priced = Rows("price", $"{head},vol\ncall,70000,{tail},0.55\nput,50000,{tail},0.7\n");
        string Price(int i) => priced[i].GetProperty("price").GetDouble().ToString("R", CultureInfo.InvariantCulture);

        var found = Rows("iv", $"{head},price\ncall,70000,{tail},{Price(0)}\nput,50000,{tail},{Price(1)}\n");

        Assert.Equal(0.55, found[0].GetProperty("vol").GetDouble(), 1e-13);
        Assert.Equal(0.7, found[1].GetProperty("vol").GetDouble(), 1e-13);
    }

    [Fact]
    public void A_price_without_a_volatility_says_why()
    {
        var rows = Rows("iv", "type,strike,years,forward,price\ncall,100,1,110,9\ncall,100,1,110,110\ncall,100,1,110,10\ncall,100,0,110,12\n");

        Assert.Equal(["BELOW_INTRINSIC", "ABOVE_MAX", "NO_TIME_VALUE", "EXPIRED"], rows.Select(r => r.GetProperty("flag").GetString()));
        Assert.Equal([JsonValueKind.Null, JsonValueKind.Null, JsonValueKind.Number, JsonValueKind.Null], rows.Select(r => r.GetProperty("vol").ValueKind));
    }

    [Theory]
    [InlineData("type,strike,years,forward,vol\ncall,0,1,100,0.5\n", "2:6: the strike is 0; expected a price above zero")]
    [InlineData("type,strike,years,forward,vol\ncall,,1,100,0.5\n", "the strike is missing")]
    [InlineData("type,strike,years,forward,vol\nput,100,-1,100,0.5\n", "2:9: the time to expiry is -1 years")]
    [InlineData("type,strike,years,forward,vol\nput,100,1,100,65\n", "2:15: a volatility of 65 is")]
    [InlineData("type,strike,years,forward,vol,rate\nput,100,1,100,0.5,5\n", "2:19: a rate of 5 is")]
    [InlineData("type,strike,years,forward,vol\nput,100,1,100,nan\n", "2:15: 'nan' is not a number")]
    [InlineData("type,strike,years,forward,vol\nput,100,1,1e999,0.5\n", "2:11: 1e999 is too large")]
    [InlineData("type,strike,years,forward,vol\nboth,100,1,100,0.5\n", "2:1: 'both' is no type; expected call or put")]
    [InlineData("type,strike,years,forward,spot,vol\nput,100,1,100,100,0.5\n", "both forward and spot are given")]
    [InlineData("type,strike,forward,vol\nput,100,100,0.5\n", "neither years nor expiry is given")]
    [InlineData("type,strike,expiry,forward,vol\nput,100,soon,100,0.5\n", "2:9: 'soon' is not a time")]
    [InlineData("type,strike,years,forward,vol,settlement\nput,100,1,100,0.5,cash\n", "'cash' is no settlement; expected linear or inverse")]
    [InlineData("type,strike,years,forward,volatility\nput,100,1,100,0.5\n", "1:27: there is no column 'volatility'")]
    [InlineData("type,strike,years,forward\nput,100,1,100\n", "the column 'vol' is missing")]
    [InlineData("type,strike,years,forward,vol\n", "there is a header and nothing else")]
    public void A_bad_row_is_shown_with_its_place(string text, string said)
    {
        var written = Path.Combine(_folder.Path, "g.csv");
        var run = Terminal.Run("price", _folder.File("o.csv", text), "--out", written);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(said, run.Err);
        Assert.False(File.Exists(written));
    }

    [Fact]
    public void What_is_extreme_can_be_meant()
    {
        var run = Terminal.Run("price", _folder.File("o.csv", "type,strike,years,forward,vol\nput,100,0.01,100,65\n"), "--allow-extreme");
        Assert.True(run.ExitCode == 0, run.Err);
    }

    [Fact]
    public void All_columns_are_written_in_the_order_of_the_rows()
    {
        var written = Path.Combine(_folder.Path, "g.csv");
        var run = Terminal.Run("price", _folder.File("o.csv", "vol,forward,years,strike,type\n0.5,100,1,120,put\n0.5,100,1,90,call\n"), "--out", written);

        var lines = File.ReadAllLines(written);
        Assert.Equal("type,strike,years,price,delta,gamma,vega,theta,rho,phi,vanna,volga,charm,speed,color,zomma,flag", lines[0]);
        Assert.Equal(["put,120,1", "call,90,1"], lines.Skip(1).Select(l => string.Join(',', l.Split(',')[..3])));
        Assert.All(lines, l => Assert.Equal(17, l.Split(',').Length));
        Assert.Contains("per 1.00", run.Out);
    }

    [Theory]
    [InlineData("price", "options.csv", "type,strike,expiry,forward,vol\ncall,70000,2027-03-26T08:00Z,60000,0.55\n")]
    [InlineData("iv", "quotes.csv", "type,strike,expiry,forward,price\ncall,70000,2027-03-26T08:00Z,60000,3500\n")]
    public void The_example_in_the_help_runs(string verb, string name, string text)
    {
        var example = Regex.Match(Terminal.Run(verb, "--help").Out, $@"^\s+ballast ({verb} .+)$", RegexOptions.Multiline).Groups[1].Value.Trim();

        var run = Terminal.Run(example.Replace(name, _folder.File(name, text)).Split(' '));

        Assert.True(run.ExitCode == 0, run.Err);
        Assert.Contains("70000", run.Out);
    }

    private JsonElement[] Rows(string verb, string text) => Json(verb, _folder.File("options.csv", text));

    private static JsonElement[] Json(params string[] args) => [.. Terminal.Run([.. args, "--json"]).Json().GetProperty("rows").EnumerateArray()];
}
