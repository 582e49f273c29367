using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Ballast.Engine.Ports;

namespace Ballast.Adapters.Connectors;

/// <summary>
/// The connector's process: started, pinged, and started again with back-off when it dies or answers nonsense. Nothing that was asked is asked again:
/// whoever waited when it died gets a <see cref="ConnectorLostException"/>, and whoever has an account in it opens it anew.
/// </summary>
public sealed class ConnectorProcess(ConnectorPlace place, ConnectorTimes times) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, IConnectorTenant> _tenants = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _starting = new(1);
    private volatile RpcPeer? _peer;
    private Process? _process;
    private Task? _watching;

    /// <summary>The process at hand; 0 where there is none. For those who want to see it die.</summary>
    public int ProcessId => _process is { } process ? process.Id : 0;

    /// <summary>Starts it, if it is not running, and waits for its first answer.</summary>
    /// <exception cref="VenueException">It does not start, or does not answer.</exception>
    public async Task StartAsync(CancellationToken cancel)
    {
        await _starting.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            if (_peer is not null) return;
            var peer = await LaunchAsync(cancel).ConfigureAwait(false);
            _watching ??= Task.Run(() => WatchAsync(peer), CancellationToken.None);
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>Asks the running process.</summary>
    /// <exception cref="RpcException">It said no.</exception>
    /// <exception cref="ConnectorLostException">It went away, or is away, or did not answer in time.</exception>
    public async Task<JsonElement> CallAsync(string method, object parameters, CancellationToken cancel)
    {
        var peer = _peer ?? throw new ConnectorLostException("the connector is not running");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(times.Answer);
        try
        {
            return await peer.CallAsync(method, parameters, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new ConnectorLostException($"the connector did not answer '{method}' within {times.Answer.TotalSeconds:0.#} s");
        }
    }

    /// <summary>Tells a tenant of what concerns its account, until it is forgotten.</summary>
    public void Register(string account, IConnectorTenant tenant) => _tenants[account] = tenant;

    public void Forget(string account) => _tenants.TryRemove(account, out _);

    /// <summary>Ends the process at once, as if it had died: its word can no longer be trusted.</summary>
    public void Reset(Exception reason) => _peer?.End(reason);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _peer?.End(new ObjectDisposedException(nameof(ConnectorProcess)));
        if (_watching is not null) await _watching.ConfigureAwait(false);
        Kill();
        _stop.Dispose();
        _starting.Dispose();
    }

    private async Task<RpcPeer> LaunchAsync(CancellationToken cancel)
    {
        Kill();
        var start = new ProcessStartInfo(place.Node) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add(place.Script);
        // It has no business with the vault, and takes no venue whose certificate is wrong.
        foreach (var ours in (string[])["BALLAST_PASSPHRASE", "BALLAST_PASSPHRASE_FILE", "NODE_TLS_REJECT_UNAUTHORIZED"]) start.Environment.Remove(ours);
        try
        {
            _process = Process.Start(start) ?? throw new VenueException("the connector did not start");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new VenueException($"the connector did not start: {e.Message}", e);
        }
        _process.ErrorDataReceived += (_, _) => { }; // What a crash prints could hold secrets; it is read and dropped.
        _process.BeginErrorReadLine();
        var peer = new RpcPeer(_process.StandardOutput.BaseStream, _process.StandardInput.BaseStream, new RpcLimits(), Notified);
        peer.Start();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel, _stop.Token);
        limit.CancelAfter(times.Start);
        try
        {
            await peer.CallAsync("ping", new { }, limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is RpcException or ConnectorLostException or OperationCanceledException && !cancel.IsCancellationRequested)
        {
            peer.End(e);
            throw new VenueException($"the connector did not answer after its start: {e.Message}", e);
        }
        return _peer = peer;
    }

    private async Task WatchAsync(RpcPeer peer)
    {
        while (!_stop.IsCancellationRequested)
        {
            var reason = await PingUntilLostAsync(peer).ConfigureAwait(false);
            _peer = null;
            Kill();
            if (_stop.IsCancellationRequested) return;
            foreach (var tenant in _tenants.Values) tenant.Lost(reason.Message);
            peer = await AgainAsync().ConfigureAwait(false) is { } next ? next : peer;
            if (_stop.IsCancellationRequested) return;
            foreach (var tenant in _tenants.Values) tenant.Back();
        }
    }

    private async Task<Exception> PingUntilLostAsync(RpcPeer peer)
    {
        while (!_stop.IsCancellationRequested)
        {
            if (await Task.WhenAny(peer.Ended, Task.Delay(times.Ping)).ConfigureAwait(false) == peer.Ended) break;
            try
            {
                await peer.CallAsync("ping", new { }, CancellationToken.None).WaitAsync(times.Answer).ConfigureAwait(false);
            }
            catch (Exception e) when (e is TimeoutException or RpcException or ConnectorLostException)
            {
                peer.End(new TimeoutException("the connector did not answer a ping", e));
            }
        }
        return peer.Ended.IsCompleted ? await peer.Ended.ConfigureAwait(false) : new ObjectDisposedException(nameof(ConnectorProcess));
    }

    private async Task<RpcPeer?> AgainAsync()
    {
        for (var wait = times.Again; ; wait = wait * 2 < times.AgainMost ? wait * 2 : times.AgainMost)
        {
            try
            {
                await Task.Delay(wait, _stop.Token).ConfigureAwait(false);
                return await LaunchAsync(_stop.Token).ConfigureAwait(false);
            }
            catch (VenueException)
            {
                // Once more, later.
            }
            catch (OperationCanceledException)
            {
                return null;
            }
        }
    }

    private void Notified(string method, JsonElement parameters)
    {
        if (_tenants.TryGetValue(Wire.Text(parameters, "account"), out var tenant)) tenant.Notified(method, parameters);
    }

    private void Kill()
    {
        if (Interlocked.Exchange(ref _process, null) is not { } process) return;
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has gone already.
        }
        process.Dispose();
    }
}

/// <summary>How long is waited for what.</summary>
/// <param name="Start">For the first answer after a start.</param>
/// <param name="Answer">For any other; longer than the connector itself waits for a venue.</param>
/// <param name="Ping">Between two pings.</param>
/// <param name="Again">Before the first new start; doubles up to <paramref name="AgainMost"/>.</param>
public sealed record ConnectorTimes(TimeSpan Start, TimeSpan Answer, TimeSpan Ping, TimeSpan Again, TimeSpan AgainMost)
{
    public static ConnectorTimes Usual { get; } = new(TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(15));
}

/// <summary>Who has an account in the connector.</summary>
public interface IConnectorTenant
{
    /// <summary>A notification for the account; a <see cref="FormatException"/> ends the connection. Must not block.</summary>
    void Notified(string method, JsonElement parameters);

    /// <summary>The process is gone, and all that it knew.</summary>
    void Lost(string reason);

    /// <summary>A new process is there; it knows no account.</summary>
    void Back();
}
