using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Ballast.Adapters.Journal;

/// <summary>The two things that the journal asks of a disk, so that a test can have a disk that fails.</summary>
/// <param name="Write">Writes all bytes at a place, or throws.</param>
/// <param name="Flush">Returns when all that was written is durable, or throws.</param>
public sealed partial record JournalDisk(Action<SafeFileHandle, ReadOnlyMemory<byte>, long> Write, Action<SafeFileHandle> Flush)
{
    public static JournalDisk Real { get; } = new((file, bytes, at) => RandomAccess.Write(file, bytes.Span, at), RandomAccess.FlushToDisk);

    /// <summary>A file's name is durable when its folder is; .NET has no call for that.</summary>
    internal static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var handle = open(folder, 0);
        if (handle < 0) throw new IOException($"{folder} cannot be opened to be flushed");
        var failed = fsync(handle) != 0;
        _ = close(handle);
        if (failed) throw new IOException($"{folder} cannot be flushed");
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fsync(int handle);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int close(int handle);
}
