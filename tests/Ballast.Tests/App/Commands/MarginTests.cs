using System.Text.Json;

namespace Ballast.Tests.App.Commands;

/// <summary>The verbs <c>margin</c> and <c>whatif</c> on the example of an options trader.</summary>
[Collection(Terminal.Alone)]
public sealed class MarginTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _book, _chain, _legs;

    public MarginTests()
    {
        Assert.Equal(0, Terminal.Run("init", _folder.Path, "--options").ExitCode);
        (_book, _chain, _legs) = (Path.Combine(_folder.Path, "book.csv"), Path.Combine(_folder.Path, "chain.csv"), Path.Combine(_folder.Path, "legs.csv"));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Margin_has_the_preset_the_figures_and_the_grid()
    {
        var json = Margin("--preset", "deribit-pm").Json();

        Assert.Equal(("deribit_spm_btc_2024", "2024-06-17"), (json.GetProperty("preset").GetProperty("name").GetString(), json.GetProperty("preset").GetProperty("asOf").GetString()));
        Assert.Equal(35, json.GetProperty("grid").GetArrayLength());
        var (initial, maintenance) = (json.GetProperty("initial").GetDouble(), json.GetProperty("maintenance").GetDouble());
        Assert.Equal(0.8 * initial, maintenance, 1e-9);
        Assert.Equal(initial, json.GetProperty("contributions").EnumerateArray().Sum(c => c.GetProperty("initial").GetDouble()), 2e-9);
        Assert.Equal(json.GetProperty("worst").GetProperty("loss").GetDouble(), -json.GetProperty("grid").EnumerateArray().Min(r => r.GetProperty("counted").GetDouble()), 1e-9);
        Assert.Equal("STALE_PRESET", json.GetProperty("warnings")[0].GetString());
    }

    [Fact]
    public void Every_line_for_people_fits_80_columns()
    {
        foreach (var run in new[] { Run("margin", "--preset", "deribit-pm", "--add", _legs), Run("margin", "--preset", "deribit-xpm"), Run("whatif", "--preset", "deribit-sm", "--days", "0,expiry") })
        {
            Assert.Equal(0, run.ExitCode);
            Assert.All(run.Out.Split('\n'), line => Assert.True(line.Length <= 80, line));
            Assert.Contains("STALE_PRESET", run.Out);
        }
    }

    [Fact]
    public void Legs_bought_change_margin_and_not_equity()
    {
        var (alone, with, one) = (Margin("--preset", "deribit-pm").Json(), Margin("--preset", "deribit-pm", "--add", _legs).Json(), Margin("--preset", "deribit-pm", "--add", "BTC-25DEC26-110000-C=20").Json());

        Assert.Equal(alone.GetProperty("equity").GetDouble(), with.GetProperty("equity").GetDouble(), 1e-12);
        Assert.Equal(alone.GetProperty("initial").GetDouble(), with.GetProperty("before").GetProperty("initial").GetDouble(), 1e-12);
        Assert.NotEqual(alone.GetProperty("initial").GetDouble(), with.GetProperty("initial").GetDouble());
        Assert.DoesNotContain(one.GetProperty("contributions").EnumerateArray(), c => c.GetProperty("instrument").GetString() == "BTC-25DEC26-110000-C");
    }

    [Fact]
    public void The_cell_without_a_change_is_the_account_as_it_is()
    {
        var (margin, grid) = (Margin("--preset", "deribit-pm").Json(), Run("whatif", "--preset", "deribit-pm", "--spot", "-50%..50%:10%", "--vol", "0,50%", "--days", "0,5", "--json").Json().GetProperty("grid"));
        var now = grid.EnumerateArray().Single(c => c.GetProperty("spot").GetDouble() == 0 && c.GetProperty("vol").GetDouble() == 0 && c.GetProperty("days").GetDouble() == 0);

        Assert.Equal(11 * 2 * 2, grid.GetArrayLength());
        Assert.Equal(0, now.GetProperty("pnl").GetDouble());
        Assert.Equal(margin.GetProperty("decides").GetProperty("initial").GetDouble(), now.GetProperty("initial").GetDouble(), 1e-12);
    }

    [Theory]
    [InlineData("5%")]
    [InlineData("5%", "--keep-delta", "2")]
    public void A_ladder_ends_where_it_was_to_end(string target, params string[] keep)
    {
        var json = Margin(["--preset", "deribit-pm", "--unwind", target, .. keep]).Json();
        var steps = json.GetProperty("unwind").GetProperty("steps").EnumerateArray().ToArray();

        Assert.NotEmpty(steps);
        Assert.InRange(steps[^1].GetProperty("use").GetDouble(), 0, 0.05 + 1e-6);
        Assert.Equal(json.GetProperty("use").GetDouble() - steps[^1].GetProperty("use").GetDouble(), steps.Sum(s => s.GetProperty("released").GetDouble()) / json.GetProperty("equity").GetDouble(), 1e-8);
        var closed = string.Join(" ", steps.Select(s => $"--add {s.GetProperty("instrument").GetString()}={s.GetProperty("quantity").GetString()}")).Split(' ');
        Assert.Equal(steps[^1].GetProperty("use").GetDouble(), Margin(["--preset", "deribit-pm", .. closed]).Json().GetProperty("use").GetDouble(), 1e-6);
    }

    [Fact]
    public void Position_by_position_there_is_no_ladder() =>
        Assert.Equal("LADDER_UNSUPPORTED", Margin("--preset", "deribit-sm", "--unwind", "5%").Json().GetProperty("unwind").GetProperty("refused").GetProperty("code").GetString());

    [Theory]
    [InlineData(2, "--preset: there is no preset `deribit-mp` (UNKNOWN_PRESET); did you mean deribit-pm?", "--preset", "deribit-mp")]
    [InlineData(2, "--add: `BTC-1-C` is no contract that is known; expected INSTRUMENT=QUANTITY such as BTC-25DEC26-90000-P=-5", "--preset", "deribit-pm", "--add", "BTC-1-C=3")]
    [InlineData(3, "MARK_MISSING", "--preset", "deribit-pm", "--add", "BTC-25DEC26-1000-C=3")]
    [InlineData(3, "EXPIRED", "--preset", "deribit-pm", "--add", "BTC-25DEC25-90000-C=3")]
    [InlineData(3, "MIXED_SETTLEMENT", "--preset", "deribit-pm", "--add", "BTC_USDC-PERPETUAL=3")]
    public void What_cannot_be_answered_says_why(int exit, string said, params string[] options)
    {
        var run = Margin(options);

        Assert.Equal(exit, run.ExitCode);
        Assert.Contains(said, run.Err);
        if (exit != 3) return;
        var refused = JsonDocument.Parse(run.Out).RootElement.GetProperty("refused");
        Assert.Equal(said, refused.GetProperty("code").GetString());
        Assert.All(new[] { "field", "value", "reason" }, key => Assert.NotEmpty(refused.GetProperty(key).GetString()!));
    }

    [Theory]
    [InlineData("--spot", "10%..5%:1%")]
    [InlineData("--vol", "-150%")]
    [InlineData("--days", "tomorrow")]
    public void A_wrong_list_says_what_is_wrong_with_it(string option, string list)
    {
        var run = Run("whatif", "--preset", "deribit-pm", option, list);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"{option}: `", run.Err);
    }

    [Fact]
    public void A_preset_of_ones_own_is_taken_and_its_faults_are_shown()
    {
        var good = _folder.File("mine.json", """{ "name": "mine", "source": "me", "asOf": "2026-11-01", "method": "scenarios", "prices": { "moves": [-0.2, 0.2] } }""");
        var bad = _folder.File("bad.json", "{ \"name\": \"mine\", \"source\": \"me\",\n  \"method\": \"guess\" }");

        Assert.Equal("mine", Margin("--preset", good).Json().GetProperty("preset").GetProperty("name").GetString());
        var run = Margin("--preset", bad);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("bad.json:2:13: ", run.Err);
    }

    private Cli Margin(params string[] more) => Run("margin", [.. more, "--json"]);

    private Cli Run(string verb, params string[] more) => Terminal.Run([verb, _book, "--chain", _chain, .. more]);
}
