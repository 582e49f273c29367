using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Ballast.App.Serving.People;

namespace Ballast.App.Serving;

/// <summary>Who is at the desk.</summary>
/// <param name="Id">Names the session and opens nothing: a part of the hash of its cookie.</param>
/// <param name="Csrf">What every act must carry besides the cookie: a foreign page can send the cookie, and cannot read this. Null for a program, whose token no browser sends by itself.</param>
/// <param name="Revision">Of the user who signed in; null for who came by a link or with a token.</param>
internal sealed record Session(string Id, string Name, Role Role, string? Csrf, Instant Since, int? Revision);

/// <summary>When a session ends by itself.</summary>
/// <param name="Idle">After nobody asked anything for so long; a page that only follows events asks nothing.</param>
internal sealed record SessionLimits(Duration Idle, Duration Longest)
{
    public static SessionLimits Here { get; } = new(Duration.FromHours(8), Duration.FromHours(24));

    public static SessionLimits Public { get; } = new(Duration.FromMinutes(30), Duration.FromHours(12));
}

/// <summary>
/// Lets people in by links that work once, or as users, and knows them by their cookie. Only hashes are kept, and in memory: a process that starts knows nobody.
/// </summary>
internal sealed class Sessions(Users users, SessionLimits limits)
{
    public static readonly Duration LinkHolds = Duration.FromHours(1), RaisedFor = Duration.FromMinutes(2);

    private readonly ConcurrentDictionary<string, (string Name, Role Role, Instant Until)> _links = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Held> _sessions = new(StringComparer.Ordinal);

    /// <param name="Raised">Until when one grave act is allowed, since the second factor was given again.</param>
    private sealed record Held(Session Session, Instant Seen, Instant Raised);

    /// <summary>A token for a link that lets one browser in, once.</summary>
    public string Invite(string name, Role role, Instant now)
    {
        var token = Secret();
        _links[Hash(token)] = (name, role, now + LinkHolds);
        return token;
    }

    /// <summary>Uses a link up. The cookie of the new session; null where the token is none, was used, or is too old.</summary>
    public (string Cookie, Session Session)? Enter(string token, Instant now) =>
        _links.TryRemove(Hash(token), out var link) && link.Until >= now ? Begin(link.Name, link.Role, null, now) : null;

    public (string Cookie, Session Session) Enter(User user, Instant now) => Begin(user.Name, user.Role, user.Revision, now);

    /// <summary>Whose cookie it is; null for one that was signed out, is too old, never was, or whose user has changed since.</summary>
    /// <param name="asks">Whether somebody asks something; else only whether the session still holds.</param>
    public Session? Of(string? cookie, Instant now, bool asks = true)
    {
        if (string.IsNullOrEmpty(cookie) || cookie.Length > 100) return null;
        var key = Hash(cookie);
        if (!_sessions.TryGetValue(key, out var held)) return null;
        if (now - held.Seen > limits.Idle || now - held.Session.Since > limits.Longest || held.Session.Revision is { } revision && users.Find(held.Session.Name)?.Revision != revision)
        {
            _sessions.TryRemove(key, out _);
            return null;
        }
        if (asks) Change(key, h => h with { Seen = now });
        return held.Session;
    }

    /// <summary>Allows one grave act, soon.</summary>
    public void Raise(string cookie, Instant now) => Change(Hash(cookie), held => held with { Raised = now + RaisedFor });

    /// <summary>Takes the allowance; true for one of two that ask at once.</summary>
    public bool Spend(string cookie, Instant now)
    {
        var key = Hash(cookie);
        while (_sessions.TryGetValue(key, out var held) && held.Raised >= now)
            if (_sessions.TryUpdate(key, held with { Raised = Instant.MinValue }, held)) return true;
        return false;
    }

    public void Leave(string cookie) => _sessions.TryRemove(Hash(cookie), out _);

    public static bool Same(string? said, string known) =>
        said is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(said), Encoding.UTF8.GetBytes(known));

    private (string, Session) Begin(string name, Role role, int? revision, Instant now)
    {
        foreach (var (key, held) in _sessions)
            if (now - held.Seen > limits.Idle || now - held.Session.Since > limits.Longest) _sessions.TryRemove(key, out _);
        var cookie = Secret();
        var session = new Session(Hash(cookie)[..16], name, role, Secret(), now, revision);
        _sessions[Hash(cookie)] = new(session, now, Instant.MinValue);
        return (cookie, session);
    }

    private void Change(string key, Func<Held, Held> change)
    {
        while (_sessions.TryGetValue(key, out var held))
            if (_sessions.TryUpdate(key, change(held), held)) return;
    }

    private static string Secret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    private static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
