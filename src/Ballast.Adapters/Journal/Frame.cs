using System.Buffers.Binary;
using System.Security.Cryptography;
using Ballast.Records;

namespace Ballast.Adapters.Journal;

/// <summary>
/// A record on disk: length u32 (of all that follows), type u16, schema u16, sequence u64, epoch u64, wall time i64 (nanoseconds of Unix time), payload,
/// hash of the record before (32), hash of this one (32), CRC-32C u32 of all before it; little-endian. The hash is SHA-256 over the hash before and all from
/// type to payload: whoever knows the last hash knows all records.
/// </summary>
/// <param name="Type">Of <see cref="RecordCodec"/>.</param>
/// <param name="Sequence">From 1, without a gap.</param>
public sealed record Frame(ushort Type, ulong Sequence, ulong Epoch, Instant Wall, byte[] Payload, byte[] Hash)
{
    /// <summary>The hash of the record before.</summary>
    public required byte[] Before { get; init; }

    /// <summary>At which byte of its file it begins.</summary>
    public long At { get; init; }

    public const ushort Schema = 1;
    public const int HashSize = 32;

    /// <summary>A longer record is not one.</summary>
    public const int MostBytes = 16 * 1024 * 1024;

    private const int Head = 4 + 2 + 2 + 8 + 8 + 8, Tail = HashSize + HashSize + 4;

    public JournalRecord Record => RecordCodec.Read(Type, Payload);

    /// <summary>Writes a record behind another.</summary>
    public static byte[] Write(JournalRecord record, ulong sequence, ulong epoch, Instant wall, ReadOnlySpan<byte> before, Span<byte> hash)
    {
        var payload = RecordCodec.Write(record);
        var bytes = new byte[Head + payload.Length + Tail];
        var span = bytes.AsSpan();
        BinaryPrimitives.WriteUInt32LittleEndian(span, (uint)(bytes.Length - 4));
        BinaryPrimitives.WriteUInt16LittleEndian(span[4..], RecordCodec.TypeOf(record));
        BinaryPrimitives.WriteUInt16LittleEndian(span[6..], Schema);
        BinaryPrimitives.WriteUInt64LittleEndian(span[8..], sequence);
        BinaryPrimitives.WriteUInt64LittleEndian(span[16..], epoch);
        BinaryPrimitives.WriteInt64LittleEndian(span[24..], (wall - NodaConstants.UnixEpoch).ToInt64Nanoseconds());
        payload.CopyTo(span[Head..]);
        var end = Head + payload.Length;
        before.CopyTo(span[end..]);
        HashOf(before, span[4..end], hash);
        hash.CopyTo(span[(end + HashSize)..]);
        BinaryPrimitives.WriteUInt32LittleEndian(span[(end + 2 * HashSize)..], Crc32C.Of(span[..(end + 2 * HashSize)]));
        return bytes;
    }

    /// <summary>Reads the record at the start of some bytes.</summary>
    /// <returns>The record and its size; or, without one, whether the bytes merely end too early, and what is wrong.</returns>
    public static (Frame? Frame, int Size, bool Short, string Fault) Read(ReadOnlySpan<byte> bytes, ulong sequence, ReadOnlySpan<byte> before)
    {
        if (bytes.Length < 4) return (null, 0, true, "it ends within a length");
        var size = (long)BinaryPrimitives.ReadUInt32LittleEndian(bytes) + 4;
        if (size is < Head + Tail or > MostBytes) return (null, 0, false, $"a length of {size - 4} bytes is none");
        if (bytes.Length < size) return (null, 0, true, "it ends within a record");
        bytes = bytes[..(int)size];
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[^4..]) != Crc32C.Of(bytes[..^4])) return (null, (int)size, false, "the checksum is wrong");
        var end = bytes.Length - Tail;
        Span<byte> hash = stackalloc byte[HashSize];
        HashOf(before, bytes[4..end], hash);
        if (!bytes.Slice(end, HashSize).SequenceEqual(before) || !bytes.Slice(end + HashSize, HashSize).SequenceEqual(hash)) return (null, (int)size, false, "the chain of hashes is broken");
        if (BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]) is var schema && schema > Schema) return (null, (int)size, false, $"it was written by a later version (schema {schema})");
        if (BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]) is var found && found != sequence) return (null, (int)size, false, $"record {sequence} is missing, {found} stands there");
        var wall = NodaConstants.UnixEpoch + Duration.FromNanoseconds(BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]));
        return (new Frame(BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]), found, BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]), wall, bytes[Head..end].ToArray(), hash.ToArray()) { Before = before.ToArray() }, (int)size, false, "");
    }

    /// <summary>Whether a good record stands anywhere in some bytes: what precedes it is then damage, not an end that was never written.</summary>
    public static bool IsAfter(ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= Head + Tail; bytes = bytes[1..])
        {
            var size = (long)BinaryPrimitives.ReadUInt32LittleEndian(bytes) + 4;
            if (size is < Head + Tail or > MostBytes || size > bytes.Length || BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]) is 0 or > Schema) continue;
            if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[((int)size - 4)..]) == Crc32C.Of(bytes[..((int)size - 4)])) return true;
        }
        return false;
    }

    private static void HashOf(ReadOnlySpan<byte> before, ReadOnlySpan<byte> content, Span<byte> hash)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(before);
        sha.AppendData(content);
        sha.GetHashAndReset(hash);
    }
}
