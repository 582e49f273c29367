using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Ballast.App.Serving;

/// <summary>Who is at the desk.</summary>
/// <param name="Csrf">What every act must carry besides the cookie: a foreign page can send the cookie, and cannot read this.</param>
internal sealed record Session(string Name, Role Role, string Csrf, Instant Since);

/// <summary>
/// Lets people in by links that work once, and knows them by their cookie. Only hashes are kept, and in memory: a process that starts knows nobody.
/// </summary>
internal sealed class Sessions
{
    public static readonly Duration LinkHolds = Duration.FromHours(1), LongestSession = Duration.FromHours(24), LongestPause = Duration.FromHours(8);

    private readonly ConcurrentDictionary<string, (string Name, Role Role, Instant Until)> _links = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (Session Session, Instant Seen)> _sessions = new(StringComparer.Ordinal);

    /// <summary>A token for a link that lets one browser in, once.</summary>
    public string Invite(string name, Role role, Instant now)
    {
        var token = Secret();
        _links[Hash(token)] = (name, role, now + LinkHolds);
        return token;
    }

    /// <summary>Uses a link up. The cookie of the new session; null where the token is none, was used, or is too old.</summary>
    public (string Cookie, Session Session)? Enter(string token, Instant now)
    {
        if (!_links.TryRemove(Hash(token), out var link) || link.Until < now) return null;
        var (cookie, session) = (Secret(), new Session(link.Name, link.Role, Secret(), now));
        _sessions[Hash(cookie)] = (session, now);
        return (cookie, session);
    }

    /// <summary>Whose cookie it is; null for one that was signed out, is too old, or never was.</summary>
    public Session? Of(string? cookie, Instant now)
    {
        if (string.IsNullOrEmpty(cookie) || cookie.Length > 100) return null;
        var key = Hash(cookie);
        if (!_sessions.TryGetValue(key, out var known)) return null;
        if (now - known.Seen > LongestPause || now - known.Session.Since > LongestSession)
        {
            _sessions.TryRemove(key, out _);
            return null;
        }
        _sessions.TryUpdate(key, known with { Seen = now }, known);
        return known.Session;
    }

    public void Leave(string cookie) => _sessions.TryRemove(Hash(cookie), out _);

    public static bool Same(string? said, string known) =>
        said is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(said), Encoding.UTF8.GetBytes(known));

    private static string Secret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    private static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
