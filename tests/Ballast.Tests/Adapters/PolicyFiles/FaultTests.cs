using Ballast.Adapters.Files;

namespace Ballast.Tests.Adapters.PolicyFiles;

public class FaultTests
{
    public static TheoryData<string> Names => [.. FaultCases.All.Select(c => c.Name)];

    [Theory, MemberData(nameof(Names))]
    public void A_mistake_is_found_where_it_stands_and_said_in_words(string name)
    {
        var wrong = FaultCases.All.Single(c => c.Name == name);

        var reading = PolicyFile.Read("core.yaml", wrong.Text);

        Assert.Null(reading.Value);
        var fault = Assert.Single(reading.Faults);
        Assert.Equal((wrong.Line, wrong.Column, wrong.Code, wrong.Sentence), (fault.Line, fault.Column, fault.Code, fault.Sentence));
    }

    [Fact]
    public void The_file_that_mistakes_are_written_into_has_none() => Assert.Empty(PolicyFile.Read("core.yaml", FaultCases.Good).Faults);

    [Fact]
    public void Every_fault_is_found_in_one_pass_and_told_from_top_to_bottom()
    {
        var text = FaultCases.Good.Replace("USDT: 10%", "USDT: 5%").Replace("drift: 5%", "drift: 5").Replace("minTrade", "mintrade");

        var faults = PolicyFile.Read("core.yaml", text).Faults;

        Assert.Equal(["TARGETS_NOT_NORMALISED", "NO_UNIT", "UNKNOWN_KEY"], faults.Select(f => f.Code));
    }

    [Fact]
    public void Sums_are_checked_at_every_level()
    {
        var text = FaultCases.Good.Replace("  weights: { BTC: 50%, ETH: 30%, SOL: 10%, USDT: 10% }",
            "  sleeves:\n    a: { share: 50%, weights: { BTC: 90% } }\n    b: { share: 40%, weights: { ETH: 110% } }");

        Assert.Equal(["TARGETS_NOT_NORMALISED", "TARGETS_NOT_NORMALISED", "TARGETS_NOT_NORMALISED"], PolicyFile.Read("core.yaml", text).Faults.Select(f => f.Code));
    }

    [Fact]
    public void Thirds_sum_to_one_exactly()
    {
        var policy = PolicyFile.Read("core.yaml", FaultCases.Good.Replace("BTC: 50%, ETH: 30%, SOL: 10%, USDT: 10%", "BTC: 1/3, ETH: 1/3, SOL: 1/3")).Value!;

        Assert.Equal(1m, Assert.IsType<Ballast.Targets.TargetNode.Weights>(policy.Targets).Shares.Sum(s => s.Weight));
    }

    [Theory, InlineData("50%"), InlineData("0.5"), InlineData("1/2"), InlineData(".5"), InlineData("50.0%")]
    public void A_share_has_three_spellings(string half) =>
        Assert.True(PolicyFile.Read("core.yaml", FaultCases.Good.Replace("BTC: 50%", "BTC: " + half)).Ok);

    [Theory]
    [InlineData("  mode: buy-only\n", "CANNOT_RESTORE")]
    [InlineData("  to: least-cost\n", "RISK_AVERSION")]
    [InlineData("  to: target\n  riskAversion: 3\n", "BEYOND_THE_EDGE", "gain: least-cost")]
    [InlineData("  mode: full\n  otherwise: { mode: full, after: 9d }\n", "SAME_MODE")]
    public void What_is_allowed_and_hardly_meant_is_a_warning(string rebalance, string code, string rule = "drift: 5%")
    {
        var reading = PolicyFile.Read("core.yaml", FaultCases.Good.Replace("  to: target\n", rebalance).Replace("- drift: 5%", "- " + rule));

        Assert.True(reading.Ok);
        Assert.Equal(code, Assert.Single(reading.Warnings).Code);
    }

    [Fact]
    public void Line_ends_and_a_byte_order_mark_change_nothing()
    {
        var text = "\uFEFF" + FaultCases.Good.Replace("drift: 5%", "drift: 5").Replace("\n", "\r\n");

        var fault = Assert.Single(PolicyFile.Read("core.yaml", text).Faults);

        Assert.Equal((12, 14, "    - drift: 5"), (fault.Line, fault.Column, fault.Text));
    }

    [Fact]
    public void Names_may_be_written_in_any_script()
    {
        var text = FaultCases.Good.Replace("name: core", "name: Größe 投资 🙂  # ein Kommentar: ja").Replace("drift: 5%", "drift: 5");

        var fault = Assert.Single(PolicyFile.Read("core.yaml", text).Faults);

        Assert.Equal((12, 14), (fault.Line, fault.Column));
        Assert.Equal("Größe 投资 🙂", PolicyFile.Read("core.yaml", text.Replace("drift: 5", "drift: 5%")).Value!.Name);
    }

    [Fact]
    public void A_file_that_is_not_there_is_a_fault() =>
        Assert.Equal("nowhere.yaml:1:1: there is no such file", Assert.Single(PolicyFile.Load("nowhere.yaml").Faults).ToString());

    [Fact]
    public void A_file_beyond_all_measure_is_not_read()
    {
        Assert.Equal("FILE_TOO_LARGE", Assert.Single(PolicyFile.Read("core.yaml", new string(' ', PolicyFile.MaxLength + 1)).Faults).Code);
        Assert.Equal("LINE_TOO_LONG", Assert.Single(PolicyFile.Read("core.yaml", "name: " + new string('x', 20_000)).Faults).Code);
    }

    [Fact]
    public void Faults_without_end_are_cut()
    {
        var text = FaultCases.Good + string.Concat(Enumerable.Range(0, 500).Select(i => $"key{i}: 1\n"));

        var faults = PolicyFile.Read("core.yaml", text).Faults;

        Assert.Equal(101, faults.Length);
        Assert.Contains(faults, f => f.Code == "TOO_MANY_FAULTS");
    }
}
