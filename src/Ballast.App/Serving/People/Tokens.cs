using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Ballast.App.Output;

namespace Ballast.App.Serving.People;

/// <summary>A token that lets a program look, until a day.</summary>
internal sealed record Token(string Name, string Hash, Instant Until);

/// <summary>Tokens of programs: each may look, and nothing else, whatever its name. Only their hashes are kept.</summary>
internal sealed class Tokens(string path)
{
    public const string Begin = "ballast_";

    private readonly PrivateFile<ImmutableSortedDictionary<string, Token>> _file = new(path,
        json => json.ToImmutableSortedDictionary(p => p.Key, p => new Token(p.Key, (string)p.Value!["hash"]!, Commands.Options.Time((string)p.Value["until"]!, "until")!.Value), StringComparer.Ordinal),
        tokens => new(tokens.Select(t => KeyValuePair.Create(t.Key, (JsonNode?)new JsonObject { ["hash"] = t.Value.Hash, ["until"] = Json.Time(t.Value.Until) }))), ImmutableSortedDictionary.Create<string, Token>(StringComparer.Ordinal));

    public IEnumerable<Token> All => _file.Value.Values;

    /// <summary>A new token; it is shown once and kept nowhere.</summary>
    public string Add(string name, Instant until)
    {
        var token = Begin + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        _file.Change(tokens => tokens.SetItem(name, new(name, Of(token), until)));
        return token;
    }

    public bool Remove(string name)
    {
        var found = false;
        _file.Change(tokens => (found = tokens.ContainsKey(name)) ? tokens.Remove(name) : tokens);
        return found;
    }

    public Token? Find(string said, Instant now)
    {
        if (said.Length > 100) return null;
        var hash = Of(said);
        return All.FirstOrDefault(t => t.Hash == hash && now < t.Until);
    }

    private static string Of(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
