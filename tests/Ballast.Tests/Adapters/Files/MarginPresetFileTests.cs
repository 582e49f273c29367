using Ballast.Adapters.Files;
using Ballast.Margin;
using Ballast.Money;
using Ballast.Numerics.Margin;

namespace Ballast.Tests.Adapters.Files;

public class MarginPresetFileTests
{
    private const string Plain = """{ "name": "mine", "source": "a page", "method": "scenarios", "prices": { "range": 0.1, "buckets": 2 } }""";

    [Theory]
    [InlineData("deribit-pm", "BTC", "deribit_spm_btc_2024")]
    [InlineData("deribit-pm", "ETH", "deribit_spm_eth_2026")]
    [InlineData("DERIBIT_PM", "ETH", "deribit_spm_eth_2026")]
    [InlineData("deribit-spm-btc-2024", "ETH", "deribit_spm_btc_2024")]
    [InlineData("deribit-sm", "SOL", "deribit_sm_sol_usdc")]
    [InlineData("tims", "SOL", "tims_equity")]
    [InlineData("deribit-pm", "SOL", null)]
    [InlineData("deribit", "BTC", null)]
    public void A_family_finds_the_newest_for_the_coin(string name, string coin, string? found) => Assert.Equal(found, MarginPresetFile.BuiltIn.Find(name, new Asset(coin))?.Name);

    [Fact]
    public void Every_preset_says_where_it_is_from() => Assert.All(MarginPresetFile.BuiltIn.All, p => Assert.True(p.Source.Length > 5 && p.Verified.Length > 5 && p.Name.Length > 3, p.Name));

    [Fact]
    public void The_parameters_are_those_of_the_specification()
    {
        var rules = Assert.IsType<MarginRules.Scenarios>(MarginPresetFile.BuiltIn.Find("deribit_spm_eth_2026", null)!.Rules);
        var expected = new ScenarioRules(ScenarioRules.Grid(0.18, 4, [-0.66, -0.33, 0.5, 1, 2, 3, 4, 5]), new(0.4, 0.25) { UpFloor = 0.5, ShortPower = 0.3, LongPower = 0.13 })
        {
            Edge = 0.18, Dampener = 200_000, GainsKept = 0.6, GainsCap = 20_000_000, Roll = new(0.05, 0.005), Liquidity = new(20_000_000, 4e-6, 0.1), MaintenanceFactor = 0.8, Decimals = 9,
        };

        Assert.Equal(expected.Scenarios, rules.Rules.Scenarios);
        Assert.Equal(expected with { Scenarios = rules.Rules.Scenarios }, rules.Rules);
        Assert.True(rules.FloorOpen);
    }

    [Fact]
    public void A_preset_grows_stale_after_90_days()
    {
        var preset = MarginPresetFile.BuiltIn.Find("deribit_spm_eth_2026", null)!;

        Assert.False(preset.Stale(Instant.FromUtc(2026, 5, 16, 0, 0)));
        Assert.True(preset.Stale(Instant.FromUtc(2026, 5, 17, 0, 0)));
        Assert.Equal(91, preset.Age(Instant.FromUtc(2026, 5, 17, 0, 0)));
        Assert.False(MarginPresetFile.BuiltIn.Find("tims", null)!.Stale(Instant.FromUtc(2036, 1, 1, 0, 0)));
    }

    [Fact]
    public void A_users_own_file_is_read()
    {
        var preset = MarginPresetFile.Read("mine.json", Plain).Value!;

        Assert.Equal(("mine", "mine", "not said"), (preset.Name, preset.Family, preset.Verified));
        Assert.Equal(15, ((MarginRules.Scenarios)preset.Rules).Rules.Scenarios.Count);
    }

    [Fact]
    public void Scenarios_one_by_one_and_far_moves_with_weights_are_read()
    {
        var text = Plain.Replace("""{ "range": 0.1, "buckets": 2 }""", """{ "scenarios": [[-0.1, "down", 1], [100, "up", 0.5]], "inMoney": true }, "far": { "moves": [1, 2], "weights": [0.3, 0.2] }""", StringComparison.Ordinal);
        var rules = ((MarginRules.Scenarios)MarginPresetFile.Read("mine.json", text).Value!.Rules).Rules;

        Assert.Equal([new(-0.1, VolatilityState.Down), new(100, VolatilityState.Up, 0.5), new(1, VolatilityState.Up, 0.3, true), new(2, VolatilityState.Up, 0.2, true)], rules.Scenarios);
    }

    [Theory]
    [InlineData("\"name\": \"mine\", ", "", 1, "MISSING_KEY", "`name` is missing")]
    [InlineData("\"range\": 0.1", "\"range\": 16", 1, "OUT_OF_RANGE", "expected 0.001 to 0.999")]
    [InlineData("\"range\": 0.1", "\"rnage\": 0.1", 1, "UNKNOWN_KEY", "did you mean range?")]
    [InlineData("\"scenarios\"", "\"scenario\"", 1, "UNKNOWN_VALUE", "scenario")]
    [InlineData("\"buckets\": 2 }", "\"buckets\": 2 }, \"far\": { \"moves\": [1, 2], \"weights\": [1] }", 1, "WRONG_COUNT", "there are 1 weights for 2 moves")]
    [InlineData("{ \"range\": 0.1, \"buckets\": 2 }", "{ \"scenarios\": [[0.1, \"up\"]] }", 1, "WRONG_SHAPE", "this is not a scenario")]
    [InlineData("{ \"range\": 0.1, \"buckets\": 2 }", "{ \"moves\": [] }", 1, "EMPTY", "`prices` has no scenario")]
    [InlineData("\"buckets\": 2 }", "\"buckets\": 2 }, \"roll\": { \"annual\": \"much\" }", 1, "BAD_VALUE", "`much` is not a number")]
    [InlineData("}", "", 1, "YAML_SYNTAX", "this is not YAML")]
    public void A_fault_has_its_place(string what, string instead, int line, string code, string said)
    {
        var fault = MarginPresetFile.Read("mine.json", Plain.Replace(what, instead, StringComparison.Ordinal)).Faults[0];

        Assert.Equal((code, line), (fault.Code, fault.Line));
        Assert.Contains(said, fault.Sentence);
    }
}
