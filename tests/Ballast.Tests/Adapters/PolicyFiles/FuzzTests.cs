using System.Diagnostics;
using System.Text;
using Ballast.Adapters.Files;
using Ballast.Numerics.Random;

namespace Ballast.Tests.Adapters.PolicyFiles;

/// <summary>Good files with something done to them: whatever comes, the answer is a policy or faults, soon and not at length.</summary>
public class FuzzTests
{
    private static readonly string[] Good = [Examples.Core, Examples.TenCoins, Examples.SixtyForty, Examples.VolBook, Examples.Computed, FaultCases.Good];

    private static readonly string[] Shards =
    [
        "9999999999999999999999999999999", "-0", "1e308", "NaN", "0.0000000000000000000000000000001", "%", "{", "}", "[", "]", ": ", "- ", "&a ", "*a", "!!str ", "|\n", ">\n",
        "\"", "'", "\t", "\0", "\\U00110000", "\"\\xZZ\"", "\"\\U00110000\"", "\"\\uD800\"", "#", "---\n", "...\n", "? ", "%YAML 9.9\n", "%TAG ! !\n", "<<: *a", "\u2028", "\uD83D", "每", "{{{{{{{{{{", "..", "1/0", "0x..9x",
        "99999999999w", "79228162514264337593543950335 BTC", "1 year", "* * 31 2 *", "every: 999999999999 days", "null", "~", "@", "`",
    ];

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public void A_damaged_file_gives_a_policy_or_faults(int seed)
    {
        var random = new Xoshiro256((ulong)seed);
        for (var i = 0; i < 500; i++)
        {
            var text = Good[random.NextInt(Good.Length)];
            for (var n = random.NextInt(4); n >= 0; n--) text = Damage(text, random);
            MustAnswer(text);
        }
    }

    [Theory]
    [InlineData("[", ""), InlineData("{a: ", ""), InlineData("- ", ""), InlineData("[\n", ""), InlineData("? ", ""), InlineData("a:\n", ""), InlineData("&a ", ""), InlineData("\"", "")]
    [InlineData("a: 1\n", ""), InlineData("{", "}"), InlineData("'", "'"), InlineData("*a ", ""), InlineData("# x\n", ""), InlineData("- &a [*a]\n", ""), InlineData("x,", "]"), InlineData("%\n", "")]
    public void A_mebibyte_of_one_thing_is_answered_in_time(string head, string tail)
    {
        var clock = Stopwatch.StartNew();

        MustAnswer(string.Concat(Enumerable.Repeat(head, (1 << 20) / (head.Length + tail.Length) - 1)) + tail);

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"it took {clock.Elapsed}");
    }

    private static void MustAnswer(string text)
    {
        var reading = PolicyFile.Read("fuzz.yaml", text);

        Assert.True(reading.Value is not null ^ !reading.Faults.IsEmpty, text);
        Assert.All(reading.Faults, f => Assert.True(f is { Line: >= 1, Column: >= 1, Length: >= 1 } && f.Column <= f.Text.Length + 1, $"{f}\n{text}"));
        Assert.InRange(reading.Faults.Length + reading.Warnings.Length, 0, 201);
        Assert.InRange(FaultText.Render(reading.Faults).Length, 1, 60_000);
        if (reading.Value is { } policy) Assert.NotEmpty(PolicyWords.Of(policy));
    }

    private static string Damage(string text, Xoshiro256 random)
    {
        var lines = text.Split('\n').ToList();
        int line = random.NextInt(lines.Count), at = random.NextInt(text.Length + 1);
        switch (random.NextInt(8))
        {
            case 0: return text.Length == 0 ? text : text.Remove(Math.Min(at, text.Length - 1), 1);
            case 1: return Flip(text, random);
            case 2: lines.RemoveAt(line); break;
            case 3: lines.Insert(random.NextInt(lines.Count), lines[line]); break;
            case 4: lines[line] = new string(' ', random.NextInt(9)) + lines[line].TrimStart(); break;
            case 5: return text[..at];
            case 6: (lines[0], lines[line]) = (lines[line], lines[0]); break;
            default: return text.Insert(at, Shards[random.NextInt(Shards.Length)]);
        }
        return string.Join('\n', lines);
    }

    private static string Flip(string text, Xoshiro256 random)
    {
        if (text.Length == 0) return text;
        var bytes = Encoding.UTF8.GetBytes(text);
        bytes[random.NextInt(bytes.Length)] ^= (byte)(1 << random.NextInt(8));
        return Encoding.UTF8.GetString(bytes);
    }
}
