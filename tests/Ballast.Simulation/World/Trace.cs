using System.Globalization;

namespace Ballast.Simulation;

/// <summary>What happened, as a hash that two runs of one seed must share, and in words where somebody reads them.</summary>
internal sealed class Trace(Timeline time, bool inWords)
{
    private readonly List<string> _lines = [];

    public bool InWords => inWords;

    public ulong Hash { get; private set; } = 14695981039346656037UL;

    public IReadOnlyList<string> Lines => _lines;

    public void Add(string kind, ulong figures)
    {
        Mix((ulong)time.Now);
        foreach (var letter in kind) Mix(letter);
        Mix(figures);
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        foreach (var each in bytes) Mix(each);
    }

    /// <summary>Only for readers; ask <see cref="InWords"/> before making the sentence.</summary>
    public void Say(string sentence) => _lines.Add(string.Create(CultureInfo.InvariantCulture, $"{time.Now / 1000.0,9:0.000}  {sentence}"));

    private void Mix(ulong value) => Hash = unchecked((Hash ^ value) * 1099511628211UL);
}
