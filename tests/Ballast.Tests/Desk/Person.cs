using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ballast.App.Serving;
using Ballast.App.Serving.People;
using Ballast.Tests.App;

namespace Ballast.Tests.Serving;

/// <summary>Somebody with a password and an authenticator, whose codes are used in their order.</summary>
internal sealed class Person
{
    public const string Password = "four words of no meaning";

    private readonly DeskProcess _desk;
    private readonly byte[] _secret;
    private long _last;

    public Person(DeskProcess desk, string name, Users users, Role role)
    {
        (_desk, Name) = (desk, name);
        Recovery = users.Enrol(name, role, Password).Recovery;
        _secret = users.Find(name)!.Secret;
    }

    public string Name { get; }

    public ImmutableArray<string> Recovery { get; }

    /// <summary>A code that was not used yet: three are taken in any half minute.</summary>
    public string Code()
    {
        var now = Totp.StepAt(SystemClock.Instance.GetCurrentInstant());
        _last = Math.Max(_last + 1, now - 1);
        for (; _last > now + 1; now = Totp.StepAt(SystemClock.Instance.GetCurrentInstant())) Thread.Sleep(500);
        return Totp.Code(_secret, _last);
    }

    public Said SignIn(string? password = null, string? code = null, string? name = null) =>
        _desk.Nobody.Form("/sign-in", ("name", name ?? Name), ("password", password ?? Password), ("code", code ?? Code()));

    public Visitor Inside()
    {
        var answer = SignIn();
        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        return new Visitor(_desk.Address, answer.Header("Set-Cookie")!.Split(';')[0]);
    }
}

/// <summary>Certificates that nobody but a test trusts.</summary>
internal static class Certificates
{
    public static (string Certificate, string Key) Write(TemporaryFolder folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=desk", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
        return (folder.File("desk.pem", certificate.ExportCertificatePem()), folder.File("desk.key", key.ExportPkcs8PrivateKeyPem()));
    }
}
