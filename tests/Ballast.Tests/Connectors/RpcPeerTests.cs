using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Ballast.Adapters.Connectors;

namespace Ballast.Tests.Connectors;

public sealed class RpcPeerTests : IAsyncDisposable
{
    private readonly Pipe _toUs = new();
    private readonly Pipe _fromUs = new();
    private readonly List<string> _notified = [];
    private readonly RpcPeer _peer;

    public RpcPeerTests()
    {
        _peer = new RpcPeer(_toUs.Reader.AsStream(), _fromUs.Writer.AsStream(), new RpcLimits(Body: 1000, Header: 100, Depth: 8), (method, p) => { lock (_notified) _notified.Add(method + Wire.Text(p, "x")); });
        _peer.Start();
    }

    [Fact]
    public async Task An_answer_reaches_whoever_asked_in_whatever_pieces_it_comes()
    {
        foreach (var piece in Enumerable.Range(1, 40))
        {
            var asked = _peer.CallAsync("ping", new { }, CancellationToken.None);
            var bytes = Framed($$$"""{"jsonrpc":"2.0","id":{{{piece}}},"result":{"n":{{{piece}}}}}""");
            foreach (var part in bytes.Chunk(piece)) await _toUs.Writer.WriteAsync(part);
            Assert.Equal(piece, (await asked).GetProperty("n").GetInt32());
        }
    }

    [Fact]
    public async Task Answers_may_come_in_another_order_than_the_questions()
    {
        var first = _peer.CallAsync("a", new { }, CancellationToken.None);
        var second = _peer.CallAsync("b", new { }, CancellationToken.None);
        await _toUs.Writer.WriteAsync((byte[])[.. Framed("""{"jsonrpc":"2.0","id":2,"result":2}"""), .. Framed("""{"jsonrpc":"2.0","method":"up","params":{"x":"!"}}"""), .. Framed("""{"jsonrpc":"2.0","id":1,"result":1}""")]);
        Assert.Equal((1, 2), ((await first).GetInt32(), (await second).GetInt32()));
        Assert.Equal(["up!"], _notified);
    }

    [Fact]
    public async Task A_no_is_told_with_its_kind()
    {
        var asked = _peer.CallAsync("open", new { }, CancellationToken.None);
        await _toUs.Writer.WriteAsync(Framed("""{"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"the key is refused","data":{"kind":"key"}}}"""));
        var no = await Assert.ThrowsAsync<RpcException>(() => asked);
        Assert.Equal(("key", "the key is refused"), (no.Kind, no.Message));
    }

    [Theory]
    [InlineData("Content-Length: 99999999\r\n\r\n{}", "bytes")]
    [InlineData("Content-Length: -5\r\n\r\n{}", "bytes")]
    [InlineData("Content-Length: 2x\r\n\r\n{}", "bytes")]
    [InlineData("Content-Type: text\r\n\r\n{}", "without Content-Length")]
    [InlineData("Content-Length: 5\r\n\r\n{\"a\":", "no JSON")]
    [InlineData("Content-Length: 18\r\n\r\n[[[[[[[[[]]]]]]]]]", "no JSON")]
    [InlineData("Content-Length: 2\r\n\r\n[]", "no object")]
    [InlineData("Content-Length: 17\r\n\r\n{\"id\":1,\"wrong\":2}", "no JSON")]
    [InlineData("Content-Length: 8\r\n\r\n{\"id\":1}", "neither")]
    [InlineData("Content-Length: 21\r\n\r\n{\"id\":\"1\",\"result\":1}", "without an id")]
    public async Task What_is_no_message_ends_the_conversation_and_whoever_waits_has_no_answer(string bytes, string why)
    {
        var asked = _peer.CallAsync("send", new { }, CancellationToken.None);
        await _toUs.Writer.WriteAsync(Encoding.UTF8.GetBytes(bytes));
        var lost = await Assert.ThrowsAsync<ConnectorLostException>(() => asked);
        Assert.Contains(why, lost.Message, StringComparison.Ordinal);
        Assert.True(_peer.Ended.IsCompleted);
        await Assert.ThrowsAsync<ConnectorLostException>(() => _peer.CallAsync("send", new { }, CancellationToken.None));
    }

    [Fact]
    public async Task A_header_without_end_is_not_read_for_ever()
    {
        await _toUs.Writer.WriteAsync(new byte[500]);
        Assert.IsType<FormatException>(await _peer.Ended);
    }

    [Fact]
    public async Task An_end_in_the_middle_of_an_answer_is_no_answer()
    {
        var asked = _peer.CallAsync("send", new { }, CancellationToken.None);
        await _toUs.Writer.WriteAsync(Framed("""{"jsonrpc":"2.0","id":1,"result":{"outcome":"ambiguous"}}""").AsMemory(0, 40));
        await _toUs.Writer.CompleteAsync();
        Assert.Contains("in the middle", (await Assert.ThrowsAsync<ConnectorLostException>(() => asked)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_malformed_notification_ends_the_conversation()
    {
        await _toUs.Writer.WriteAsync(Framed("""{"jsonrpc":"2.0","method":"up","params":{"x":5}}"""));
        Assert.IsType<FormatException>(await _peer.Ended);
    }

    [Fact]
    public async Task What_is_asked_is_framed_by_its_length_in_bytes()
    {
        _ = _peer.CallAsync("open", new { Account = "Börse", Key = (string?)null }, CancellationToken.None);
        var read = (await _fromUs.Reader.ReadAsync()).Buffer;
        var text = Encoding.UTF8.GetString(read.FirstSpan);
        var body = text[(text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        Assert.StartsWith($"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n", text, StringComparison.Ordinal);
        Assert.Equal("Börse", JsonDocument.Parse(body).RootElement.GetProperty("params").GetProperty("account").GetString());
        Assert.False(JsonDocument.Parse(body).RootElement.GetProperty("params").TryGetProperty("key", out _));
    }

    public async ValueTask DisposeAsync() => await _peer.DisposeAsync();

    private static byte[] Framed(string body) => RpcFrames.Write(Encoding.UTF8.GetBytes(body));
}
