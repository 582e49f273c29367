using System.Globalization;
using System.Text.Json;

namespace Ballast.Tests.App.Commands;

/// <summary>Orders cut into trades through the command line.</summary>
[Collection(Terminal.Alone)]
public sealed class ScheduleTests
{
    private static readonly string[] Market = ["--price", "50", "--volatility", "0.362994490316313", "--spread", "0.25%", "--daily-volume", "5000000"];

    /// <summary>Almgren and Chriss (2000): a million at 50 in five days, 0.95 a √day, a spread of 1/8, five million a day.</summary>
    [Fact]
    public void The_paper_s_order_comes_out()
    {
        var json = Terminal.Run(["schedule", "--quantity", "-1000000", "--steps", "5", "--duration", "5d", .. Market, "--risk-aversion", "1e-6", "--json"]).Json();

        Assert.Equal(0.6071, json.GetProperty("kappaPerDay").GetDouble(), 5e-5);
        Assert.Equal(911_227, json.GetProperty("cost").GetProperty("expected").GetDouble(), 1.0);
        Assert.Equal(603_431, json.GetProperty("cost").GetProperty("standardDeviation").GetDouble(), 1.0);
        Assert.Equal(662_500, json.GetProperty("even").GetProperty("expected").GetDouble(), 1.0);
        Assert.Equal(["541956", "289854", "147897", "62142", "0"], json.GetProperty("steps").EnumerateArray().Select(s => Number(s, "left").ToString("F0", CultureInfo.InvariantCulture)));
        Assert.Equal("sell", json.GetProperty("side").GetString());
    }

    [Theory]
    [InlineData("--method", "twap", "--steps", "7", "--jitter", "30%", "--seed", "5", "--lot", "0.1")]
    [InlineData("--method", "vwap", "--volumes", "10,20,30,20", "--lot", "0.1")]
    [InlineData("--method", "pov", "--volumes", "1000,1000,1000,1000", "--rate", "20%")]
    public void The_trades_are_the_whole_order(params string[] how)
    {
        var json = Terminal.Run(["schedule", "--quantity", "123.4", "--duration", "4h", "--json", .. how]).Json();

        Assert.Equal(123.4m, json.GetProperty("steps").EnumerateArray().Sum(s => Number(s, "quantity")));
        Assert.Equal("0", json.GetProperty("left").GetString());
        Assert.Equal(14_400, json.GetProperty("steps").EnumerateArray().Last().GetProperty("untilSeconds").GetDouble(), 1e-6);
        Assert.Equal(JsonValueKind.Null, json.GetProperty("cost").ValueKind);
    }

    [Fact]
    public void What_the_volume_does_not_hold_is_said()
    {
        var run = Terminal.Run("schedule", "--quantity", "100", "--duration", "4h", "--method", "vwap", "--volumes", "80,120", "--max-rate", "20%");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("50 would be left: there is not volume enough for it.", run.Out);
    }

    [Fact]
    public void The_answer_comes_first()
    {
        var run = Terminal.Run(["schedule", "--quantity", "-1000000", "--steps", "5", "--duration", "5d", .. Market, "--risk-aversion", "1e-6"]);
        Assert.StartsWith("Sell 1000000 in 5 steps over 5 days: expected cost 911 227, 182.2 bps of 50 000 000; give or take 603 431.\nTrading evenly would cost 662 500, give or take 1 040 673: this is 248 727 dearer and 437 242 surer.", run.Out.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void An_impact_that_lasts_too_long_for_the_steps_is_refused()
    {
        var run = Terminal.Run("schedule", "--quantity", "1", "--steps", "1", "--duration", "1d", "--price", "50", "--volatility", "30%", "--temporary", "0.5", "--permanent", "1", "--json");
        Assert.Equal(3, run.ExitCode);
        Assert.Equal("IMPACT_TOO_PERMANENT", JsonDocument.Parse(run.Out).RootElement.GetProperty("refused").GetProperty("code").GetString());
        Assert.Contains("take more steps", run.Err);
    }

    [Theory]
    [InlineData("--quantity: 0; expected units above zero to buy, below to sell", "--quantity", "0", "--steps", "3", "--duration", "1h", "--method", "twap")]
    [InlineData("expected --steps, or --volumes with one a step", "--quantity", "1", "--duration", "1h", "--method", "twap")]
    [InlineData("--duration: `1y` is no span", "--quantity", "1", "--steps", "3", "--duration", "1y", "--method", "twap")]
    [InlineData("--method almgren-chriss needs --price, --volatility and --daily-volume", "--quantity", "1", "--steps", "3", "--duration", "1h")]
    [InlineData("--method vwap needs --volumes", "--quantity", "1", "--steps", "3", "--duration", "1h", "--method", "vwap")]
    [InlineData("--steps 3, but --volumes has 2", "--quantity", "1", "--steps", "3", "--duration", "1h", "--method", "vwap", "--volumes", "1,2")]
    [InlineData("--volumes: `x` is no number", "--quantity", "1", "--duration", "1h", "--method", "vwap", "--volumes", "1,x")]
    [InlineData("--rate: `100%`; expected a share above 0 % to below 100 %", "--quantity", "1", "--duration", "1h", "--method", "pov", "--volumes", "1", "--rate", "100%")]
    [InlineData("--max-rate needs --volumes", "--quantity", "1", "--steps", "3", "--duration", "1h", "--method", "twap", "--max-rate", "10%")]
    [InlineData("--price: -1; expected a number above zero", "--quantity", "1", "--steps", "3", "--duration", "1h", "--price", "-1", "--volatility", "10%", "--daily-volume", "5")]
    [InlineData("trading would have no impact", "--quantity", "1", "--steps", "3", "--duration", "1h", "--price", "1", "--volatility", "10%", "--daily-volume", "5")]
    [InlineData("sometimes", "--quantity", "1", "--steps", "3", "--duration", "1h", "--method", "sometimes")]
    public void Bad_input_says_what_is_wrong(string said, params string[] args)
    {
        var run = Terminal.Run(["schedule", .. args]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(said, run.Err);
        Assert.Empty(run.Out);
    }

    private static decimal Number(JsonElement json, string key) => decimal.Parse(json.GetProperty(key).GetString()!, CultureInfo.InvariantCulture);
}
