using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Text.Json;

namespace Ballast.Adapters.Connectors;

/// <summary>One end of a JSON-RPC 2.0 conversation over two streams. What comes malformed ends it: no half of a message is ever believed.</summary>
/// <param name="notified">Called for each notification, one after the other; it must not block.</param>
public sealed class RpcPeer(Stream read, Stream write, RpcLimits limits, Action<string, JsonElement> notified) : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };

    private readonly ConcurrentDictionary<long, TaskCompletionSource<JsonElement>> _pending = new();
    private readonly SemaphoreSlim _writing = new(1);
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<Exception> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _last;
    private Task? _reading;

    /// <summary>Completes with the reason when the conversation is over.</summary>
    public Task<Exception> Ended => _ended.Task;

    /// <summary>Begins to read.</summary>
    public void Start() => _reading = Task.Run(ReadAsync);

    /// <summary>Asks, and waits for the answer.</summary>
    /// <exception cref="RpcException">The other side answered with an error.</exception>
    /// <exception cref="ConnectorLostException">There was no whole answer; whether the request was carried out is not known.</exception>
    public async Task<JsonElement> CallAsync(string method, object parameters, CancellationToken cancel)
    {
        var id = Interlocked.Increment(ref _last);
        var answer = _pending[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        if (_ended.Task.IsCompleted) throw new ConnectorLostException("the connector is not running");
        try
        {
            await WriteAsync(new { Jsonrpc = "2.0", Id = id, Method = method, Params = parameters }, cancel).ConfigureAwait(false);
            return await answer.Task.WaitAsync(cancel).ConfigureAwait(false);
        }
        finally
        {
            _pending.TryRemove(id, out _);
        }
    }

    /// <summary>Ends the conversation: whoever waits gets a <see cref="ConnectorLostException"/>.</summary>
    public void End(Exception reason)
    {
        if (!_ended.TrySetResult(reason)) return;
        _stop.Cancel();
        foreach (var waiting in _pending.Values) waiting.TrySetException(new ConnectorLostException(reason.Message, reason));
    }

    public async ValueTask DisposeAsync()
    {
        End(new ObjectDisposedException(nameof(RpcPeer)));
        if (_reading is not null) await _reading.ConfigureAwait(false);
        _stop.Dispose();
        _writing.Dispose();
    }

    private async Task WriteAsync(object message, CancellationToken cancel)
    {
        var frame = RpcFrames.Write(JsonSerializer.SerializeToUtf8Bytes(message, Plain));
        await _writing.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            // Not cancelled half-way: half a message would spoil all that follow.
            await write.WriteAsync(frame, CancellationToken.None).ConfigureAwait(false);
            await write.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            End(e);
            throw new ConnectorLostException("the connector went away", e);
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task ReadAsync()
    {
        var pipe = PipeReader.Create(read);
        try
        {
            while (true)
            {
                var result = await pipe.ReadAsync(_stop.Token).ConfigureAwait(false);
                var buffer = result.Buffer;
                while (RpcFrames.TryRead(ref buffer, limits, out var message)) Take(message);
                pipe.AdvanceTo(buffer.Start, buffer.End);
                if (result.IsCompleted) throw new EndOfStreamException(buffer.IsEmpty ? "the connector ended" : "the connector ended in the middle of a message");
            }
        }
        catch (Exception e) // Whatever it is: whoever waits for an answer must not wait for ever.
        {
            End(e);
        }
        await pipe.CompleteAsync().ConfigureAwait(false);
    }

    private void Take(JsonElement message)
    {
        if (message.ValueKind != JsonValueKind.Object) throw new FormatException("a message that is no object");
        if (message.TryGetProperty("method", out var method) && method.ValueKind == JsonValueKind.String)
        {
            notified(method.GetString()!, message.TryGetProperty("params", out var parameters) ? parameters : default);
            return;
        }
        if (!message.TryGetProperty("id", out var id) || id.ValueKind != JsonValueKind.Number || !id.TryGetInt64(out var number)) throw new FormatException("an answer without an id");
        if (!_pending.TryGetValue(number, out var waiting)) return; // Whoever asked has given up.
        if (message.TryGetProperty("result", out var result)) waiting.TrySetResult(result);
        else if (message.TryGetProperty("error", out var error)) waiting.TrySetException(RpcException.Of(error));
        else throw new FormatException("an answer with neither a result nor an error");
    }
}

/// <summary>The other side said no, in words for people.</summary>
/// <param name="kind">Such as <c>key</c> or <c>unsupported</c>; see the schema's <c>failure</c>.</param>
public sealed class RpcException(string kind, string message) : Exception(message)
{
    public string Kind => kind;

    internal static RpcException Of(JsonElement error) => new(
        error.ValueKind == JsonValueKind.Object && error.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object && data.TryGetProperty("kind", out var kind) ? kind.ToString() : "defect",
        error.ValueKind == JsonValueKind.Object && error.TryGetProperty("message", out var text) ? text.ToString() : "an error without words");
}

/// <summary>The connector went away before it answered. Whatever was asked may have been done.</summary>
public sealed class ConnectorLostException(string message, Exception? cause = null) : Exception(message, cause);
