namespace Ballast.Simulation;

/// <summary>A stream of chance that one seed makes, the same on every machine (splitmix64).</summary>
internal sealed class Chance(ulong seed)
{
    private ulong _state = unchecked(seed * 0x9E3779B97F4A7C15UL + 0xD1B54A32D192ED03UL);

    /// <summary>A stream of its own for one purpose, so that drawing more for it does not shift the others.</summary>
    public static Chance For(ulong seed, string purpose)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in purpose) hash = unchecked((hash ^ letter) * 1099511628211UL);
        return new Chance(unchecked(seed ^ (hash << 1)));
    }

    public ulong Next()
    {
        unchecked
        {
            var z = _state += 0x9E3779B97F4A7C15UL;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }

    public int Below(int count) => (int)(Next() % (ulong)count);

    /// <summary>Both ends included.</summary>
    public long Between(long least, long most) => least + (long)(Next() % (ulong)(most - least + 1));

    public double Unit() => (Next() >> 11) * (1.0 / 9007199254740992.0);

    public bool Happens(double probability) => Unit() < probability;

    public T One<T>(params ReadOnlySpan<T> of) => of[Below(of.Length)];
}
