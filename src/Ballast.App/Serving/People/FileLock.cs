namespace Ballast.App.Serving.People;

/// <summary>One process at a time, by a file beside the one that is changed. It ends with the process that holds it, however that ends.</summary>
internal static class FileLock
{
    /// <exception cref="IOException">Another process holds it for seconds.</exception>
    public static FileStream Of(string path)
    {
        for (var tries = 0; ; tries++)
            try
            {
                return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (tries < 500)
            {
                Thread.Sleep(10);
            }
    }
}
