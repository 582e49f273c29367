using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Ballast.App.Serving.People;

/// <summary>Who may sign in with a password and a second factor.</summary>
/// <param name="Recovery">Hashes of the codes that stand in for the second factor, each once.</param>
/// <param name="Last">The last step whose code was used: a code works once.</param>
/// <param name="Revision">Grows with every change of role, password or factor; a session of an older one has ended.</param>
internal sealed record User(string Name, Role Role, Password Password, byte[] Secret, ImmutableArray<string> Recovery, long Last, int Revision)
{
    public JsonObject ToJson() => new()
    {
        ["role"] = Role.ToString().ToLowerInvariant(), ["password"] = Password.ToJson(), ["secret"] = Convert.ToBase64String(Secret), ["recovery"] = Output.Json.Texts(Recovery), ["last"] = Last, ["revision"] = Revision,
    };

    public static User Of(string name, JsonNode json) => new(name, Enum.Parse<Role>((string)json["role"]!, ignoreCase: true), Password.Of(json["password"]!), Convert.FromBase64String((string)json["secret"]!),
        [.. json["recovery"]!.AsArray().Select(r => (string)r!)], (long)json["last"]!, (int)json["revision"]!);
}

/// <summary>What a person is given once, when enrolled: for the authenticator app, and to be kept on paper.</summary>
internal sealed record Enrolment(string Address, ImmutableArray<string> Recovery);

/// <summary>The people of the desk, in a file that only its owner may read. Passwords and recovery codes are there as hashes; the second factor's secret must be there as it is.</summary>
internal sealed class Users(string path)
{
    private const int Codes = 10;

    private readonly PrivateFile<ImmutableSortedDictionary<string, User>> _file = new(path,
        json => json.ToImmutableSortedDictionary(p => p.Key, p => User.Of(p.Key, p.Value!), StringComparer.Ordinal),
        users => new(users.Select(u => KeyValuePair.Create(u.Key, (JsonNode?)u.Value.ToJson()))), ImmutableSortedDictionary.Create<string, User>(StringComparer.Ordinal));

    public IEnumerable<User> All => _file.Value.Values;

    public User? Find(string name) => _file.Value.GetValueOrDefault(name);

    /// <summary>Adds a person, or gives one a new password and a new second factor.</summary>
    public Enrolment Enrol(string name, Role role, string password)
    {
        var (secret, recovery) = (RandomNumberGenerator.GetBytes(Totp.SecretSize), Enumerable.Range(0, Codes).Select(_ => Recover()).ToImmutableArray());
        var kept = Password.Of(password);
        _file.Change(users => users.SetItem(name, new(name, role, kept, secret, [.. recovery.Select(Hash)], 0, Next(users, name))));
        return new(Totp.Address(name, secret), recovery);
    }

    public bool Change(string name, Func<User, User> change)
    {
        var found = false;
        _file.Change(users => (found = users.TryGetValue(name, out var user)) ? users.SetItem(name, change(user!) with { Revision = Next(users, name) }) : users);
        return found;
    }

    public bool Remove(string name)
    {
        var found = false;
        _file.Change(users => (found = users.ContainsKey(name)) ? users.Remove(name) : users);
        return found;
    }

    /// <summary>Uses a code up: one of the authenticator, or, where they are taken, of recovery.</summary>
    public bool Spend(string name, string code, Instant now, bool orRecovery)
    {
        var right = false;
        _file.Change(users =>
        {
            if (!users.TryGetValue(name, out var user)) return users;
            if (Totp.Accepted(user.Secret, code, now, user.Last) is { } step) (right, user) = (true, user with { Last = step });
            else if (orRecovery && user.Recovery.IndexOf(Hash(code)) is >= 0 and var place) (right, user) = (true, user with { Recovery = user.Recovery.RemoveAt(place) });
            return users.SetItem(name, user);
        });
        return right;
    }

    /// <summary>Revisions are drawn, so that a person who was removed and added again has no session of before.</summary>
    private static int Next(ImmutableSortedDictionary<string, User> users, string name) => users.TryGetValue(name, out var user) ? user.Revision + 1 : RandomNumberGenerator.GetInt32(1, 1 << 30);

    /// <summary>A hundred and twenty bits, in six groups: so many that a plain hash of it cannot be guessed.</summary>
    private static string Recover() => string.Join('-', Totp.Base32(RandomNumberGenerator.GetBytes(15)).ToLowerInvariant().Chunk(4).Select(c => new string(c)));

    private static string Hash(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code.Trim().ToLowerInvariant())));
}
