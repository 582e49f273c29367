using System.IO.Compression;
using System.Text.Unicode;

namespace Ballast.Adapters.Files;

/// <summary>Opens a file of outsiders' text: unpacks it, within a limit, and refuses what is not UTF-8 text.</summary>
internal static class SourceFile
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>The text of a file; null, with a fault, where there is none to be had.</summary>
    public static SourceText? Open(string path, ReadingLimits limits, FaultList faults)
    {
        var whole = new SourceText(path, [], 0, faults);
        if (Directory.Exists(path))
        {
            whole.ReportWhole("FILE_IS_FOLDER", "this is a folder", "expected a file");
            return null;
        }
        try
        {
            return Bytes(path, limits, whole) is { } read ? Text(path, read.Buffer, read.Length, faults) : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            whole.ReportWhole("FILE_NOT_FOUND", "there is no such file");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            whole.ReportWhole("FILE_UNREADABLE", $"the file cannot be read: {e.Message.TrimEnd('.')}");
        }
        return null;
    }

    /// <summary>Text that came from elsewhere than a file, such as a preset, under the name it is to be quoted by.</summary>
    public static SourceText? Of(string name, byte[] bytes, FaultList faults) => Text(name, bytes, bytes.Length, faults);

    private static (byte[] Buffer, int Length)? Bytes(string path, ReadingLimits limits, SourceText whole)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1);
        if (Drain(stream, limits.Bytes, Expected(stream, limits)) is not { } read) return TooLarge(whole, limits);
        return read.Length >= 2 && read.Buffer[0] == 0x1F && read.Buffer[1] == 0x8B
            ? Unpacked(read.Buffer, read.Length, limits, whole)
            : read;
    }

    private static int Expected(FileStream stream, ReadingLimits limits) =>
        stream.CanSeek ? (int)Math.Min(stream.Length, limits.Bytes) : 0;

    private static (byte[] Buffer, int Length)? Unpacked(byte[] packed, int length, ReadingLimits limits, SourceText whole)
    {
        try
        {
            if (length < Gzip.LeastLength) throw new InvalidDataException();
            var claimed = Gzip.ClaimedLength(packed, length);
            using var gzip = new GZipStream(new MemoryStream(packed, 0, length, writable: false), CompressionMode.Decompress);
            // The claim is a stranger's: it sizes the first buffer only as far as deflate can pack at all (1,032 to one).
            if (Drain(gzip, limits.Bytes, (int)Math.Min(claimed, Math.Min(limits.Bytes, 1_032L * length))) is not { } read) return TooLarge(whole, limits);
            if (claimed == (uint)read.Length || Gzip.EndsInWholeMember(packed, length)) return read;
        }
        catch (InvalidDataException)
        {
            // Reported below: damaged and cut short look alike to whoever has to fetch the file again.
        }
        whole.ReportWhole("GZIP_DAMAGED", "the gzip file is cut short or damaged", "fetch it again");
        return null;
    }

    private static (byte[] Buffer, int Length)? TooLarge(SourceText whole, ReadingLimits limits)
    {
        whole.ReportWhole("FILE_TOO_LARGE", $"the file holds more than {limits.Bytes} bytes of text", "split it, or keep fewer bars");
        return null;
    }

    /// <summary>Everything in a stream; null where that is more than the limit.</summary>
    private static (byte[] Buffer, int Length)? Drain(Stream stream, int limit, int expected)
    {
        var buffer = new byte[Math.Max(expected + 1, 4_096)];
        var length = 0;
        while (stream.Read(buffer, length, buffer.Length - length) is var got and > 0)
        {
            length += got;
            if (length > limit) return null;
            if (length == buffer.Length) Array.Resize(ref buffer, (int)Math.Min(2L * length, limit + 1L));
        }
        return (buffer, length);
    }

    private static SourceText? Text(string path, byte[] buffer, int length, FaultList faults)
    {
        var bytes = buffer.AsSpan(0, length);
        var marked = bytes.StartsWith(ByteOrderMark);
        var text = marked ? new SourceText(path, buffer[3..length], length - 3, faults) : new SourceText(path, buffer, length, faults);
        if (NotText(text.Bytes) is not { } fault) return text;
        text.ReportWhole(fault.Code, fault.What, fault.Expected);
        return null;
    }

    private static (string Code, string What, string Expected)? NotText(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 0) return ("FILE_EMPTY", "the file is empty", "expected a header row and data");
        if (bytes.StartsWith("PAR1"u8)) return Parquet;
        if (bytes.StartsWith("PK\u0003\u0004"u8)) return ("FILE_ARCHIVE", "this is a zip archive or a spreadsheet", "save it as CSV (UTF-8)");
        if (LooksLikeUtf16(bytes)) return ("ENCODING_UTF16", "the text is UTF-16", "save it as UTF-8");
        if (bytes.Contains((byte)0)) return ("FILE_BINARY", "the file is not text: it contains zero bytes", "expected CSV in UTF-8");
        return Utf8.IsValid(bytes) ? null : ("ENCODING_NOT_UTF8", "the text is not valid UTF-8", "save it as UTF-8");
    }

    /// <summary>What is said where a Parquet file is given.</summary>
    public static (string Code, string What, string Expected) Parquet { get; } =
        ("PARQUET_NO_READER", "no reader for Parquet is installed", "convert the file to CSV");

    private static bool LooksLikeUtf16(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 2 && (bytes[0], bytes[1]) is (0xFF, 0xFE) or (0xFE, 0xFF)
        || bytes.Length >= 4 && (bytes[0] == 0 && bytes[1] != 0 && bytes[2] == 0 || bytes[0] != 0 && bytes[1] == 0 && bytes[2] != 0 && bytes[3] == 0);
}
