using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ballast.Numerics.Backtest;

/// <summary>A set of bars of one history: when a policy looks at its bands, or acts without looking.</summary>
public sealed class BarSet : IEquatable<BarSet>
{
    private readonly ulong[] _words;

    private BarSet(int bars)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bars, 1);
        Bars = bars;
        _words = new ulong[(bars / 64) + 1];
    }

    /// <summary>How many bars the history has.</summary>
    public int Bars { get; }

    public int Count { get; private set; }

    /// <summary>Bars 0, k, 2k, ...</summary>
    public static BarSet Every(int step, int bars)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
        var set = new BarSet(bars);
        for (long bar = 0; bar < bars; bar += step) set.Add((int)bar);
        return set;
    }

    /// <summary>The bars given, in any order.</summary>
    public static BarSet Of(int bars, params ReadOnlySpan<int> members)
    {
        var set = new BarSet(bars);
        foreach (var bar in members)
        {
            if ((uint)bar >= (uint)bars) throw new ArgumentOutOfRangeException(nameof(members), bar, $"the history has {bars} bars");
            set.Add(bar);
        }
        return set;
    }

    public bool Contains(int bar) => (uint)bar < (uint)Bars && ((_words[bar >> 6] >> (bar & 63)) & 1) != 0;

    /// <summary>The first member at or after a bar; <see cref="int.MaxValue"/> when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int NextFrom(int bar)
    {
        var word = bar >> 6;
        var bits = word < _words.Length ? _words[word] >> (bar & 63) : 0;
        if (bits != 0) return bar + BitOperations.TrailingZeroCount(bits);
        for (word++; word < _words.Length; word++)
            if (_words[word] != 0) return (word << 6) + BitOperations.TrailingZeroCount(_words[word]);
        return int.MaxValue;
    }

    /// <summary>Byte b has the bars 8b to 8b + 7, lowest bit first.</summary>
    internal ReadOnlySpan<byte> Bytes => MemoryMarshal.AsBytes(_words.AsSpan());

    public bool Equals(BarSet? other) =>
        ReferenceEquals(this, other)
        || (other is not null && Bars == other.Bars && Count == other.Count && _words.AsSpan().SequenceEqual(other._words));

    public override bool Equals(object? obj) => Equals(obj as BarSet);

    public override int GetHashCode() => HashCode.Combine(Bars, Count, NextFrom(0));

    private void Add(int bar)
    {
        if (!Contains(bar)) Count++;
        _words[bar >> 6] |= 1UL << (bar & 63);
    }
}
