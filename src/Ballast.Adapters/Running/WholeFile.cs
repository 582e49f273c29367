namespace Ballast.Adapters.Running;

/// <summary>Writes small files so that a reader sees the old one or the new one, never half of it.</summary>
public static class WholeFile
{
    /// <param name="durable">Whether it must be on the disk when this returns.</param>
    public static void Write(string path, string text, bool durable = false)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var part = path + ".part";
        using (var file = new FileStream(part, FileMode.Create, FileAccess.Write))
        {
            file.Write(System.Text.Encoding.UTF8.GetBytes(text));
            file.Flush(flushToDisk: durable);
        }
        File.Move(part, path, overwrite: true);
    }
}
