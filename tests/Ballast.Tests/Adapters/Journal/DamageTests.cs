using Ballast.Adapters.Journal;
using Ballast.Records;
using Ballast.Tests.App;

namespace Ballast.Tests.Adapters.Journal;

/// <summary>
/// A journal that was damaged in any way either opens with every record that was ever acknowledged, or refuses to and changes nothing. There is no third.
/// </summary>
public sealed class DamageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _other = new();

    public void Dispose()
    {
        _folder.Dispose();
        _other.Dispose();
    }

    [Fact]
    public async Task Every_single_bit_is_either_found_or_stands_in_the_head_beside_the_records()
    {
        var (files, records) = (await Written(_folder.Path, 4, 100_000, seed: 1), Records(4, 1));
        foreach (var (name, bytes) in files)
            for (var bit = 0; bit < 8 * bytes.Length; bit++)
            {
                bytes[bit / 8] ^= (byte)(1 << (bit % 8));
                File.WriteAllBytes(Path.Combine(_folder.Path, name), bytes);
                var reader = new JournalReader(_folder.Path);
                var read = reader.Frames().Count();
                Assert.True(reader.Fault is not null, $"{name} bit {bit} goes unnoticed");
                Assert.True(reader.Fault.Repairable == (name == "HEAD"), $"{name} bit {bit}: {reader.Fault}");
                if (name == "HEAD") Assert.Equal(records.Length, read);
                bytes[bit / 8] ^= (byte)(1 << (bit % 8));
                File.WriteAllBytes(Path.Combine(_folder.Path, name), bytes);
            }
    }

    [Fact]
    public async Task Every_cut_refuses_to_open_and_changes_nothing()
    {
        var files = await Written(_folder.Path, 4, 100_000, seed: 1);
        var (name, whole) = files.Single(f => f.Key.EndsWith(".journal", StringComparison.Ordinal));
        for (var length = 0; length < whole.Length; length++)
        {
            files[name] = whole[..length];
            Put(_folder.Path, files);
            Assert.Equal("refused", await Opened(_folder.Path, files, Records(4, 1)));
        }
    }

    [Fact]
    public async Task Without_the_head_a_cut_at_the_end_of_a_record_is_told_by_the_missing_head()
    {
        var files = await Written(_folder.Path, 4, 100_000, seed: 1);
        files.Remove("HEAD");
        Put(_folder.Path, files);

        var reader = new JournalReader(_folder.Path);
        Assert.Equal(4, reader.Frames().Count());
        Assert.Equal("HEAD", reader.Fault?.File);
    }

    /// <summary>By name, so that a failure says which.</summary>
    public static TheoryData<string> Kinds => [.. Damages.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Damage_of_any_kind_loses_nothing_in_silence(string kind)
    {
        var (count, chance) = (60, new Random(20261123));
        var whole = await Written(_folder.Path, count, 4_000, seed: 1);
        var foreign = await Written(_other.Path, count, 4_000, seed: 2);
        var outcomes = new HashSet<string>();
        for (var round = 0; round < 20; round++)
        {
            var files = whole.ToDictionary(f => f.Key, f => (byte[])f.Value.Clone());
            Damages[kind](files, foreign, chance);
            Put(_folder.Path, files);
            outcomes.Add(await Opened(_folder.Path, files, Records(count, 1)));
        }

        Assert.Equal(Expected(kind), outcomes.Order());
    }

    /// <summary>What must come of each kind: where both may, both must occur, or the test would not see one of them.</summary>
    private static string[] Expected(string kind) => kind switch
    {
        "nothing" or "an older head" => ["whole"],
        "garbage behind the end" or "zeros behind the end" or "a piece of a record behind the end" or "the last record twice" or "a foreign record behind the end" or "a spoiled head" or "no head"
            or "a piece of the next file" => ["mended"],
        _ => ["refused"],
    };

    private delegate void Damage(Dictionary<string, byte[]> files, Dictionary<string, byte[]> foreign, Random chance);

    private static readonly Dictionary<string, Damage> Damages = new()
    {
        ["nothing"] = (_, _, _) => { },
        ["bytes changed"] = (f, _, c) => Change(f, Any(f, c), b => { for (var i = c.Next(1, 9); i > 0; i--) b[c.Next(b.Length)] ^= (byte)c.Next(1, 256); return b; }),
        ["a block of zeros"] = (f, _, c) => Change(f, Any(f, c), b => { var at = c.Next(b.Length); b.AsSpan(at, Math.Min(512, b.Length - at)).Clear(); return b; }),
        ["a cut"] = (f, _, c) => Change(f, Any(f, c), b => b[..c.Next(b.Length)]),
        ["bytes taken out"] = (f, _, c) => Change(f, Any(f, c), b => { var at = c.Next(b.Length - 1); return [.. b[..at], .. b[(at + c.Next(1, b.Length - at))..]]; }),
        ["a record twice"] = (f, _, c) => Change(f, First(f), b => { var r = Split(b); var i = c.Next(r.Count - 1); return Joined(b, [.. r[..(i + 1)], r[i], .. r[(i + 1)..]]); }),
        ["two records in the wrong order"] = (f, _, c) => Change(f, First(f), b => { var r = Split(b); var i = c.Next(r.Count - 1); (r[i], r[i + 1]) = (r[i + 1], r[i]); return Joined(b, r); }),
        ["a record left out"] = (f, _, c) => Change(f, First(f), b => { var r = Split(b); r.RemoveAt(c.Next(r.Count)); return Joined(b, r); }),
        ["a foreign record in its place"] = (f, o, c) => Change(f, First(f), b => { var (r, s) = (Split(b), Split(o[First(o)])); var i = c.Next(Math.Min(r.Count, s.Count)); r[i] = s[i]; return Joined(b, r); }),
        ["foreign records behind the end"] = (f, o, _) => Change(f, Last(f), b => [.. b, .. Split(o[First(o)]).Take(3).SelectMany(r => r)]),
        ["a foreign record behind the end"] = (f, o, c) => Change(f, Last(f), b => [.. b, .. Split(o[Last(o)])[^1]]),
        ["the last record twice"] = (f, _, _) => Change(f, Last(f), b => [.. b, .. Split(b)[^1]]),
        ["garbage behind the end"] = (f, _, c) => Change(f, Last(f), b => { var g = new byte[c.Next(1, 3_000)]; c.NextBytes(g); return [.. b, .. g]; }),
        ["zeros behind the end"] = (f, _, c) => Change(f, Last(f), b => [.. b, .. new byte[c.Next(1, 9_000)]]),
        ["a piece of a record behind the end"] = (f, _, c) => Change(f, Last(f), b => [.. b, .. Split(b)[^1][..c.Next(1, 60)]]),
        ["a file is missing"] = (f, _, c) => f.Remove(Any(f, c)),
        ["two files in each other's place"] = (f, _, c) => { var names = Names(f); var i = c.Next(names.Length - 1); (f[names[i]], f[names[i + 1]]) = (f[names[i + 1]], f[names[i]]); },
        ["a foreign file in its place"] = (f, o, c) => { var name = Names(f)[c.Next(1, Math.Min(Names(f).Length, Names(o).Length))]; f[name] = o[name]; },
        ["a foreign file behind the last"] = (f, o, _) => f[$"{Names(f).Length + 1:d8}.journal"] = o[Last(o)],
        ["a piece of the next file"] = (f, _, c) => f[$"{Names(f).Length + 1:d8}.journal"] = new byte[c.Next(0, 59)],
        ["a file with another name"] = (f, _, _) => f["copy of 1.journal"] = f[First(f)],
        ["a spoiled head"] = (f, _, c) => Change(f, "HEAD", b => { b[c.Next(b.Length)] ^= 1; return b; }),
        ["no head"] = (f, _, _) => f.Remove("HEAD"),
        ["the head of another journal"] = (f, o, _) => f["HEAD"] = o["HEAD"],
        ["an older head"] = (f, _, c) => { var r = Split(f[First(f)]); var i = c.Next(r.Count); f["HEAD"] = HeadOf((ulong)i + 1, r[i].AsSpan(r[i].Length - 36, 32)); },
        ["a head that knows more"] = (f, _, c) => f["HEAD"] = HeadOf(61 + (ulong)c.Next(5), new byte[32]),
    };

    /// <summary>Whether it was refused without a change, opened whole, or mended; everything that was acknowledged is there, and it can be gone on with.</summary>
    private static async Task<string> Opened(string folder, Dictionary<string, byte[]> files, JournalRecord[] acknowledged)
    {
        string? repaired;
        var fault = Fault(folder);
        try
        {
            await using var journal = new FileJournal(folder, TimeProvider.System, 4_000);
            journal.Recall();
            Assert.Equal(acknowledged.Select(RecordCodec.Write), new JournalReader(folder).Frames().Select(f => f.Payload));
            repaired = journal.Repaired;
            await journal.AppendAsync(Records(3, 9), CancellationToken.None);
        }
        catch (InvalidDataException)
        {
            Assert.All(files, f => Assert.Equal(f.Value, File.ReadAllBytes(Path.Combine(folder, f.Key))));
            return "refused";
        }
        Assert.Null(Fault(folder));
        Assert.Equal(acknowledged.Length + 3, new JournalReader(folder).Frames().Count());
        Assert.Equal(fault is { File: not "HEAD" }, repaired is not null);
        return fault is null ? "whole" : "mended";
    }

    private static JournalFault? Fault(string folder)
    {
        var reader = new JournalReader(folder);
        Assert.True(reader.Frames().Count() >= 0);
        return reader.Fault;
    }

    private static async Task<Dictionary<string, byte[]>> Written(string folder, int count, long segmentBytes, int seed)
    {
        await using (var journal = new FileJournal(folder, TimeProvider.System, segmentBytes))
        {
            journal.Recall();
            foreach (var record in Records(count, seed)) await journal.AppendAsync([record], CancellationToken.None);
        }
        return Directory.GetFiles(folder).Where(f => Path.GetFileName(f) is not ("LOCK" or "OWNER")).ToDictionary(f => Path.GetFileName(f), File.ReadAllBytes);
    }

    private static void Put(string folder, Dictionary<string, byte[]> files)
    {
        foreach (var old in Directory.GetFiles(folder)) File.Delete(old);
        foreach (var (name, bytes) in files) File.WriteAllBytes(Path.Combine(folder, name), bytes);
    }

    private static JournalRecord[] Records(int count, int seed) =>
        [.. Enumerable.Range(0, count).Select(i => (JournalRecord)new JournalRecord.KillSet(Instant.FromUtc(2026, 11, 23, 12, 0) + Duration.FromSeconds(i), "*", $"person {seed}", new string('x', i % 7)))];

    private static string[] Names(Dictionary<string, byte[]> files) => [.. files.Keys.Where(k => k.EndsWith(".journal", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private static string First(Dictionary<string, byte[]> files) => Names(files)[0];

    private static string Last(Dictionary<string, byte[]> files) => Names(files)[^1];

    private static string Any(Dictionary<string, byte[]> files, Random chance) => Names(files)[chance.Next(Names(files).Length)];

    private static void Change(Dictionary<string, byte[]> files, string name, Func<byte[], byte[]> to) => files[name] = to(files[name]);

    /// <summary>The records of a file, by docs/journal.md: a header of 60 bytes, then each with its length before it.</summary>
    private static List<byte[]> Split(byte[] file)
    {
        var records = new List<byte[]>();
        for (var at = 60; at < file.Length; at += records[^1].Length) records.Add(file[at..(at + 4 + (int)BitConverter.ToUInt32(file, at))]);
        return records;
    }

    private static byte[] Joined(byte[] file, List<byte[]> records) => [.. file[..60], .. records.SelectMany(r => r)];

    private static byte[] HeadOf(ulong sequence, ReadOnlySpan<byte> hash)
    {
        byte[] content = [.. BitConverter.GetBytes(sequence), .. hash];
        return [.. content, .. BitConverter.GetBytes(Crc32C.Of(content))];
    }
}
