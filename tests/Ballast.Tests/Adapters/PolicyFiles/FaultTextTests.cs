using Ballast.Adapters.Files;

namespace Ballast.Tests.Adapters.PolicyFiles;

public class FaultTextTests
{
    [Fact]
    public void Faults_are_shown_with_their_line_and_a_caret()
    {
        var text = FaultText.Render([
            new("core.yaml", 7, 12, 42, "A", "the weights sum to 95 %", "expected 100 %, or `cash: rest` beside them", "  weights: { BTC: 50%, ETH: 30%, SOL: 10%, USDT: 5% }"),
            new("core.yaml", 10, 14, 1, "B", "5 has no unit", "did you mean 5%?", "    - drift: 5"),
            new("core.yaml", 1, 1, 1, "C", "`name` is missing", "", ""),
        ]);

        Assert.Equal("""
            core.yaml:7:12: the weights sum to 95 %; expected 100 %, or `cash: rest` beside them
              7 |   weights: { BTC: 50%, ETH: 30%, SOL: 10%, USDT: 5% }
                |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
            core.yaml:10:14: 5 has no unit; did you mean 5%?
             10 |     - drift: 5
                |              ^
            core.yaml:1:1: `name` is missing
            3 faults. Nothing was written.

            """, text);
    }

    [Theory]
    [InlineData("\tx: 5", 5, " x: 5", 4)]
    [InlineData("投资: 5", 5, "投资: 5", 6)]
    [InlineData("e\u0301: 5", 5, "e\u0301: 5", 3)]
    [InlineData("🙂: 5", 5, "🙂: 5", 4)]
    public void The_caret_stands_under_its_word_whatever_the_width_of_the_letters(string line, int column, string shown, int before)
    {
        var text = FaultText.Render([new("f", 1, column, 1, "A", "wrong", "", line)]).Split('\n');

        Assert.Equal("  1 | " + shown, text[1]);
        Assert.Equal("    | " + new string(' ', before) + "^", text[2]);
    }

    [Theory, InlineData(1), InlineData(60), InlineData(300), InlineData(600)]
    public void A_long_line_is_cut_around_the_caret(int column)
    {
        var line = new string('a', column - 1) + "X" + new string('b', 600 - column);

        var text = FaultText.Render([new("f", 1, column, 1, "A", "wrong", "", line)]).Split('\n');

        Assert.All(text, row => Assert.True(row.Length <= 80, row));
        Assert.Equal('X', text[1][text[2].IndexOf('^')]);
    }

    [Fact]
    public void One_fault_is_one() => Assert.EndsWith("1 fault. Nothing was written.\n", FaultText.Render([new("f", 1, 1, 1, "A", "wrong", "", "x")]));
}
