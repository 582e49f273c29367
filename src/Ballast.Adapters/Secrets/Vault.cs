using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ballast.Adapters.Running;

namespace Ballast.Adapters.Secrets;

/// <summary>
/// Keys of venues and channels in one encrypted file: AES-256-GCM for each, under a key made from a passphrase by PBKDF2-HMAC-SHA-512. What an entry is for is
/// authenticated with it, so that no entry can be put in the place of another. A wrong passphrase or a changed byte opens nothing.
/// </summary>
public sealed class Vault
{
    /// <summary>Rounds for a new vault (OWASP asks for at least 210 000 with this function; more costs an attacker more).</summary>
    public const int Rounds = 600_000;

    private const int SaltSize = 16, NonceSize = 12, TagSize = 16;

    private readonly string _path;
    private readonly JsonObject _file;
    private readonly byte[] _key;

    private Vault(string path, JsonObject file, byte[] key) => (_path, _file, _key) = (path, file, key);

    /// <summary>Opens a vault, or begins one where there is none.</summary>
    /// <exception cref="VaultException">The passphrase is wrong, or the file is spoiled.</exception>
    public static Vault Open(string path, string passphrase)
    {
        var fresh = !File.Exists(path);
        var file = fresh ? new JsonObject { ["version"] = 1, ["rounds"] = Rounds, ["salt"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(SaltSize)), ["entries"] = new JsonObject() } : Parse(path);
        try
        {
            var key = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(passphrase), Convert.FromBase64String((string)file["salt"]!), (int)file["rounds"]!, HashAlgorithmName.SHA512, 32);
            var vault = new Vault(path, file, key);
            if (fresh) vault.Put("passphrase", "", "ok", Instant.MinValue); // So that a wrong passphrase is noticed at once.
            else vault.Get("passphrase", "");
            return vault;
        }
        catch (Exception fault) when (fault is NullReferenceException or FormatException or InvalidOperationException or ArgumentException)
        {
            throw new VaultException($"{path} is spoiled: it is not a vault. Restore a backup of it.");
        }
    }

    public IEnumerable<(string Name, string Venue, string Added)> Entries =>
        _file["entries"]!.AsObject().Where(e => e.Key != "passphrase").Select(e => (e.Key, (string?)e.Value?["venue"] ?? "", (string?)e.Value?["added"] ?? ""));

    /// <summary>The secret of a name; null where there is none.</summary>
    /// <exception cref="VaultException">The passphrase is wrong, or the entry was changed.</exception>
    public string? Find(string name) => _file["entries"]?[name] is { } entry ? Get(name, (string?)entry["venue"] ?? "") : null;

    /// <param name="venue">What it is for; authenticated with it.</param>
    public void Put(string name, string venue, string secret, Instant now)
    {
        var (nonce, plain) = (RandomNumberGenerator.GetBytes(NonceSize), Encoding.UTF8.GetBytes(secret));
        var (cipher, tag) = (new byte[plain.Length], new byte[TagSize]);
        using (var aes = new AesGcm(_key, TagSize)) aes.Encrypt(nonce, plain, cipher, tag, Purpose(name, venue));
        CryptographicOperations.ZeroMemory(plain);
        var text = now == Instant.MinValue ? "" : NodaTime.Text.InstantPattern.General.Format(now);
        _file["entries"]!.AsObject()[name] = new JsonObject { ["venue"] = venue, ["added"] = text, ["box"] = Convert.ToBase64String([.. nonce, .. tag, .. cipher]) };
        Save();
    }

    public bool Remove(string name)
    {
        var found = _file["entries"]!.AsObject().Remove(name);
        if (found) Save();
        return found;
    }

    /// <summary>All entries under another passphrase.</summary>
    public Vault Rekey(string passphrase)
    {
        var secrets = Entries.Select(e => (e.Name, e.Venue, e.Added, Secret: Find(e.Name)!)).ToArray();
        var next = Open(_path + ".next", passphrase);
        foreach (var s in secrets) next.Put(s.Name, s.Venue, s.Secret, NodaTime.Text.InstantPattern.General.Parse(s.Added) is { Success: true } at ? at.Value : Instant.MinValue);
        File.Move(_path + ".next", _path, overwrite: true);
        return new Vault(_path, next._file, next._key);
    }

    private string Get(string name, string venue)
    {
        var box = Box(name);
        if (box.Length < NonceSize + TagSize) throw new VaultException($"{_path} is spoiled: {name} is too short. Restore a backup of it.");
        var plain = new byte[box.Length - NonceSize - TagSize];
        try
        {
            using var aes = new AesGcm(_key, TagSize);
            aes.Decrypt(box.AsSpan(0, NonceSize), box.AsSpan(NonceSize + TagSize), box.AsSpan(NonceSize, TagSize), plain, Purpose(name, venue));
            return Encoding.UTF8.GetString(plain);
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new VaultException(name == "passphrase" ? $"The passphrase does not open {_path}." : $"{_path} is spoiled: {name} was changed. Restore a backup of it.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    private byte[] Box(string name)
    {
        try
        {
            return Convert.FromBase64String((string)_file["entries"]![name]!["box"]!);
        }
        catch (Exception fault) when (fault is FormatException or NullReferenceException or ArgumentNullException or InvalidOperationException)
        {
            throw new VaultException($"{_path} is spoiled: {name} cannot be read. Restore a backup of it.");
        }
    }

    private static byte[] Purpose(string name, string venue) => Encoding.UTF8.GetBytes($"ballast vault 1|{name}|{venue}");

    private static JsonObject Parse(string path)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(path)) as JsonObject ?? throw new VaultException($"{path} is spoiled: it is not a vault. Restore a backup of it.");
        }
        catch (JsonException)
        {
            throw new VaultException($"{path} is spoiled: it is not a vault. Restore a backup of it.");
        }
    }

    private void Save()
    {
        WholeFile.Write(_path, _file.ToJsonString(), durable: true);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}

/// <summary>The vault stays closed. The message is for people and holds no secret.</summary>
public sealed class VaultException(string message) : Exception(message);
