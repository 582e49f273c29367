using Microsoft.Win32.SafeHandles;

namespace Ballast.Adapters.Journal;

/// <summary>The two things that the journal asks of a disk, so that a test can have a disk that fails.</summary>
/// <param name="Write">Writes all bytes at a place, or throws.</param>
/// <param name="Flush">Returns when all that was written is durable, or throws.</param>
public sealed record JournalDisk(Action<SafeFileHandle, ReadOnlyMemory<byte>, long> Write, Action<SafeFileHandle> Flush)
{
    public static JournalDisk Real { get; } = new((file, bytes, at) => RandomAccess.Write(file, bytes.Span, at), DiskSync.Sync);
}
