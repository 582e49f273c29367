using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Ballast.Adapters.Journal;
using Ballast.Adapters.Running;

namespace Ballast.Adapters.Backups;

/// <summary>The whole state of a data folder in one file: journals, paper accounts, the vault as it is (encrypted), downloaded history.</summary>
public static class Backup
{
    private const string ManifestName = "manifest.json";

    /// <summary>What belongs to a running process, or can be made again.</summary>
    private static readonly string[] Passing = ["LOCK", "OWNER", "status.json", "inbox", "replay", "KILL"];

    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Writes a backup; a loop may be running meanwhile. The file appears whole or not at all.</summary>
    /// <exception cref="IOException">It cannot be read or written.</exception>
    public static Manifest Make(DataFolder data, string path, Instant now)
    {
        // Heads first: a journal that grows while it is copied then holds at least what its head knows.
        var files = Directory.EnumerateFiles(data.Root, "*", SearchOption.AllDirectories).Where(f => Lasts(data, f))
            .OrderBy(f => Path.GetFileName(f) == "HEAD" ? 0 : 1).ThenBy(f => f, StringComparer.Ordinal).Select(f => (Path: Path.GetRelativePath(data.Root, f).Replace('\\', '/'), Bytes: File.ReadAllBytes(f))).ToArray();
        var manifest = new Manifest(1, now.ToString(), [.. files.Select(f => new ManifestFile(f.Path, f.Bytes.Length, Convert.ToHexStringLower(SHA256.HashData(f.Bytes))))]);
        var unfinished = path + ".unfinished";
        using (var tar = new TarWriter(new GZipStream(File.Create(unfinished), CompressionLevel.Optimal)))
        {
            Add(tar, ManifestName, JsonSerializer.SerializeToUtf8Bytes(manifest, Plain));
            foreach (var (name, bytes) in files) Add(tar, name, bytes);
        }
        File.Move(unfinished, path, overwrite: true);
        return manifest;
    }

    /// <summary>Puts a backup into an empty data folder, after every file and every journal of it was proven whole. Nothing trades until a person lets it: the kill switch is set.</summary>
    /// <exception cref="InvalidDataException">The backup is not whole; nothing was put in place.</exception>
    /// <exception cref="IOException">The folder is not empty, or cannot be written.</exception>
    public static Manifest Restore(string path, DataFolder data)
    {
        if (Directory.Exists(data.Root) && Directory.EnumerateFileSystemEntries(data.Root).Any()) throw new IOException($"{data.Root} is not empty: a backup is restored into a folder of its own");
        var beside = data.Root.TrimEnd('/', '\\') + ".restoring";
        if (Directory.Exists(beside)) Directory.Delete(beside, recursive: true);
        try
        {
            var manifest = Unpack(path, beside);
            foreach (var journal in Directory.EnumerateFiles(beside, "*.journal", SearchOption.AllDirectories).Select(f => Path.GetDirectoryName(f)!).Distinct().ToArray())
            {
                Prove(journal, beside);
                new RestoredMark(journal).Set(manifest.Made);
            }
            if (Directory.Exists(data.Root)) Directory.Delete(data.Root);
            Directory.Move(beside, data.Root);
            new KillSwitch(data.KillSwitch).Set(new Kill("*", "restore", RestoredMark.Reason(manifest.Made)));
            return manifest;
        }
        finally
        {
            if (Directory.Exists(beside)) Directory.Delete(beside, recursive: true);
        }
    }

    private static bool Lasts(DataFolder data, string file) => !Path.GetRelativePath(data.Root, file).Split('/', '\\').Any(Passing.Contains);

    private static void Add(TarWriter tar, string name, byte[] bytes) => tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(bytes), Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite });

    private static Manifest Unpack(string path, string folder)
    {
        try
        {
            // To its end before anything of it is believed: the check sum of the whole stands there.
            using var whole = new MemoryStream();
            using (var packed = new GZipStream(File.OpenRead(path), CompressionMode.Decompress)) packed.CopyTo(whole);
            whole.Position = 0;
            using var tar = new TarReader(whole);
            var manifest = tar.GetNextEntry() is { Name: ManifestName, DataStream: { } stream } ? JsonSerializer.Deserialize<Manifest>(stream, Plain)! : throw new InvalidDataException("it does not begin with its manifest");
            if (manifest.Version != 1) throw new InvalidDataException($"it is of version {manifest.Version}, which this program does not know");
            foreach (var file in manifest.Files) Put(tar, file, folder);
            return tar.GetNextEntry() is null ? manifest : throw new InvalidDataException("it holds more than its manifest says");
        }
        catch (Exception fault) when (fault is InvalidDataException or EndOfStreamException or FormatException or JsonException or NotSupportedException or ArgumentException)
        {
            throw new InvalidDataException($"{path} is no whole backup: {fault.Message}. Nothing was put in place.", fault);
        }
    }

    private static void Put(TarReader tar, ManifestFile file, string folder)
    {
        var target = Path.GetFullPath(Path.Combine(folder, file.Path));
        if (!target.StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal)) throw new InvalidDataException($"{file.Path} would lie outside of the folder");
        if (tar.GetNextEntry() is not { } entry || entry.Name != file.Path) throw new InvalidDataException($"{file.Path} is missing");
        using var bytes = new MemoryStream();
        entry.DataStream?.CopyTo(bytes);
        if (Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray())) != file.Sha256) throw new InvalidDataException($"{file.Path} is not as it was when it was saved");
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.WriteAllBytes(target, bytes.ToArray());
    }

    /// <summary>An end that was being written when it was copied is cut off by the next start; anything else is no journal to go on with.</summary>
    private static void Prove(string journal, string folder)
    {
        if (JournalProof.Of(journal).Fault is { Repairable: false } fault) throw new InvalidDataException($"the journal {Path.GetRelativePath(folder, journal)} is not whole: {fault}. Nothing was put in place.");
    }
}

/// <summary>What is in a backup.</summary>
/// <param name="Made">When, UTC.</param>
public sealed record Manifest(int Version, string Made, IReadOnlyList<ManifestFile> Files);

/// <param name="Sha256">In hexadecimal.</param>
public sealed record ManifestFile(string Path, long Length, string Sha256);
