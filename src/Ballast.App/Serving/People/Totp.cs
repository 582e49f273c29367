using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Ballast.App.Serving.People;

/// <summary>Codes by time (RFC 6238) as authenticator apps make them: HMAC-SHA-1, six digits, a new one each thirty seconds.</summary>
internal static class Totp
{
    public const int StepSeconds = 30, SecretSize = 20;

    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static long StepAt(Instant at) => at.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>The code of a step (RFC 4226, section 5.3).</summary>
    public static string Code(byte[] secret, long step, int digits = 6, HashAlgorithmName? hash = null)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        var mac = CryptographicOperations.HmacData(hash ?? HashAlgorithmName.SHA1, secret, counter);
        var number = BinaryPrimitives.ReadUInt32BigEndian(mac.AsSpan(mac[^1] & 0xf)) & 0x7fff_ffff;
        return (number % (uint)Math.Pow(10, digits)).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
    }

    /// <summary>The step whose code it is: this one or a neighbour, for clocks that differ, and later than the last that was used. Null where it is none.</summary>
    public static long? Accepted(byte[] secret, string code, Instant now, long last)
    {
        long? found = null;
        for (var step = StepAt(now) - 1; step <= StepAt(now) + 1; step++)
            if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(code), Encoding.UTF8.GetBytes(Code(secret, step))) && step > last) found = step;
        return found;
    }

    /// <summary>What an authenticator app reads, typed or as a picture.</summary>
    public static string Address(string name, byte[] secret) => $"otpauth://totp/Ballast:{Uri.EscapeDataString(name)}?secret={Base32(secret)}&issuer=Ballast";

    public static string Base32(byte[] bytes)
    {
        var text = new StringBuilder();
        var (bits, held) = (0, 0);
        foreach (var b in bytes)
            for ((bits, held) = (bits << 8 | b, held + 8); held >= 5; held -= 5, bits &= (1 << held) - 1) text.Append(Alphabet[bits >> (held - 5)]);
        return held == 0 ? text.ToString() : text.Append(Alphabet[bits << (5 - held)]).ToString();
    }
}
