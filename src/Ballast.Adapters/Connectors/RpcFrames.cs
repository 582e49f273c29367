using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Ballast.Adapters.Connectors;

/// <summary>How much a message may be: what is beyond is no message, and ends the connection.</summary>
/// <param name="Body">Bytes of one message.</param>
/// <param name="Header">Bytes of its headers.</param>
/// <param name="Depth">How deep its JSON nests.</param>
public sealed record RpcLimits(int Body = 16 << 20, int Header = 4096, int Depth = 32);

/// <summary>Messages in a stream of bytes: <c>Content-Length</c>, an empty line, and so many bytes of JSON.</summary>
public static class RpcFrames
{
    /// <summary>A message with its header, ready to be written.</summary>
    public static byte[] Write(ReadOnlySpan<byte> body)
    {
        var header = Encoding.ASCII.GetBytes($"Content-Length: {body.Length}\r\n\r\n");
        return [.. header, .. body];
    }

    /// <summary>Takes the first message off the buffer; false where it is not all there yet.</summary>
    /// <exception cref="FormatException">What is there is no message, or more than the limits allow.</exception>
    public static bool TryRead(ref ReadOnlySequence<byte> buffer, RpcLimits limits, out JsonElement message)
    {
        message = default;
        if (!TryHeader(buffer, limits, out var length, out var start)) return false;
        if (buffer.Length - start < length) return false;
        var body = buffer.Slice(start, length);
        buffer = buffer.Slice(start + length);
        message = Parse(body, limits);
        return true;
    }

    private static bool TryHeader(in ReadOnlySequence<byte> buffer, RpcLimits limits, out int length, out long start)
    {
        (length, start) = (-1, 0);
        var reader = new SequenceReader<byte>(buffer.Length > limits.Header ? buffer.Slice(0, limits.Header) : buffer);
        while (reader.TryReadTo(out ReadOnlySpan<byte> line, (byte)'\n'))
        {
            line = line.TrimEnd((byte)'\r');
            if (line.IsEmpty) return (start = reader.Consumed) > 0 && length >= 0 ? true : throw new FormatException("a message without Content-Length");
            if (length < 0 && line.StartsWith("Content-Length:"u8)) length = Length(line[15..].Trim((byte)' '), limits);
        }
        return reader.Length < limits.Header ? false : throw new FormatException($"a header of more than {limits.Header} bytes");
    }

    private static int Length(ReadOnlySpan<byte> text, RpcLimits limits) =>
        Utf8Parser.TryParse(text, out int length, out var used) && used == text.Length && length is > 0 && length <= limits.Body ? length
        : throw new FormatException($"a length of '{Encoding.ASCII.GetString(text[..Math.Min(text.Length, 20)])}' bytes; at most {limits.Body} are taken");

    private static JsonElement Parse(in ReadOnlySequence<byte> body, RpcLimits limits)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = limits.Depth });
            return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new FormatException("a message that is no JSON: " + e.Message, e);
        }
    }
}
