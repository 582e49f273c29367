using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Ballast.Tests.Adapters;

/// <summary>A server on this machine that keeps what it is sent and answers as it is told.</summary>
internal sealed class Post : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly string _root = $"http://127.0.0.1:{FreePort()}/";

    public Post()
    {
        _listener.Prefixes.Add(_root);
        _listener.Start();
        _ = Task.Run(ListenAsync);
    }

    public ConcurrentQueue<(string Path, string Body, System.Collections.Specialized.NameValueCollection Headers)> Got { get; } = [];

    /// <summary>What is answered, in turn; then always <see cref="Answer"/>.</summary>
    public ConcurrentQueue<int> Answers { get; } = [];

    public int Answer { get; set; } = 200;

    public Uri Address(string path) => new(_root + path);

    public void Dispose() => _listener.Close();

    private async Task ListenAsync()
    {
        try
        {
            while (_listener.IsListening)
            {
                var context = await _listener.GetContextAsync();
                using var reader = new StreamReader(context.Request.InputStream);
                Got.Enqueue((context.Request.RawUrl!, await reader.ReadToEndAsync(), context.Request.Headers));
                context.Response.StatusCode = Answers.TryDequeue(out var next) ? next : Answer;
                if (context.Response.StatusCode == 302) context.Response.RedirectLocation = _root + "elsewhere";
                context.Response.Close();
            }
        }
        catch (Exception fault) when (fault is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
