using System.Buffers.Binary;
using System.IO.Compression;

namespace Ballast.Adapters.Files;

/// <summary>
/// Tells a whole gzip file from one that was cut short: the platform's reader hands out what it has and stays silent.
/// A member ends in the length of its text modulo 2^32 (RFC 1952, 2.3.1, ISIZE), little-endian.
/// </summary>
internal static class Gzip
{
    /// <summary>Of a member without text: ten bytes of header, two of deflate, eight of check sum and length.</summary>
    public const int LeastLength = 20;

    private static ReadOnlySpan<byte> MemberStart => [0x1F, 0x8B, 0x08];

    /// <summary>The length of the text that the last four bytes claim.</summary>
    public static uint ClaimedLength(byte[] packed, int length) => BinaryPrimitives.ReadUInt32LittleEndian(packed.AsSpan(length - 4, 4));

    /// <summary>Whether the file is several members joined, of which the last is whole.</summary>
    public static bool EndsInWholeMember(byte[] packed, int length)
    {
        var claimed = ClaimedLength(packed, length);
        for (var tries = 0; tries < 16; tries++)
        {
            var start = packed.AsSpan(0, length).LastIndexOf(MemberStart);
            if (start <= 0) return false;
            if (TextLength(packed, start, length) == claimed) return true;
            length = start;
        }
        return false;
    }

    private static uint? TextLength(byte[] packed, int start, int end)
    {
        try
        {
            using var gzip = new GZipStream(new MemoryStream(packed, start, end - start, writable: false), CompressionMode.Decompress);
            var (buffer, sum) = (new byte[65_536], 0L);
            while (gzip.Read(buffer) is var got and > 0) sum += got;
            return unchecked((uint)sum);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
