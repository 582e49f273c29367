namespace Ballast.Adapters.Running;

/// <summary>Writes small files so that a reader sees the old one or the new one, never half of it.</summary>
public static class WholeFile
{
    /// <param name="durable">Whether it must be on the disk when this returns.</param>
    /// <param name="isPrivate">Whether only its owner may read it; elsewhere than on Unix, the folder decides.</param>
    public static void Write(string path, string text, bool durable = false, bool isPrivate = false)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var part = path + ".part";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (isPrivate && !OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        if (isPrivate) File.Delete(part); // The mode is that of the one who makes it.
        using (var file = new FileStream(part, options))
        {
            file.Write(System.Text.Encoding.UTF8.GetBytes(text));
            if (durable) file.FlushToDisk();
        }
        File.Move(part, path, overwrite: true);
        if (durable) DiskSync.SyncFolder(Path.GetDirectoryName(path)!);
    }
}
