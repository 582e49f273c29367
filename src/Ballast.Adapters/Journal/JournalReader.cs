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
    public IEnumerable<Frame> Frames() => Read(0, 0);

    /// <summary>What was appended since the last record that was read; what stands before it is not read again. An end that was unfinished then may be whole now.</summary>
    public IEnumerable<Frame> Further()
    {
        if (Fault is { Repairable: true }) Fault = null;
        return Fault is not null ? [] : Last == 0 ? Read(0, 0) : Read(Segment.NumberOf(End.Path) - 1, End.Length);
    }

    private IEnumerable<Frame> Read(int first, long from)
    {
        // Read first: a record that is appended meanwhile only makes the journal longer than this says.
        var (known, spoiled) = new HeadFile(_folder).Read();
        string[] segments = Directory.Exists(_folder) ? [.. Directory.GetFiles(_folder, "*.journal").Order(StringComparer.Ordinal)] : [];
        for (var i = first; i < segments.Length && Fault is null; i++)
        {
            if (Segment.NumberOf(segments[i]) != i + 1) Fault = new(Path.GetFileName(segments[i]), 0, Last + 1, $"{Segment.NameOf(i + 1)} is missing", false);
            else foreach (var frame in FramesOf(segments[i], i == segments.Length - 1, known, i == first ? from : 0)) yield return frame;
        }
        if (Fault is null && known is { } head && head.Sequence > Last)
            Fault = new(Path.GetFileName(End.Path), End.Length, Last + 1, $"records {Last + 1} to {head.Sequence} are missing at the end: the file HEAD knows of them", false);
        if (Fault is null && known is null && !spoiled && Last > 0) Fault = new("HEAD", 0, Last, "it is missing; the records themselves are whole, but whether any are missing at the end cannot be told", true);
        if (Fault is null && spoiled) Fault = new("HEAD", 0, Last, "it is spoiled; the records themselves are whole", true);
    }

    private IEnumerable<Frame> FramesOf(string path, bool isLast, (ulong Sequence, byte[] Hash)? known, long from)
    {
        var name = Path.GetFileName(path);
        if (Rest(path, from) is not { } bytes)
        {
            Fault = new(name, from, Last + 1, "it is shorter than it was", false);
            yield break;
        }
        if (from == 0 && Segment.Fault(bytes, Last + 1, _hash) is { } wrong)
        {
            // A crash while a segment is begun leaves part of a header and no record.
            Fault = new(name, 0, Last + 1, wrong, isLast && bytes.Length < Segment.HeaderSize && (known?.Sequence ?? 0) <= Last);
            End = (path, 0);
            yield break;
        }
        long at = from == 0 ? Segment.HeaderSize : 0;
        while (at < bytes.Length)
        {
            var (frame, size, isShort, reason) = Frame.Read(bytes.AsSpan((int)at), Last + 1, _hash);
            if (frame is null)
            {
                // What a power cut leaves may be a piece of a record or anything else, such as zeros; the latter is believed only where HEAD says that nothing is missing.
                var atTheEnd = isLast && (isShort || at + Math.Max(size, 1) >= bytes.Length || known is not null);
                if (atTheEnd && Frame.IsAfter(bytes.AsSpan((int)at + 1))) (atTheEnd, reason) = (false, reason + ", and a good record follows it");
                Fault = new(name, from + at, Last + 1, reason, atTheEnd && (known?.Sequence ?? 0) <= Last);
                End = (path, from + at);
                yield break;
            }
            at += size;
            (Last, _hash, End) = (frame.Sequence, frame.Hash, (path, from + at));
            if (known is { } head && head.Sequence == Last && !head.Hash.AsSpan().SequenceEqual(_hash)) Fault = new(name, from + at, Last, "it is not the record that the file HEAD knows", false);
            yield return frame with { At = from + at - size };
            if (Fault is not null) yield break;
        }
        if (from == 0 && bytes.Length == Segment.HeaderSize) End = (path, at);
    }

    /// <summary>A file from a place on; null where it ends before it.</summary>
    private static byte[]? Rest(string path, long from)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (file.Length < from) return null;
        file.Seek(from, SeekOrigin.Begin);
        var bytes = new byte[file.Length - from];
        return file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) is var read && read < bytes.Length ? bytes[..read] : bytes;
    }
}
