using System.Net;
using System.Text.RegularExpressions;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace Ballast.App.Serving;

/// <summary>What is checked of every request before anybody looks at what it asks: where it was sent, where it came from, how often.</summary>
internal sealed partial class Guard(Listening listening, Entrance entrance) : IDisposable
{
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    private readonly HashSet<string> _hosts = [.. listening.Hosts];
    private readonly HashSet<string> _origins = [.. listening.Origins];

    private readonly PartitionedRateLimiter<(string Who, string Kind)> _limits =
        PartitionedRateLimiter.Create<(string Who, string Kind), (string, string)>(asked => RateLimitPartition.GetTokenBucketLimiter(asked, a => Bucket(a.Item2)));

    public void Head(HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        headers.XFrameOptions = "DENY";
        headers.CacheControl = "no-store";
        if (listening.IsSecret) headers.StrictTransportSecurity = "max-age=31536000";
    }

    /// <summary>A report has its own script, by the hashes that it carries; it is nobody's origin, so that it cannot ask the desk anything.</summary>
    public static void HeadOfReport(HttpResponse response, string page) =>
        response.Headers.ContentSecurityPolicy = (OwnPolicy().Match(page) is { Success: true } own ? own.Groups[1].Value : "default-src 'none'") + "; frame-ancestors 'none'; sandbox allow-scripts allow-downloads";

    [GeneratedRegex("""http-equiv="Content-Security-Policy" content="([^"]+)["]""")]
    private static partial Regex OwnPolicy();

    /// <exception cref="Problem">It may not go on.</exception>
    public void Check(HttpContext http)
    {
        var request = http.Request;
        if (!_hosts.Contains(request.Host.Value?.ToLowerInvariant() ?? ""))
            throw new Problem(421, "WRONG_HOST", "The desk answers only under the address that it printed.");
        var isUnsafe = !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method);
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if ((request.Path.StartsWithSegments("/api") || request.Path.StartsWithSegments("/mcp")) && site is "cross-site" or "same-site") throw Foreign();
        var isProgram = Entrance.Bearer(request) is not null;
        if (isUnsafe && !(isProgram && request.Headers.Origin.Count == 0) && !IsOurs(request.Headers.Origin.ToString(), site)) throw Foreign();
        Allow(http, isUnsafe, isForeign: site is "cross-site" or "same-site");
    }

    /// <summary>A form of a page that sends no referrer has the origin `null`; its browser says where it came from.</summary>
    private bool IsOurs(string origin, string site) => site is "" or "same-origin" && (_origins.Contains(origin) || origin == "null" && site == "same-origin");

    private static Problem Foreign() => new(403, "FOREIGN_ORIGIN", "Acts come from the desk's own page; another page, or none, is refused. A script sends the desk's address as Origin.");

    /// <summary>
    /// Who is known has buckets of his own; strangers share those of their address, so that nobody can use up what another may. Stopping is never too often.
    /// </summary>
    private void Allow(HttpContext http, bool isUnsafe, bool isForeign)
    {
        if (isUnsafe && http.Request.Path.Value is "/stop" or "/api/v1/safety/stop") return;
        var who = isForeign ? "foreign" : entrance.Of(http)?.Id ?? Stranger(http);
        Take(who, isForeign ? "foreign" : isUnsafe ? "act" : "look");
    }

    /// <summary>Counts a wrong link: one that is right never waits for those who guess.</summary>
    /// <exception cref="Problem">There were too many.</exception>
    public void Guessed(HttpContext http) => Take(Stranger(http), "guess");

    private void Take(string who, string kind)
    {
        using var lease = _limits.AttemptAcquire((who, kind));
        if (!lease.IsAcquired) throw new Problem(429, "TOO_OFTEN", "Too many requests; wait some seconds. Stopping is always possible.");
    }

    /// <summary>An IPv6 host has as many addresses as it likes in its network.</summary>
    public static string Stranger(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }

    private static TokenBucketRateLimiterOptions Bucket(string kind)
    {
        var (burst, perSecond) = kind switch { "guess" or "foreign" => (10, 1), "act" => (60, 5), _ => (600, 300) };
        return new() { TokenLimit = burst, TokensPerPeriod = perSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0, AutoReplenishment = true };
    }

    public void Dispose() => _limits.Dispose();
}
