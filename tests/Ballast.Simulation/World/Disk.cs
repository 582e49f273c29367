using System.Buffers.Binary;

namespace Ballast.Simulation;

/// <summary>
/// A disk with a cache: what was appended survives a crash only when it was synchronised, or by luck, and the last of it may be torn.
/// It holds the real bytes of records, each in a frame of its length, type and check sum.
/// </summary>
internal sealed class Disk(FaultPlan faults)
{
    private readonly List<byte[]> _durable = [];
    private readonly List<(byte[] Frame, JournalRecord Record)> _cached = [];

    public bool Full { get; set; }

    public int Frames => _durable.Count;

    /// <summary>False where there is no room: then nothing was taken.</summary>
    public bool Append(JournalRecord record, byte[] payload)
    {
        if (Full) return false;
        _cached.Add((Frame(RecordCodec.TypeOf(record), payload), record));
        return true;
    }

    /// <summary>False where the disk failed: what was in its cache is gone, though it may say otherwise when asked once more.</summary>
    public bool Sync()
    {
        if (faults.Strikes(FaultKind.SyncFails))
        {
            _cached.Clear();
            return false;
        }
        foreach (var (frame, _) in _cached) _durable.Add(frame);
        _cached.Clear();
        return true;
    }

    /// <summary>Some of what was only in the cache reaches the disk in its order, and is given back; the rest is lost.</summary>
    public List<JournalRecord> Crash()
    {
        var chance = faults.Of(FaultKind.TornTail);
        var kept = _cached.Count == 0 ? 0 : chance.Below(_cached.Count + 1);
        var records = new List<JournalRecord>(kept);
        foreach (var (frame, record) in _cached[..kept])
        {
            _durable.Add(frame);
            records.Add(record);
        }
        if (kept < _cached.Count && faults.Strikes(FaultKind.TornTail)) _durable.Add(_cached[kept].Frame[..chance.Below(_cached[kept].Frame.Length)]);
        _cached.Clear();
        return records;
    }

    /// <summary>Every whole record; a torn one at the end is cut off.</summary>
    public List<JournalRecord> Replay()
    {
        if (_durable.Count > 0 && !IsWhole(_durable[^1])) _durable.RemoveAt(_durable.Count - 1);
        var records = new List<JournalRecord>(_durable.Count);
        foreach (var frame in _durable)
        {
            if (!IsWhole(frame)) throw new ViolationException("I8", "a broken record that good ones follow");
            records.Add(RecordCodec.Read(BinaryPrimitives.ReadUInt16LittleEndian(frame.AsSpan(4)), frame.AsSpan(6, frame.Length - 10)));
        }
        return records;
    }

    public bool Contains(ReadOnlySpan<byte> text)
    {
        foreach (var frame in _durable)
            if (frame.AsSpan().IndexOf(text) >= 0) return true;
        return false;
    }

    private static byte[] Frame(ushort type, byte[] payload)
    {
        var frame = new byte[payload.Length + 10];
        BinaryPrimitives.WriteInt32LittleEndian(frame, payload.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(frame.AsSpan(4), type);
        payload.CopyTo(frame, 6);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(frame.Length - 4), Sum(frame.AsSpan(0, frame.Length - 4)));
        return frame;
    }

    private static bool IsWhole(byte[] frame) =>
        frame.Length >= 10 && BinaryPrimitives.ReadInt32LittleEndian(frame) == frame.Length - 10
        && BinaryPrimitives.ReadUInt32LittleEndian(frame.AsSpan(frame.Length - 4)) == Sum(frame.AsSpan(0, frame.Length - 4));

    private static uint Sum(ReadOnlySpan<byte> bytes)
    {
        var sum = 2166136261u;
        foreach (var each in bytes) sum = unchecked((sum ^ each) * 16777619u);
        return sum;
    }
}
