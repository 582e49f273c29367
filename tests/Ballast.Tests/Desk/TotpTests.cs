using System.Security.Cryptography;
using System.Text;
using Ballast.App.Serving.People;

namespace Ballast.Tests.Serving;

/// <summary>Codes by time, against the vectors of RFC 6238 (appendix B) and RFC 4648 (section 10).</summary>
public sealed class TotpTests
{
    private static readonly byte[] Twenty = Encoding.ASCII.GetBytes("12345678901234567890");

    [Theory]
    [InlineData(59, "SHA1", "94287082")]
    [InlineData(59, "SHA256", "46119246")]
    [InlineData(59, "SHA512", "90693936")]
    [InlineData(1111111109, "SHA1", "07081804")]
    [InlineData(1111111109, "SHA256", "68084774")]
    [InlineData(1111111109, "SHA512", "25091201")]
    [InlineData(1111111111, "SHA1", "14050471")]
    [InlineData(1111111111, "SHA256", "67062674")]
    [InlineData(1111111111, "SHA512", "99943326")]
    [InlineData(1234567890, "SHA1", "89005924")]
    [InlineData(1234567890, "SHA256", "91819424")]
    [InlineData(1234567890, "SHA512", "93441116")]
    [InlineData(2000000000, "SHA1", "69279037")]
    [InlineData(2000000000, "SHA256", "90698825")]
    [InlineData(2000000000, "SHA512", "38618901")]
    [InlineData(20000000000, "SHA1", "65353130")]
    [InlineData(20000000000, "SHA256", "77737706")]
    [InlineData(20000000000, "SHA512", "47863826")]
    public void Codes_are_those_that_were_published(long seconds, string hash, string code)
    {
        var secret = Enumerable.Repeat(Twenty, 4).SelectMany(b => b).Take(hash switch { "SHA1" => 20, "SHA256" => 32, _ => 64 }).ToArray();
        Assert.Equal(code, Totp.Code(secret, Totp.StepAt(Instant.FromUnixTimeSeconds(seconds)), 8, new HashAlgorithmName(hash)));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(29, true)]
    [InlineData(-30, true)]
    [InlineData(30, true)]
    [InlineData(60, false)]
    [InlineData(-60, false)]
    public void A_code_holds_for_its_step_and_the_two_beside_it(int later, bool taken)
    {
        var at = Instant.FromUnixTimeSeconds(1_111_111_110);
        Assert.Equal(taken, Totp.Accepted(Twenty, Totp.Code(Twenty, Totp.StepAt(at)), at + Duration.FromSeconds(later), 0) is not null);
    }

    [Fact]
    public void A_code_that_was_used_is_none()
    {
        var at = Instant.FromUnixTimeSeconds(1_111_111_110);
        var step = Totp.Accepted(Twenty, Totp.Code(Twenty, Totp.StepAt(at)), at, 0)!.Value;
        Assert.Null(Totp.Accepted(Twenty, Totp.Code(Twenty, step), at, step));
        Assert.Null(Totp.Accepted(Twenty, Totp.Code(Twenty, step - 1), at, step));
        Assert.NotNull(Totp.Accepted(Twenty, Totp.Code(Twenty, step + 1), at, step));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Secrets_are_written_in_base_32(string text, string written) => Assert.Equal(written, Totp.Base32(Encoding.ASCII.GetBytes(text)));
}
