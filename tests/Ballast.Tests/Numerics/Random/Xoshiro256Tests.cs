using Ballast.Numerics.Random;
using Ballast.Numerics.Statistics;

namespace Ballast.Tests.Numerics.Random;

public class Xoshiro256Tests
{
    [Fact]
    public void Splitmix_gives_the_published_words_for_seed_zero()
    {
        var mixed = new SplitMix64(0);
        ulong[] published = [0xe220a8397b1dcdaf, 0x6e789e6aa1b965f4, 0x06c45d188009454f, 0xf88bb8a8724c81ec, 0x1b39896a51a8749b];
        Assert.Equal(published, published.Select(_ => mixed.Next()));
    }

    [Fact]
    public void Splitmix_gives_the_published_words_for_another_seed()
    {
        var mixed = new SplitMix64(1234567);
        ulong[] published = [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821];
        Assert.Equal(published, published.Select(_ => mixed.Next()));
    }

    [Fact]
    public void Xoshiro_gives_the_published_words_for_state_one_two_three_four()
    {
        var chance = new Xoshiro256(1, 2, 3, 4);
        ulong[] published =
        [
            11520, 0, 1509978240, 1215971899390074240, 1216172134540287360, 607988272756665600,
            16172922978634559625, 8476171486693032832, 10595114339597558777, 2904607092377533576,
        ];
        Assert.Equal(published, published.Select(_ => chance.Next()));
    }

    [Fact]
    public void A_seed_is_mixed_before_it_becomes_the_state()
    {
        var chance = new Xoshiro256(42);
        ulong[] computed = [1546998764402558742, 6990951692964543102, 12544586762248559009, 17057574109182124193];
        Assert.Equal(computed, computed.Select(_ => chance.Next()));
    }

    [Fact]
    public void The_state_of_zeros_is_refused() => Assert.Throws<ArgumentException>(() => new Xoshiro256(0, 0, 0, 0));

    [Fact]
    public void A_word_that_would_favour_small_numbers_is_drawn_again()
    {
        // The second state word of zero makes the first output zero, one of the 2^64 mod 7 = 2 words too many.
        var (drawn, words) = (new Xoshiro256(1, 0, 3, 4), new Xoshiro256(1, 0, 3, 4));
        Assert.Equal(0UL, words.Next());
        Assert.Equal((int)Math.BigMul(words.Next(), 7UL, out _), drawn.NextInt(7));
        Assert.Equal(words.Next(), drawn.Next());
    }

    [Fact]
    public void Whole_numbers_fall_evenly()
    {
        var chance = new Xoshiro256(7);
        var counts = new int[7];
        for (var i = 0; i < 70_000; i++) counts[chance.NextInt(7)]++;
        // Chi-square with 6 degrees of freedom: 22.5 is exceeded once in a thousand.
        Assert.InRange(counts.Sum(c => (c - 10_000.0) * (c - 10_000.0) / 10_000), 0, 22.5);
    }

    [Fact]
    public void Uniform_and_normal_numbers_have_their_moments()
    {
        var chance = new Xoshiro256(11);
        double[] uniform = [.. Enumerable.Range(0, 100_000).Select(_ => chance.NextDouble())];
        var normal = Moments.Of([.. Enumerable.Range(0, 100_000).Select(_ => chance.NextNormal())]);
        Assert.All(uniform, u => Assert.InRange(u, 0, 1 - 1e-17));
        Assert.Equal(0.5, uniform.Average(), 0.004);
        Assert.Equal(0, normal.Mean, 0.013);
        Assert.Equal(1, normal.SampleDeviation, 0.01);
        Assert.Equal(3, normal.Kurtosis, 0.07);
    }
}
