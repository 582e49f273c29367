using System.Buffers.Binary;
using System.Runtime.Intrinsics.X86;

namespace Ballast.Adapters.Journal;

/// <summary>The Castagnoli checksum (RFC 3720, appendix B.4), by the processor where it has it.</summary>
public static class Crc32C
{
    private static readonly uint[] Table = MakeTable();

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = 0xFFFFFFFFu;
        if (Sse42.X64.IsSupported)
        {
            for (; bytes.Length >= 8; bytes = bytes[8..]) crc = (uint)Sse42.X64.Crc32(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            foreach (var b in bytes) crc = Sse42.Crc32(crc, b);
        }
        else foreach (var b in bytes) crc = Table[(byte)(crc ^ b)] ^ (crc >> 8);
        return ~crc;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (var i = 0u; i < 256; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++) value = (value & 1) != 0 ? (value >> 1) ^ 0x82F63B78u : value >> 1;
            table[i] = value;
        }
        return table;
    }
}
