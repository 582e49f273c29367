using System.Numerics;
using Ballast.Numerics.Statistics;

namespace Ballast.Numerics.Random;

/// <summary>The seeded source of chance: the same seed gives the same draws on every machine.</summary>
/// <remarks>xoshiro256** 1.0 of Blackman and Vigna (2021), "Scrambled linear pseudorandom number generators"; period 2^256 − 1.</remarks>
public sealed class Xoshiro256
{
    private ulong s0, s1, s2, s3;

    /// <summary>A stream that begins at the four words that splitmix64 makes of the seed.</summary>
    public Xoshiro256(ulong seed)
    {
        var mixed = new SplitMix64(seed);
        (s0, s1, s2, s3) = (mixed.Next(), mixed.Next(), mixed.Next(), mixed.Next());
    }

    /// <summary>A stream that begins at a given state, which must not be all zero.</summary>
    public Xoshiro256(ulong s0, ulong s1, ulong s2, ulong s3)
    {
        if ((s0 | s1 | s2 | s3) == 0) throw new ArgumentException("the all-zero state never leaves itself");
        (this.s0, this.s1, this.s2, this.s3) = (s0, s1, s2, s3);
    }

    public ulong Next()
    {
        unchecked
        {
            var result = BitOperations.RotateLeft(s1 * 5, 7) * 9;
            var t = s1 << 17;
            s2 ^= s0;
            s3 ^= s1;
            s1 ^= s2;
            s0 ^= s3;
            s2 ^= t;
            s3 = BitOperations.RotateLeft(s3, 45);
            return result;
        }
    }

    /// <summary>A uniform number in [0, 1): the upper 53 bits of one word.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A standard normal number by the inverse distribution of one uniform number in (0, 1), so that n normals always take n words.</summary>
    public double NextNormal() => Normal.InverseCdf(((Next() >> 11) + 0.5) * (1.0 / (1UL << 53)));

    /// <summary>A uniform whole number in [0, bound), without bias.</summary>
    /// <remarks>Lemire (2019), "Fast random integer generation in an interval": multiply, and draw again in the few cases that would favour small numbers.</remarks>
    public int NextInt(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        var range = (ulong)bound;
        var unfair = unchecked(0UL - range) % range;
        ulong high, low;
        do high = Math.BigMul(Next(), range, out low);
        while (low < unfair);
        return (int)high;
    }
}
