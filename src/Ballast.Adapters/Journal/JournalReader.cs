namespace Ballast.Adapters.Journal;

/// <summary>Where a journal breaks.</summary>
/// <param name="Repairable">Whether it is only the unfinished end that a crash leaves: nothing that was ever acknowledged is lost with it.</param>
public sealed record JournalFault(string File, long Offset, ulong Record, string Reason, bool Repairable)
{
    public override string ToString() => $"{File}, byte {Offset}, record {Record}: {Reason}";
}

/// <summary>Reads a journal from its first record and proves it whole on the way.</summary>
public sealed class JournalReader
{
    private readonly string _folder;
    private byte[] _hash = new byte[Frame.HashSize];

    public JournalReader(string folder) => _folder = folder;

    /// <summary>The last whole record that was read.</summary>
    public ulong Last { get; private set; }

    /// <summary>The hash of it, in hexadecimal.</summary>
    public string Head => Convert.ToHexStringLower(_hash);

    public ReadOnlySpan<byte> HeadBytes => _hash;

    /// <summary>Null after a whole journal was read to its end.</summary>
    public JournalFault? Fault { get; private set; }

    /// <summary>How far the last segment is whole.</summary>
    public (string Path, long Length) End { get; private set; } = ("", 0);

    /// <summary>Record after record, until the end or the first fault.</summary>
    public IEnumerable<Frame> Frames()
    {
        // Read first: a record that is appended meanwhile only makes the journal longer than this says.
        var (known, spoiled) = new HeadFile(_folder).Read();
        string[] segments = Directory.Exists(_folder) ? [.. Directory.GetFiles(_folder, "*.journal").Order(StringComparer.Ordinal)] : [];
        for (var i = 0; i < segments.Length && Fault is null; i++)
        {
            if (Segment.NumberOf(segments[i]) != i + 1) Fault = new(Path.GetFileName(segments[i]), 0, Last + 1, $"{Segment.NameOf(i + 1)} is missing", false);
            else foreach (var frame in FramesOf(segments[i], i == segments.Length - 1, known)) yield return frame;
        }
        if (Fault is null && known is { } head && head.Sequence > Last)
            Fault = new(Path.GetFileName(End.Path), End.Length, Last + 1, $"records {Last + 1} to {head.Sequence} are missing at the end: the file HEAD knows of them", false);
        if (Fault is null && known is null && !spoiled && Last > 0) Fault = new("HEAD", 0, Last, "it is missing; the records themselves are whole, but whether any are missing at the end cannot be told", true);
        if (Fault is null && spoiled) Fault = new("HEAD", 0, Last, "it is spoiled; the records themselves are whole", true);
    }

    private IEnumerable<Frame> FramesOf(string path, bool isLast, (ulong Sequence, byte[] Hash)? known)
    {
        var bytes = File.ReadAllBytes(path);
        var name = Path.GetFileName(path);
        if (Segment.Fault(bytes, Last + 1, _hash) is { } wrong)
        {
            // A crash while a segment is begun leaves part of a header and no record.
            Fault = new(name, 0, Last + 1, wrong, isLast && bytes.Length < Segment.HeaderSize && (known?.Sequence ?? 0) <= Last);
            End = (path, 0);
            yield break;
        }
        long at = Segment.HeaderSize;
        while (at < bytes.Length)
        {
            var (frame, size, isShort, reason) = Frame.Read(bytes.AsSpan((int)at), Last + 1, _hash);
            if (frame is null)
            {
                // What a power cut leaves may be a piece of a record or anything else, such as zeros; the latter is believed only where HEAD says that nothing is missing.
                var atTheEnd = isLast && (isShort || at + Math.Max(size, 1) >= bytes.Length || known is not null);
                if (atTheEnd && Frame.IsAfter(bytes.AsSpan((int)at + 1))) (atTheEnd, reason) = (false, reason + ", and a good record follows it");
                Fault = new(name, at, Last + 1, reason, atTheEnd && (known?.Sequence ?? 0) <= Last);
                End = (path, at);
                yield break;
            }
            at += size;
            (Last, _hash, End) = (frame.Sequence, frame.Hash, (path, at));
            if (known is { } head && head.Sequence == Last && !head.Hash.AsSpan().SequenceEqual(_hash)) Fault = new(name, at, Last, "it is not the record that the file HEAD knows", false);
            yield return frame with { At = at - size };
            if (Fault is not null) yield break;
        }
        if (bytes.Length == Segment.HeaderSize) End = (path, at);
    }
}
