using Ballast.Adapters.Files;
using Ballast.Numerics.Optimisation;

namespace Ballast.Tests.Adapters.PolicyFiles;

public class PolicyWordsTests
{
    [Fact]
    public void The_smallest_file_is_read_back_in_a_few_sentences() => Assert.Equal(
        """
        Hold BTC 50 %, ETH 30 %, SOL 10 %, USDT 10 %.
        Act at the end of each month, or when an asset is more than 5 points from its target, or when an asset is more than 25 % of its target away from it.
        Then go all the way to the target; sells first, each buy waits for the fill that pays for it.
        Look at rules without a clock at every bar.
        Never sell staked, locked, lent, cold or pledged coins; they count towards their targets.
        No trade below 10 USDT; keep 0.25 % of value in cash.
        Costs assumed: 10 bps of each trade.
        """, Words(Examples.Core));

    [Fact]
    public void Deposits_staking_and_accounts_are_read_back() => Expected.Matches("words-ten-coins.txt", Words(Examples.TenCoins) + "\n");

    [Fact]
    public void Sleeves_taxes_and_limits_are_read_back() => Expected.Matches("words-sixty-forty.txt", Words(Examples.SixtyForty) + "\n");

    [Fact]
    public void Computed_targets_are_read_back() => Expected.Matches("words-computed.txt", Words(Examples.Computed) + "\n");

    [Fact]
    public void Every_method_has_a_sentence_of_its_own()
    {
        var sentences = Enum.GetValues<Method>().Select(m => Words($"version: 1\nname: m\nbase: USDT\ntargets: {{ compute: {{ method: {m.Name()}, assets: [BTC, ETH]{Told(m)} }} }}\nrebalance: {{ when: [] }}\n").Split('\n')[0]).ToArray();
        Assert.Equal(sentences.Length, sentences.Distinct().Count());
        Assert.All(sentences, s => Assert.Contains("BTC and ETH", s));
    }

    private static string Told(Method method) => method switch { Method.TargetReturn => ", return: 20%", Method.TargetVolatility => ", volatility: 20%", _ => "" };

    [Theory]
    [InlineData("  when:\n    - drift: 5%\n", "  when: []\n", "Never act by rule: the list of rules is empty.")]
    [InlineData("    - drift: 5%\n", "    - drift: { over: 5%, under: 10% }\n", "Act when an asset is more than 5 points above or 10 points below its target.")]
    [InlineData("  to: target\n", "  to: 75% of the way\n", "Then go 75 % of the way to the target; sells first, each buy waits for the fill that pays for it.")]
    [InlineData("  to: target\n", "  to: inner-edge\n  mode: cash-flow\n", "Then go half-way from the edge of the band to the target; never sell, and spend only the cash above the buffer.")]
    [InlineData("  to: target\n", "  pause: [ { from: 2026-12-24, until: 2026-12-27T09:00 } ]\n", "Trade nothing from 24 Dec 2026 00:00 until 27 Dec 2026 09:00 (Europe/Berlin).")]
    [InlineData("costs: { fee: 10 bps }\n", "cash: { interest: 4% }\n", "Free USDT earns 4 % a year.")]
    [InlineData("costs: { fee: 10 bps }\n", "cash: { interest: -1% }\n", "Free USDT costs 1 % a year.")]
    [InlineData("costs: { fee: 10 bps }\n", "holdings: { staked: { counts: no }, earn: { sell: last } }\n", "Coins that are lent count, and are sold when nothing else is left.")]
    [InlineData("limits: { minTrade: 10 USDT }\n", "limits: { maxTrade: 500 USDT, maxTrades: 3 }\n", "No trade above 500 USDT; at most 3 trades at a time.")]
    public void Each_word_has_its_sentence(string find, string replace, string sentence)
    {
        Assert.Contains(find, FaultCases.Good);

        Assert.Contains(sentence, Words(FaultCases.Good.Replace(find, replace)).Split('\n'));
    }

    private static string Words(string text)
    {
        var reading = PolicyFile.Read("file.yaml", text);
        Assert.True(reading.Ok, FaultText.Render(reading.Faults));
        return string.Join('\n', PolicyWords.Of(reading.Value!));
    }
}
