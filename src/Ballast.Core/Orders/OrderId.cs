using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Ballast.Orders;

/// <summary>
/// The client id of one order: 128 bits in the form of a version-4 UUID, written as 32 lower-case hexadecimal digits, which every venue takes.
/// It is made from what the order is for, so that the same plan and the same journal give the same ids; an id is sent at most once.
/// </summary>
public readonly record struct OrderId(UInt128 Value) : IComparable<OrderId>
{
    /// <summary>The first sixteen bits of every id of ours, by which our orders are found again.</summary>
    private const ushort Tag = 0xBA11;

    /// <summary>How the text of every id of ours begins.</summary>
    public static string Mark { get; } = Tag.ToString("x4", CultureInfo.InvariantCulture);

    /// <summary>The id of an attempt at a leg of a plan in an account.</summary>
    public static OrderId Of(string account, string planId, int leg, int attempt)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{account}|{planId}|{leg}|{attempt}")), hash);
        BinaryPrimitives.WriteUInt16BigEndian(hash, Tag);
        hash[6] = (byte)(hash[6] & 0x0F | 0x40); // Version and variant bits of RFC 9562: some venues may check them.
        hash[8] = (byte)(hash[8] & 0x3F | 0x80);
        return new OrderId(BinaryPrimitives.ReadUInt128BigEndian(hash));
    }

    /// <summary>Whether it carries our tag: made by this project, though perhaps by another journal.</summary>
    public bool IsOurs => (ushort)(Value >> 112) == Tag;

    /// <summary>Reads any of the forms that venues give back: plain, with dashes, with <c>0x</c>.</summary>
    public static bool TryParse(string? text, out OrderId id)
    {
        var digits = text is null ? "" : (text.StartsWith("0x", StringComparison.Ordinal) ? text[2..] : text).Replace("-", "", StringComparison.Ordinal);
        var ok = UInt128.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) && digits.Length == 32;
        id = new OrderId(ok ? value : 0);
        return ok;
    }

    public int CompareTo(OrderId other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);

    public static bool operator <(OrderId left, OrderId right) => left.Value < right.Value;
    public static bool operator >(OrderId left, OrderId right) => left.Value > right.Value;
    public static bool operator <=(OrderId left, OrderId right) => left.Value <= right.Value;
    public static bool operator >=(OrderId left, OrderId right) => left.Value >= right.Value;
}
