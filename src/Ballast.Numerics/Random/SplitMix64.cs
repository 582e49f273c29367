namespace Ballast.Numerics.Random;

/// <summary>Turns one seed into well-mixed 64-bit words; it fills the state of <see cref="Xoshiro256"/>.</summary>
/// <remarks>Steele, Lea, Flood (2014), "Fast splittable pseudorandom number generators"; constants of Vigna's splitmix64.</remarks>
public sealed class SplitMix64(ulong seed)
{
    private ulong state = seed;

    public ulong Next()
    {
        unchecked
        {
            var z = state += 0x9e3779b97f4a7c15;
            z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
            z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
            return z ^ (z >> 31);
        }
    }
}
