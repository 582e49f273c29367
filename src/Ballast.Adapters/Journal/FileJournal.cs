using System.Buffers;
using System.Threading.Channels;
using Ballast.Engine.Ports;
using Ballast.Execution;
using Ballast.Records;
using Microsoft.Win32.SafeHandles;

namespace Ballast.Adapters.Journal;

/// <summary>
/// The journal on files: append-only, hash-chained, one writer, one flush for all that wait. After a flush that failed nothing more is written:
/// what the disk has then nobody knows but the next start, which reads it.
/// </summary>
public sealed class FileJournal : IJournal
{
    private readonly string _folder;
    private readonly long _segmentBytes;
    private readonly TimeProvider _time;
    private readonly JournalDisk _disk;
    private readonly FileStream _lock;
    private readonly HeadFile _headFile;
    private readonly CheckpointFile _checkpoint;
    private readonly long _checkpointEvery;
    private readonly Channel<(IReadOnlyList<JournalRecord> Records, TaskCompletionSource Done)> _waiting = Channel.CreateUnbounded<(IReadOnlyList<JournalRecord>, TaskCompletionSource)>(new() { SingleReader = true });
    private readonly byte[] _hash = new byte[Frame.HashSize];
    private readonly ArrayBufferWriter<byte> _unwritten = new(1 << 16);
    private SafeFileHandle? _segment;
    private long _length;
    private int _number;
    private ulong _last, _epoch;
    private Task _writer = Task.CompletedTask;

    /// <summary>Opens a journal for writing; its end is put in order where a crash left it unfinished.</summary>
    /// <param name="segmentBytes">From when on a new file is begun.</param>
    /// <exception cref="IOException">Another process writes it.</exception>
    public FileJournal(string folder, TimeProvider time, long segmentBytes = 64 * 1024 * 1024) : this(folder, time, segmentBytes, JournalDisk.Real)
    {
    }

    /// <summary>The same with a disk of the caller's: for one that fails.</summary>
    /// <param name="checkpointEvery">After how many records folded at a start the next start need not fold them again.</param>
    public FileJournal(string folder, TimeProvider time, long segmentBytes, JournalDisk disk, long checkpointEvery = 10_000)
    {
        (_folder, _time, _segmentBytes, _headFile, _disk) = (folder, time, segmentBytes, new HeadFile(folder), disk);
        (_checkpoint, _checkpointEvery) = (new CheckpointFile(folder), checkpointEvery);
        Directory.CreateDirectory(folder);
        _lock = Lock(folder);
    }

    public string Head => Convert.ToHexStringLower(_hash);

    /// <summary>What was found and put in order when it was read; null where nothing was.</summary>
    public string? Repaired { get; private set; }

    /// <summary>Records that no checkpoint covered when it was read.</summary>
    public long Folded { get; private set; }

    /// <summary>Flushes so far: fewer than appends where appends overlapped.</summary>
    public long Flushes { get; private set; }

    /// <summary>Every record is proven whole; those that a checkpoint covers are not folded again.</summary>
    public ExecutionState Recall()
    {
        var (state, reader) = Fold(_checkpoint.Read());
        if (reader.Fault is { Repairable: false } broken)
            throw new InvalidDataException($"The journal is not whole: {broken}. Nothing was changed. Restore a backup (`ballast restore`), or look at it with `ballast journal verify`.");
        if (reader.Fault is { File: not "HEAD" } torn) Repair(reader, torn);
        _last = reader.Last;
        reader.HeadBytes.CopyTo(_hash);
        Open(reader.End);
        if (Folded >= _checkpointEvery) _checkpoint.Write(_last, _hash, state);
        _writer = Task.Run(WriteAsync);
        return state;
    }

    /// <summary>A checkpoint counts only where the journal has the very record that it was made at; else every record is folded.</summary>
    private (ExecutionState State, JournalReader Reader) Fold(KeptState? kept)
    {
        var (state, reader) = (ExecutionState.Empty, new JournalReader(_folder));
        Folded = 0;
        foreach (var frame in reader.Frames())
        {
            _epoch = frame.Epoch;
            if (kept is null || frame.Sequence > kept.Sequence) (state, Folded) = (state.After(frame.Record), Folded + 1);
            else if (frame.Sequence == kept.Sequence && frame.Hash.AsSpan().SequenceEqual(kept.Hash)) state = kept.State;
            else if (frame.Sequence == kept.Sequence) return Fold(null);
        }
        return kept is not null && reader.Last < kept.Sequence ? Fold(null) : (state, reader);
    }

    public Task AppendAsync(IReadOnlyList<JournalRecord> records, CancellationToken cancel)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _waiting.Writer.TryWrite((records, done)) ? done.Task : Task.FromException(new IOException("The journal is closed: an earlier write failed."));
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _writer;
        _segment?.Dispose();
        await _lock.DisposeAsync();
    }

    /// <summary>One flush for all that have come meanwhile. A failure is the end: no second try could know what the first one wrote.</summary>
    private async Task WriteAsync()
    {
        var group = new List<(IReadOnlyList<JournalRecord> Records, TaskCompletionSource Done)>();
        while (await _waiting.Reader.WaitToReadAsync())
        {
            group.Clear();
            while (_waiting.Reader.TryRead(out var next)) group.Add(next);
            try
            {
                Write(group);
                foreach (var (_, done) in group) done.SetResult();
            }
            catch (Exception fault) // Whatever it is (a file that may not grow comes as no IOException): the records are not durable.
            {
                _waiting.Writer.TryComplete();
                while (_waiting.Reader.TryRead(out var late)) group.Add(late);
                foreach (var (_, done) in group) done.SetException(new IOException($"The journal cannot be written: {fault.Message}", fault));
                return;
            }
        }
    }

    private void Write(List<(IReadOnlyList<JournalRecord> Records, TaskCompletionSource Done)> group)
    {
        var wall = Instant.FromDateTimeOffset(_time.GetUtcNow());
        Span<byte> hash = stackalloc byte[Frame.HashSize];
        foreach (var (records, _) in group)
            foreach (var record in records)
            {
                if (_length + _unwritten.WrittenCount >= _segmentBytes) Begin();
                if (record is JournalRecord.Started started) _epoch = (ulong)started.Epoch;
                _unwritten.Write(Frame.Write(record, _last + 1, _epoch, wall, _hash, hash));
                _last++;
                hash.CopyTo(_hash);
            }
        Flush();
        Flushes++;
        _headFile.Write(_last, _hash);
    }

    /// <summary>Nothing is kept back: what a failure leaves on the disk is what the disk took, and no more comes later.</summary>
    private void Flush()
    {
        _disk.Write(_segment!, _unwritten.WrittenMemory, _length);
        _length += _unwritten.WrittenCount;
        _unwritten.ResetWrittenCount();
        _disk.Flush(_segment!);
    }

    /// <summary>A crash left the end unfinished; nothing of it was ever acknowledged.</summary>
    private void Repair(JournalReader reader, JournalFault torn)
    {
        using var file = new FileStream(reader.End.Path, FileMode.Open, FileAccess.Write);
        file.SetLength(reader.End.Length);
        file.FlushToDisk();
        Repaired = $"the end of the journal was unfinished and was cut off after record {reader.Last} ({torn.Reason})";
    }

    private void Open((string Path, long Length) end)
    {
        if (end.Path.Length == 0 || end.Length == 0)
        {
            _number = end.Path.Length == 0 ? 0 : Segment.NumberOf(end.Path) - 1;
            Begin();
            return;
        }
        _number = Segment.NumberOf(end.Path);
        _segment = File.OpenHandle(end.Path, FileMode.Open, FileAccess.Write, FileShare.Read);
        _length = end.Length;
    }

    /// <summary>The old segment is on the disk before the new one begins; so is the new one's name.</summary>
    private void Begin()
    {
        if (_segment is not null) Flush();
        _segment?.Dispose();
        _segment = File.OpenHandle(Path.Combine(_folder, Segment.NameOf(++_number)), FileMode.Create, FileAccess.Write, FileShare.Read);
        _length = 0;
        _unwritten.Write(Segment.Header(_last + 1, _hash));
        Flush();
        DiskSync.SyncFolder(_folder);
    }

    private static FileStream Lock(string folder)
    {
        var owner = Path.Combine(folder, "OWNER");
        try
        {
            var file = new FileStream(Path.Combine(folder, "LOCK"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(owner, $"{Environment.ProcessId}\n");
            return file;
        }
        catch (IOException)
        {
            throw new IOException($"Another process{(File.Exists(owner) ? $" (number {File.ReadAllText(owner).Trim()})" : "")} runs this portfolio and writes {folder}. One journal has one writer.");
        }
    }
}
