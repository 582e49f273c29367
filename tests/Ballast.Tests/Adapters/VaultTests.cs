using System.Text;
using System.Text.Json.Nodes;
using Ballast.Adapters.Secrets;
using Ballast.Tests.App;

namespace Ballast.Tests.Adapters;

public sealed class VaultTests : IDisposable
{
    private const string Passphrase = "a long passphrase, not a word", Canary = "canary-5d1e-secret";

    private static readonly Instant Now = Instant.FromUtc(2026, 11, 23, 12, 0);

    private readonly TemporaryFolder _folder = new();
    private readonly string _path;

    public VaultTests()
    {
        _path = Path.Combine(_folder.Path, "vault.json");
        Vault.Open(_path, Passphrase).Put("desk", "deribit", Canary, Now);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_secret_comes_back_and_stands_nowhere_in_the_file()
    {
        Assert.Equal(Canary, Vault.Open(_path, Passphrase).Find("desk"));
        var text = File.ReadAllText(_path);
        Assert.DoesNotContain(Canary, text, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(Canary)), text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_passphrase_opens_nothing_and_says_nothing_of_what_is_inside()
    {
        var no = Record.Exception(() => Vault.Open(_path, Passphrase + "!").Find("desk"));
        Assert.IsType<VaultException>(no);
        Assert.DoesNotContain("canary", no.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_which_a_character_is_changed_never_gives_another_secret()
    {
        var whole = File.ReadAllText(_path);
        var chance = new Random(2);
        for (var i = 0; i < 6; i++)
        {
            var at = chance.Next(whole.Length);
            File.WriteAllText(_path, whole[..at] + (char)(whole[at] ^ 1) + whole[(at + 1)..]);
            var found = "";
            var fault = Record.Exception(() => found = Vault.Open(_path, Passphrase).Find("desk"));
            Assert.True(fault is VaultException || found is null or Canary, $"at {at}: {fault?.GetType().Name ?? found}");
        }
    }

    [Fact]
    public void A_secret_may_not_be_moved_to_another_account()
    {
        var file = JsonNode.Parse(File.ReadAllText(_path))!;
        var entries = file["entries"]!.AsObject();
        var entry = entries["desk"]!;
        entries.Remove("desk");
        entries["other"] = entry;
        File.WriteAllText(_path, file.ToJsonString());
        Assert.Throws<VaultException>(() => Vault.Open(_path, Passphrase).Find("other"));
    }

    [Fact]
    public void The_passphrase_can_be_changed_and_the_old_one_is_of_no_use_then()
    {
        Vault.Open(_path, Passphrase).Rekey("another passphrase of length");
        Assert.Equal(Canary, Vault.Open(_path, "another passphrase of length").Find("desk"));
        Assert.Throws<VaultException>(() => Vault.Open(_path, Passphrase).Find("desk"));
    }
}
