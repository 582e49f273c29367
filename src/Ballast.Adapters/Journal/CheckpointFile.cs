using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using Ballast.Execution;

namespace Ballast.Adapters.Journal;

/// <summary>What the records up to one of them leave.</summary>
/// <param name="Sequence">Of that record.</param>
/// <param name="Hash">Of that record: it proves all before it.</param>
internal sealed record KeptState(ulong Sequence, byte[] Hash, ExecutionState State);

/// <summary>
/// The file CHECKPOINT beside the journal: the eight letters BALLASTC, version u32, sequence u64, hash of that record (32), the state as JSON, SHA-256 of all before it;
/// little-endian. A file that is missing, damaged or of another version is as good as none: the records say the same.
/// </summary>
internal sealed class CheckpointFile(string folder)
{
    private const uint Version = 1;
    private const int Head = 8 + 4 + 8 + 32, Tail = 32;

    private readonly string _path = Path.Combine(folder, "CHECKPOINT");

    public KeptState? Read()
    {
        if (!File.Exists(_path)) return null;
        var bytes = File.ReadAllBytes(_path).AsSpan();
        if (bytes.Length < Head + Tail || !bytes[..8].SequenceEqual("BALLASTC"u8) || BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]) != Version) return null;
        if (!SHA256.HashData(bytes[..^Tail]).AsSpan().SequenceEqual(bytes[^Tail..])) return null;
        try
        {
            return new(BinaryPrimitives.ReadUInt64LittleEndian(bytes[12..]), bytes[20..Head].ToArray(), ExecutionState.Of(bytes[Head..^Tail]));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The file appears whole or not at all.</summary>
    public void Write(ulong sequence, ReadOnlySpan<byte> hash, ExecutionState state)
    {
        var json = state.ToCheckpoint();
        var bytes = new byte[Head + json.Length + Tail];
        "BALLASTC"u8.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), Version);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(12), sequence);
        hash.CopyTo(bytes.AsSpan(20));
        json.CopyTo(bytes.AsSpan(Head));
        SHA256.HashData(bytes.AsSpan(0, bytes.Length - Tail), bytes.AsSpan(bytes.Length - Tail));
        using (var file = File.Create(_path + ".new"))
        {
            file.Write(bytes);
            file.FlushToDisk();
        }
        File.Move(_path + ".new", _path, overwrite: true);
        DiskSync.SyncFolder(folder);
    }
}
