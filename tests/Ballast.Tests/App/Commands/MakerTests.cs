using System.Text.Json;

namespace Ballast.Tests.App.Commands;

/// <summary>A maker's quotes through the command line.</summary>
[Collection(Terminal.Alone)]
public sealed class MakerTests
{
    private static readonly string[] Paper = ["maker", "--mid", "100", "--volatility", "2", "--arrivals", "140", "--decay", "1.5", "--risk-aversion", "0.1"];

    /// <summary>By hand: r = 100 − 3·0.1·4 = 98.8, spread 0.4 + 20 ln(1 + 1/15) = 1.690770.</summary>
    [Fact]
    public void The_quotes_lean_against_what_is_held()
    {
        var json = Terminal.Run([.. Paper, "--inventory", "3", "--json"]).Json();
        Assert.Equal(98.8 - 0.845385, json.GetProperty("bid").GetDouble(), 1e-6);
        Assert.Equal(98.8 + 0.845385, json.GetProperty("ask").GetDouble(), 1e-6);
        Assert.Equal(21, json.GetProperty("quotes").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("simulation").ValueKind);
    }

    /// <summary>Guéant, Lehalle and Fernandez-Tapia's own parameters: 3.313 from the mid with nothing held, and one side only at the limit.</summary>
    [Fact]
    public void At_the_limit_one_side_is_quoted()
    {
        string[] glft = ["maker", "--mid", "100", "--volatility", "0.3", "--arrivals", "0.9", "--decay", "0.3", "--risk-aversion", "0.01", "--model", "limit", "--limit", "30", "--horizon", "600d", "--json"];
        Assert.Equal(100 - 3.313045, Terminal.Run(glft).Json().GetProperty("bid").GetDouble(), 1e-6);
        Assert.Equal(JsonValueKind.Null, Terminal.Run([.. glft, "--inventory", "30"]).Json().GetProperty("bid").ValueKind);
        Assert.Contains("no ask", Terminal.Run([.. glft[..^1], "--inventory", "-30"]).Out);
    }

    [Fact]
    public void A_simulation_is_repeated_by_its_seed()
    {
        JsonElement Days(string seed) => Terminal.Run([.. Paper, "--simulate", "200", "--seed", seed, "--spread", "constant", "--json"]).Json().GetProperty("simulation");
        var (leaning, level) = (Days("4").GetProperty("leaning"), Days("4").GetProperty("level"));

        Assert.Equal(Days("4").ToString(), Days("4").ToString());
        Assert.NotEqual(Days("4").ToString(), Days("5").ToString());
        Assert.InRange(level.GetProperty("profitDeviation").GetDouble() / leaning.GetProperty("profitDeviation").GetDouble(), 1.8, 2.9);
    }

    [Theory]
    [InlineData(3, "NO_FILL_MODEL", "--decay", "0")]
    [InlineData(3, "NO_RISK_AVERSION", "--risk-aversion", "-1")]
    [InlineData(3, "NO_VOLATILITY", "--volatility", "0")]
    [InlineData(3, "INVENTORY_BEYOND_LIMIT", "--model", "limit", "--inventory", "11")]
    [InlineData(3, "STEPS_TOO_LONG", "--simulate", "10", "--steps", "100")]
    [InlineData(2, "--mid: 0; expected a number above zero", "--mid", "0")]
    [InlineData(2, "--limit: 0; expected 1 to 500 units", "--limit", "0")]
    [InlineData(2, "--drift and --adverse need --model limit", "--drift", "1")]
    [InlineData(2, "--volatility: `much` is no share", "--volatility", "much")]
    [InlineData(2, "--simulate: 1; expected 2 to 1000000 days", "--simulate", "1")]
    public void What_cannot_be_quoted_says_why(int code, string said, params string[] args)
    {
        var given = Enumerable.Range(0, Paper.Length / 2).Select(i => Paper[(1 + 2 * i)..Math.Min(Paper.Length, 3 + 2 * i)]).Where(pair => pair[0] != args[0]).SelectMany(pair => pair);
        var run = Terminal.Run(["maker", .. given, .. args]);
        Assert.Equal(code, run.ExitCode);
        Assert.Contains(said, run.Err);
    }
}
