using System.Buffers.Binary;
using System.Globalization;

namespace Ballast.Adapters.Journal;

/// <summary>
/// A file of the journal: a header (the eight letters BALLASTJ, version u32, zero u32, first sequence u64, hash of the record before the first 32, CRC-32C u32 of all
/// before it; little-endian), then records. Its name is its number, eight digits.
/// </summary>
internal static class Segment
{
    public const int HeaderSize = 8 + 4 + 4 + 8 + 32 + 4;

    private const uint Version = 1;

    public static byte[] Header(ulong first, ReadOnlySpan<byte> before)
    {
        var bytes = new byte[HeaderSize];
        "BALLASTJ"u8.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), Version);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(16), first);
        before.CopyTo(bytes.AsSpan(24));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(56), Crc32C.Of(bytes.AsSpan(0, 56)));
        return bytes;
    }

    public static string NameOf(int number) => number.ToString("d8", CultureInfo.InvariantCulture) + ".journal";

    public static int NumberOf(string path) => int.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    /// <summary>What is wrong with a header that should continue a chain; null where nothing is.</summary>
    public static string? Fault(ReadOnlySpan<byte> bytes, ulong first, ReadOnlySpan<byte> before) =>
        bytes.Length < HeaderSize ? "it ends within its header"
        : bytes[..8].SequenceEqual("BALLASTJ"u8) && BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]) is var version && version != Version && Crc32C.Of(bytes[..56]) == BinaryPrimitives.ReadUInt32LittleEndian(bytes[56..])
            ? $"it is of version {version}, and this program knows version {Version}: take the program that wrote it"
        : !bytes[..HeaderSize].SequenceEqual(Header(first, before)) ? "its header does not continue the file before it"
        : null;
}

/// <summary>The last record that is known to be durable: beside the segments, so that a cut of whole records is noticed. Written after each flush, without one.</summary>
internal sealed class HeadFile(string folder)
{
    private readonly string _path = Path.Combine(folder, "HEAD");

    public void Write(ulong sequence, ReadOnlySpan<byte> hash)
    {
        Span<byte> bytes = stackalloc byte[8 + 32 + 4];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, sequence);
        hash.CopyTo(bytes[8..]);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[40..], Crc32C.Of(bytes[..40]));
        using var file = File.OpenHandle(_path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
        RandomAccess.Write(file, bytes, 0);
    }

    /// <summary>What it knows, or that it is spoiled; neither where there is none.</summary>
    public ((ulong Sequence, byte[] Hash)? Known, bool Spoiled) Read()
    {
        if (!File.Exists(_path)) return (null, false);
        var bytes = File.ReadAllBytes(_path);
        return bytes.Length == 44 && BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(40)) == Crc32C.Of(bytes.AsSpan(0, 40))
            ? ((BinaryPrimitives.ReadUInt64LittleEndian(bytes), bytes[8..40]), false) : (null, true);
    }
}
