using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Ballast.Adapters.Connectors;
using Ballast.Engine.Ports;

namespace Ballast.Tests.Connectors;

/// <summary>Servers that are not who they say: nothing of a key reaches them, and it is said why.</summary>
public class FalseVenueTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("0")]
    public async Task A_certificate_that_nobody_vouches_for_is_refused_before_anything_is_said(string? switchedOff)
    {
        using var certificate = SelfSigned();
        var heard = 0;
        await using var server = Server.Start(async (stream, cancel) =>
        {
            await using var secured = new SslStream(stream);
            try
            {
                await secured.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate, EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13 }, cancel);
                if (await secured.ReadAsync(new byte[1], cancel) > 0) heard++;
            }
            catch (Exception e) when (e is IOException or AuthenticationException)
            {
                // Refused, as it should be.
            }
        });
        Environment.SetEnvironmentVariable("NODE_TLS_REJECT_UNAUTHORIZED", switchedOff);
        try
        {
            var no = await OpenAsync($"https://127.0.0.1:{server.Port}");
            Assert.Contains("certificate", no.Message, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("IN-THE-CLEAR", no.ToString(), StringComparison.Ordinal);
            Assert.Equal(0, heard);
        }
        finally
        {
            Environment.SetEnvironmentVariable("NODE_TLS_REJECT_UNAUTHORIZED", null);
        }
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_to_another_host_is_not_followed(int status)
    {
        var there = new List<string>();
        await using var other = Server.Start((stream, cancel) => AnswerAsync(stream, there, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}", cancel));
        var here = new List<string>();
        await using var server = Server.Start((stream, cancel) => AnswerAsync(stream, here, $"HTTP/1.1 {status} Moved\r\nLocation: http://localhost:{other.Port}/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", cancel));

        var no = await OpenAsync($"http://127.0.0.1:{server.Port}");

        Assert.NotEmpty(here);
        Assert.Empty(there);
        Assert.Contains("redirect", no.Message, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("IN-THE-CLEAR", no.ToString(), StringComparison.Ordinal);
    }

    private static async Task<VenueException> OpenAsync(string rest)
    {
        await using var connector = await ConnectorProcessTests.Started();
        await using var venue = new ConnectedVenue(connector, new VenueAccess("a", new("binance"), new VenueKey("KEY-IN-THE-CLEAR", "SECRET-IN-THE-CLEAR"), Rest: new Uri(rest), Streams: new Uri("ws://127.0.0.1:1")), SystemClock.Instance);
        return await Assert.ThrowsAsync<VenueException>(() => venue.OpenAsync(TestContext.Current.CancellationToken));
    }

    private static async Task AnswerAsync(Stream stream, List<string> heard, string answer, CancellationToken cancel)
    {
        var buffer = new byte[16_384];
        var read = await stream.ReadAsync(buffer, cancel);
        if (read == 0) return;
        lock (heard) heard.Add(Encoding.Latin1.GetString(buffer, 0, read));
        await stream.WriteAsync(Encoding.Latin1.GetBytes(answer), cancel);
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        return X509CertificateLoader.LoadPkcs12(request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1)).Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>A listener on a port of its own.</summary>
    private sealed class Server(TcpListener listener, CancellationTokenSource stop) : IAsyncDisposable
    {
        public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

        public static Server Start(Func<Stream, CancellationToken, Task> serve)
        {
            var (listener, stop) = (new TcpListener(IPAddress.Loopback, 0), new CancellationTokenSource());
            listener.Start();
            _ = ServeAsync(listener, serve, stop.Token);
            return new Server(listener, stop);
        }

        private static async Task ServeAsync(TcpListener listener, Func<Stream, CancellationToken, Task> serve, CancellationToken cancel)
        {
            try
            {
                while (true) _ = OneAsync(await listener.AcceptTcpClientAsync(cancel), serve, cancel);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // It is stopped.
            }
        }

        private static async Task OneAsync(TcpClient client, Func<Stream, CancellationToken, Task> serve, CancellationToken cancel)
        {
            using (client)
                try
                {
                    await serve(client.GetStream(), cancel);
                }
                catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
                {
                    // The other side went.
                }
        }

        public async ValueTask DisposeAsync()
        {
            await stop.CancelAsync();
            listener.Dispose();
            stop.Dispose();
        }
    }
}
