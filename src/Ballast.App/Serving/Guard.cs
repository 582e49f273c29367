using System.Text.RegularExpressions;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace Ballast.App.Serving;

/// <summary>What is checked of every request before anybody looks at what it asks: where it was sent, where it came from, how often.</summary>
internal sealed partial class Guard(int port) : IDisposable
{
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

    private readonly HashSet<string> _hosts = [$"127.0.0.1:{port}", $"localhost:{port}"];
    private readonly HashSet<string> _origins = [$"http://127.0.0.1:{port}", $"http://localhost:{port}"];

    private readonly PartitionedRateLimiter<string> _limits = PartitionedRateLimiter.Create<string, string>(kind => RateLimitPartition.GetTokenBucketLimiter(kind, Bucket));

    public static string CookieName(int port) => $"ballast-desk-{port}"; // Cookies are shared by the ports of a host.

    public static void Head(HttpResponse response)
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
    }

    /// <summary>A report has its own script, by the hashes that it carries; it is nobody's origin, so that it cannot ask the desk anything.</summary>
    public static void HeadOfReport(HttpResponse response, string page) =>
        response.Headers.ContentSecurityPolicy = (OwnPolicy().Match(page) is { Success: true } own ? own.Groups[1].Value : "default-src 'none'") + "; frame-ancestors 'none'; sandbox allow-scripts allow-downloads";

    [GeneratedRegex("""http-equiv="Content-Security-Policy" content="([^"]+)["]""")]
    private static partial Regex OwnPolicy();

    /// <exception cref="Problem">It may not go on.</exception>
    public void Check(HttpRequest request)
    {
        if (!_hosts.Contains(request.Host.Value ?? ""))
            throw new Problem(421, "WRONG_HOST", "The desk answers on this machine only, under the address that it printed.");
        var isUnsafe = !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method);
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (request.Path.StartsWithSegments("/api") && site is "cross-site" or "same-site") throw Foreign();
        if (isUnsafe && !IsOurs(request.Headers.Origin.ToString(), site)) throw Foreign();
        Allow(request, isUnsafe, isForeign: site is "cross-site" or "same-site");
    }

    /// <summary>A form of a page that sends no referrer has the origin `null`; its browser says where it came from.</summary>
    private bool IsOurs(string origin, string site) => site is "" or "same-origin" && (_origins.Contains(origin) || origin == "null" && site == "same-origin");

    private static Problem Foreign() => new(403, "FOREIGN_ORIGIN", "Acts come from the desk's own page; another page, or none, is refused. A script sends the desk's address as Origin.");

    /// <summary>Stopping is never too often; and what another site asks does not use up what a person may.</summary>
    private void Allow(HttpRequest request, bool isUnsafe, bool isForeign)
    {
        if (isUnsafe && request.Path.Value is "/stop" or "/api/v1/safety/stop") return;
        var kind = isForeign ? "foreign" : request.Path == "/enter" ? "enter" : isUnsafe && !OnlyAsks(request.Path.Value!) ? "act" : "look";
        using var lease = _limits.AttemptAcquire(kind);
        if (!lease.IsAcquired) throw new Problem(429, "TOO_OFTEN", "Too many requests; wait some seconds. Stopping is always possible.");
    }

    /// <summary>What-ifs have a body and change nothing; a page sends them while a quantity is dragged.</summary>
    private static bool OnlyAsks(string path) => path.EndsWith("/plan", StringComparison.Ordinal) || path.EndsWith("/book/whatif", StringComparison.Ordinal) || path.EndsWith("/runs/estimate", StringComparison.Ordinal);

    private static TokenBucketRateLimiterOptions Bucket(string kind)
    {
        var (burst, perSecond) = kind switch { "enter" or "foreign" => (10, 1), "act" => (60, 5), _ => (600, 100) };
        return new() { TokenLimit = burst, TokensPerPeriod = perSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0, AutoReplenishment = true };
    }

    public void Dispose() => _limits.Dispose();
}
