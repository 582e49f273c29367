using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ballast.App.Serving.People;

namespace Ballast.App.Serving;

/// <summary>Where the desk is reached: this machine alone, or, with a certificate and people who have a second factor, others too.</summary>
internal sealed record Listening(IPAddress Address, int Port, X509Certificate2? Certificate)
{
    public bool IsPublic => !IPAddress.IsLoopback(Address);

    public bool IsSecret => Certificate is not null;

    /// <summary>Names under which it is asked; a request under any other is refused. Elsewhere than on this machine they are those of the certificate.</summary>
    public ImmutableArray<string> Names => IsPublic ? [.. Named(Certificate!)] : ["127.0.0.1", "localhost"];

    public ImmutableArray<string> Hosts => [.. Names.SelectMany(n => Port == (IsSecret ? 443 : 80) ? new[] { n, $"{n}:{Port}" } : [$"{n}:{Port}"])];

    public ImmutableArray<string> Origins => [.. Hosts.Select(h => $"{Scheme}://{h}")];

    public string Url => Origins[0];

    /// <summary>Cookies are shared by the ports of a host. Under TLS the prefix binds it to this host and to TLS (RFC 6265bis, section 4.1.3).</summary>
    public string CookieName => $"{(IsSecret ? "__Host-" : "")}ballast-desk-{Port}";

    private string Scheme => IsSecret ? "https" : "http";

    /// <exception cref="InvalidInputException">The certificate cannot be read.</exception>
    public static X509Certificate2 Load(string certificate, string? key, string? password)
    {
        try
        {
            var isPfx = Path.GetExtension(certificate) is ".pfx" or ".p12";
            var loaded = isPfx ? X509CertificateLoader.LoadPkcs12FromFile(certificate, password)
                : password is null ? X509Certificate2.CreateFromPemFile(certificate, key) : X509Certificate2.CreateFromEncryptedPemFile(certificate, password, key);
            return loaded.HasPrivateKey ? loaded : throw new InvalidInputException($"{certificate}: it has no private key; for a PEM file name it with --certificate-key");
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException or FileNotFoundException or DirectoryNotFoundException)
        {
            // The reason of the platform may quote what it read; a key is never printed.
            throw new InvalidInputException($"{certificate}: no certificate with its private key can be read from it; expected PEM (and --certificate-key) or PFX, and --certificate-password-file where it has a password");
        }
    }

    /// <summary>Why it may not listen so; null where it may.</summary>
    public string? Refused(Users users, string host) =>
        !IsPublic ? null
        : Certificate is null ? $"--host {host}: whoever reaches the desk may stop or approve trades, so that from other machines it answers only under TLS: name --certificate. Or use a tunnel: ssh -L 7411:127.0.0.1:7411 HOST"
        : Names.IsEmpty ? "--certificate: it names no host (subject alternative names without wildcards); the desk answers under those alone"
        : users.All.Any(u => u.Role == Role.Admin) ? null
        : $"--host {host}: nobody could sign in from another machine; enrol an admin first: ballast serve users add NAME --role admin";

    private static IEnumerable<string> Named(X509Certificate2 certificate) => certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
        .SelectMany(names => names.EnumerateDnsNames().Where(n => !n.Contains('*')).Select(n => n.ToLowerInvariant())
            .Concat(names.EnumerateIPAddresses().Select(a => a.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{a}]" : a.ToString())));
}
