using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Ballast.Adapters.Secrets;

namespace Ballast.App.Serving.People;

/// <summary>What is kept of a password: PBKDF2-HMAC-SHA-512 with a salt of its own, which costs a guesser as much as the vault's passphrase.</summary>
internal sealed record Password(int Rounds, byte[] Salt, byte[] Hash)
{
    private const int Least = 15, Most = 128;

    /// <summary>For names that nobody has: looking for one takes as long as for any other.</summary>
    public static Password Nobody { get; } = new(Vault.Rounds, new byte[16], new byte[32]);

    public static Password Of(string text)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        return new(Vault.Rounds, salt, Derive(text, Vault.Rounds, salt));
    }

    public bool Is(string text) => text.Length <= Most && CryptographicOperations.FixedTimeEquals(Derive(text, Rounds, Salt), Hash);

    /// <summary>Why a password is too easy; null for a good one. Length is what counts; nothing is asked of its characters but that they are not always the same.</summary>
    public static string? Fault(string text, string name) =>
        text.Length < Least ? $"it has {text.Length} characters; at least {Least} are wanted: four or five words do"
        : text.Length > Most ? $"it has more than {Most} characters"
        : text.Distinct().Count() < 6 ? "it has fewer than 6 different characters"
        : text.Contains(name, StringComparison.OrdinalIgnoreCase) || text.Contains("ballast", StringComparison.OrdinalIgnoreCase) ? "it holds the name of the person or of the program"
        : null;

    public JsonObject ToJson() => new() { ["rounds"] = Rounds, ["salt"] = Convert.ToBase64String(Salt), ["hash"] = Convert.ToBase64String(Hash) };

    public static Password Of(JsonNode json) => new((int)json["rounds"]!, Convert.FromBase64String((string)json["salt"]!), Convert.FromBase64String((string)json["hash"]!));

    private static byte[] Derive(string text, int rounds, byte[] salt) => Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(text), salt, rounds, HashAlgorithmName.SHA512, 32);
}
