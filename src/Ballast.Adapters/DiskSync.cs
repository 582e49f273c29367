using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Ballast.Adapters;

/// <summary>Waits until the disk has what was written, and throws where it has not.</summary>
/// <remarks>
/// <see cref="RandomAccess.FlushToDisk"/> and <c>FileStream.Flush(true)</c> do not, on Unix: the runtime's native call answers 1 for a failed sync, and the class library
/// looks for an answer below 0 (.NET 10.0). The call is therefore made here. The black box holds it against a disk that fails.
/// </remarks>
public static partial class DiskSync
{
    /// <exception cref="IOException">The disk reports an error: what was written since the last sync may be lost, and a second try would not say so.</exception>
    public static void Sync(SafeFileHandle file)
    {
        if (OperatingSystem.IsWindows()) RandomAccess.FlushToDisk(file);
        else if (FSync(file) != 0) throw new IOException(Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()));
    }

    /// <summary>The same for a stream, with what it has not written yet.</summary>
    /// <exception cref="IOException">The disk reports an error, or takes no more.</exception>
    public static void FlushToDisk(this FileStream file)
    {
        file.Flush();
        Sync(file.SafeFileHandle);
    }

    /// <summary>A file's name is durable when its folder is; .NET has no call for that.</summary>
    /// <exception cref="IOException">It is no folder that can be opened, or the disk reports an error.</exception>
    public static void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        using var handle = Open(folder, 0);
        if (handle.IsInvalid) throw new IOException($"{folder} cannot be opened to be flushed");
        Sync(handle);
    }

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_FSync", SetLastError = true)]
    private static partial int FSync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial SafeFileHandle Open(string path, int flags);
}
