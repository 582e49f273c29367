using Ballast.Tests.App;
using Ballast.Adapters.Journal;
using Ballast.Records;

namespace Ballast.Tests.Adapters.Journal;

public sealed class FileJournalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_appended_is_read_in_order_over_several_files()
    {
        var records = Enumerable.Range(0, 100).Select(Record).ToArray();
        await Write(records, segmentBytes: 2000);

        Assert.True(Directory.GetFiles(_folder.Path, "*.journal").Length > 5);
        Assert.Equal(records.Select(RecordCodec.Write), Read().Frames.Select(f => f.Payload));
        Assert.Null(Read().Fault);
    }

    [Fact]
    public async Task Who_follows_a_journal_reads_what_was_appended_and_nothing_twice()
    {
        var (follower, read, chance) = (new JournalReader(_folder.Path), new List<byte[]>(), new Random(7));
        for (var written = 0; written < 200;)
        {
            var more = Enumerable.Range(written, chance.Next(0, 12)).Select(Record).ToArray();
            await Write(more, segmentBytes: 2000);
            written += more.Length;
            var path = Directory.GetFiles(_folder.Path, "*.journal").Order().LastOrDefault();
            if (path is not null && chance.Next(3) == 0)
            {
                // It is looked at while a record is being written.
                var whole = File.ReadAllBytes(path);
                File.WriteAllBytes(path, [.. whole, .. Enumerable.Repeat((byte)'R', 7)]);
                read.AddRange(follower.Further().Select(f => f.Payload));
                Assert.True(follower.Fault is { Repairable: true });
                File.WriteAllBytes(path, whole);
            }
            read.AddRange(follower.Further().Select(f => f.Payload));
            Assert.Equal((Read().Frames.Length, Read().Head, (JournalFault?)null), (read.Count, follower.Head, follower.Fault));
        }
        Assert.Equal(Read().Frames.Select(f => f.Payload), read);
        Assert.True(Directory.GetFiles(_folder.Path, "*.journal").Length > 5);

        // What is not as it was is no journal that grew.
        var last = Directory.GetFiles(_folder.Path, "*.journal").Order().Last();
        File.WriteAllBytes(last, File.ReadAllBytes(last)[..^5]);
        Assert.Empty(follower.Further());
        Assert.False(follower.Fault!.Repairable);
    }

    [Fact]
    public async Task Every_flipped_byte_is_found()
    {
        await Write([.. Enumerable.Range(0, 100).Select(Record)], segmentBytes: 8000);
        foreach (var path in Directory.GetFiles(_folder.Path).Where(f => Path.GetFileName(f) is not ("LOCK" or "OWNER")))
        {
            var bytes = File.ReadAllBytes(path);
            for (var i = 0; i < bytes.Length; i++)
            {
                bytes[i] ^= 0x10;
                File.WriteAllBytes(path, bytes);
                Assert.True(Read().Fault is not null, $"{Path.GetFileName(path)} byte {i}");
                bytes[i] ^= 0x10;
            }
            File.WriteAllBytes(path, bytes);
        }
        Assert.Null(Read().Fault);
    }

    [Fact]
    public async Task A_journal_of_another_version_is_refused_by_name_and_left_as_it_is()
    {
        await Write([.. Enumerable.Range(0, 10).Select(Record)], segmentBytes: 8000);
        var path = Directory.GetFiles(_folder.Path, "*.journal").Single();
        var bytes = File.ReadAllBytes(path);
        bytes[8] = 2;
        BitConverter.GetBytes(Crc32C.Of(bytes.AsSpan(0, 56))).CopyTo(bytes, 56);
        File.WriteAllBytes(path, bytes);

        var fault = Read().Fault!;
        Assert.Equal(("it is of version 2, and this program knows version 1: take the program that wrote it", false), (fault.Reason, fault.Repairable));
        Assert.Contains("version 2", Assert.Throws<InvalidDataException>(() => new FileJournal(_folder.Path, TimeProvider.System).Recall()).Message);
        Assert.Equal(bytes, File.ReadAllBytes(path));
    }

    [Fact]
    public async Task Every_cut_is_found()
    {
        await Write([.. Enumerable.Range(0, 100).Select(Record)], segmentBytes: 8000);
        foreach (var path in Directory.GetFiles(_folder.Path, "*.journal"))
        {
            var bytes = File.ReadAllBytes(path);
            for (var length = 0; length < bytes.Length; length++)
            {
                File.WriteAllBytes(path, bytes[..length]);
                Assert.True(Read().Fault is { Repairable: false }, $"{Path.GetFileName(path)} cut at {length}");
            }
            File.WriteAllBytes(path, bytes);
        }
    }

    [Fact]
    public async Task An_end_that_a_crash_left_unfinished_is_cut_off_and_nothing_acknowledged_is_lost()
    {
        var records = Enumerable.Range(0, 10).Select(Record).ToArray();
        await Write(records, segmentBytes: 100_000);
        var path = Directory.GetFiles(_folder.Path, "*.journal").Single();
        var whole = File.ReadAllBytes(path);
        var one = Frame.Write(Record(10), 11, 0, NodaConstants.UnixEpoch, Convert.FromHexString(Read().Head), new byte[32]);
        for (var length = 1; length < one.Length; length++)
        {
            File.WriteAllBytes(path, [.. whole, .. one[..length]]);
            await using var journal = new FileJournal(_folder.Path, TimeProvider.System);
            journal.Recall();
            Assert.NotNull(journal.Repaired);
            Assert.Equal(10, Read().Frames.Length);
        }
        Assert.Equal(whole, File.ReadAllBytes(path));
    }

    [Fact]
    public async Task A_hole_is_refused_and_nothing_is_changed()
    {
        await Write([.. Enumerable.Range(0, 50).Select(Record)], segmentBytes: 2000);
        File.Delete(Directory.GetFiles(_folder.Path, "*.journal").Order().ElementAt(2));

        await using var journal = new FileJournal(_folder.Path, TimeProvider.System);

        Assert.Contains("00000003.journal is missing", Assert.Throws<InvalidDataException>(() => journal.Recall()).Message);
    }

    [Fact]
    public async Task One_journal_has_one_writer()
    {
        await using var journal = new FileJournal(_folder.Path, TimeProvider.System);

        Assert.Contains("One journal has one writer", Assert.Throws<IOException>(() => new FileJournal(_folder.Path, TimeProvider.System)).Message);
    }

    [Fact]
    public async Task One_flush_serves_all_that_wait()
    {
        await using var journal = new FileJournal(_folder.Path, TimeProvider.System);
        Assert.Equal(0, journal.Recall().Epoch);

        await Task.WhenAll(Enumerable.Range(0, 2000).Select(i => journal.AppendAsync([Record(i)], TestContext.Current.CancellationToken)));

        Assert.InRange(journal.Flushes, 1, 1000);
    }

    private async Task Write(JournalRecord[] records, long segmentBytes)
    {
        await using var journal = new FileJournal(_folder.Path, TimeProvider.System, segmentBytes);
        Assert.Equal(0, journal.Recall().Epoch);
        foreach (var record in records) await journal.AppendAsync([record], CancellationToken.None);
    }

    private (Frame[] Frames, JournalFault? Fault, string Head) Read()
    {
        var reader = new JournalReader(_folder.Path);
        return ([.. reader.Frames()], reader.Fault, reader.Head);
    }

    private static JournalRecord Record(int i) => new JournalRecord.KillSet(Instant.FromUtc(2026, 11, 23, 12, 0).Plus(Duration.FromSeconds(i)), "*", "me", new string('x', i % 7));
}
