using Ballast.Adapters;
using Ballast.Tests.App;

namespace Ballast.Tests.Adapters;

/// <summary>What is synced is synced, and what cannot be says so. The black box has a disk that fails.</summary>
public sealed class DiskSyncTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_a_stream_and_a_folder_are_synced()
    {
        using var file = new FileStream(Path.Combine(_folder.Path, "a"), FileMode.Create, FileAccess.Write);
        file.WriteByte(1);
        file.FlushToDisk();
        DiskSync.Sync(file.SafeFileHandle);
        DiskSync.SyncFolder(_folder.Path);
        Assert.Equal(1, new FileInfo(file.Name).Length);
    }

    [Fact]
    public void What_cannot_be_synced_says_so()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no special files");
        // The kernel answers EINVAL, which the class library would take for done.
        using var file = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.Write);
        Assert.Throws<IOException>(() => DiskSync.Sync(file));
        Assert.Throws<IOException>(() => DiskSync.SyncFolder(Path.Combine(_folder.Path, "missing")));
    }
}
