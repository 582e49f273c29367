using Ballast.Adapters;
using Ballast.Adapters.Backups;
using Ballast.Adapters.Journal;
using Ballast.Adapters.Running;
using Ballast.Orders;
using Ballast.Records;
using Ballast.Tests.App;
using Ballast.Tests.Execution;

namespace Ballast.Tests.Adapters;

/// <summary>The drill: a state is saved, put elsewhere, and is the same; a backup that is not whole is put nowhere.</summary>
public sealed class BackupTests : IDisposable
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 23, 12, 0);

    private readonly TemporaryFolder _folder = new();
    private readonly DataFolder _data;
    private readonly string _file;

    public BackupTests()
    {
        _data = new DataFolder(Path.Combine(_folder.Path, "data"));
        _file = Path.Combine(_folder.Path, "backup.tar.gz");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_restored_is_what_was_saved_and_trades_nothing_before_a_person_has_looked()
    {
        await Write(50);
        File.WriteAllText(_data.Vault, "{\"sealed\":true}");
        var before = JournalProof.Of(_data.Portfolio("core").Journal(paper: false));
        Backup.Make(_data, _file, Now);
        await Write(5); // The loop went on after the backup.

        var restored = new DataFolder(Path.Combine(_folder.Path, "restored"));
        Backup.Restore(_file, restored);

        var after = JournalProof.Of(restored.Portfolio("core").Journal(paper: false));
        Assert.Equal((before.Entries, before.Head, null), (after.Entries, after.Head, after.Fault));
        Assert.Equal(before.State.Balances.Of("desk"), after.State.Balances.Of("desk"));
        Assert.Equal("{\"sealed\":true}", File.ReadAllText(restored.Vault));
        Assert.Equal("*", new KillSwitch(restored.KillSwitch).Read()?.Scope);
        Assert.False(File.Exists(Path.Combine(restored.Portfolio("core").Journal(paper: false), "LOCK")));
    }

    [Fact]
    public async Task A_backup_that_is_cut_anywhere_or_changed_anywhere_is_put_nowhere()
    {
        await Write(10);
        Backup.Make(_data, _file, Now);
        var (whole, bad, target) = (File.ReadAllBytes(_file), Path.Combine(_folder.Path, "bad.tar.gz"), new DataFolder(Path.Combine(_folder.Path, "target")));
        var chance = new Random(1);
        for (var i = 0; i < 200; i++)
        {
            // The first ten bytes are the envelope's own: its time and its system are no part of what is kept.
            File.WriteAllBytes(bad, i % 2 == 0 ? whole[..chance.Next(whole.Length - 8)] : Flipped(whole, chance.Next(10, whole.Length - 8)));
            try
            {
                Backup.Restore(bad, target);
                // A flip that the compression does not notice and that changes no file is no damage.
                Assert.Equal(Contents(_data), Contents(target));
                Directory.Delete(target.Root, recursive: true);
            }
            catch (InvalidDataException)
            {
                Assert.False(Directory.Exists(target.Root));
            }
        }
    }

    [Fact]
    public async Task A_backup_of_a_journal_that_is_being_written_holds_all_that_was_acknowledged_before_it_began()
    {
        var (folder, acknowledged, done) = (_data.Portfolio("core").Journal(paper: true), 0, false);
        var writing = Task.Run(async () =>
        {
            await using var journal = new FileJournal(folder, TimeProvider.System, 20_000);
            journal.Recall();
            for (; !Volatile.Read(ref done); Interlocked.Increment(ref acknowledged)) await journal.AppendAsync([Moved(acknowledged)], CancellationToken.None);
        }, TestContext.Current.CancellationToken);
        var made = new List<(DataFolder Restored, int AtLeast)>();
        for (var i = 0; i < 5; i++)
        {
            while (Volatile.Read(ref acknowledged) < 20 * (i + 1)) await Task.Delay(5, TestContext.Current.CancellationToken);
            var (restored, atLeast) = (new DataFolder(Path.Combine(_folder.Path, $"restored{i}")), Volatile.Read(ref acknowledged));
            Backup.Make(_data, _file, Now);
            Backup.Restore(_file, restored);
            made.Add((restored, atLeast));
        }
        Volatile.Write(ref done, true);
        await writing;

        byte[][] whole = [.. new JournalReader(folder).Frames().Select(f => f.Payload)];
        foreach (var (restored, atLeast) in made)
        {
            var path = restored.Portfolio("core").Journal(paper: true);
            byte[][] kept = [.. new JournalReader(path).Frames().Select(f => f.Payload)];
            Assert.InRange(kept.Length, atLeast, whole.Length);
            Assert.Equal(whole.Take(kept.Length), kept);
            Assert.NotNull(new RestoredMark(path).First(Now));
        }
    }

    [Fact]
    public async Task A_journal_without_its_head_is_marked_as_restored_too()
    {
        await Write(3);
        File.Delete(Path.Combine(_data.Portfolio("core").Journal(paper: false), "HEAD"));
        Backup.Make(_data, _file, Now);
        var restored = new DataFolder(Path.Combine(_folder.Path, "restored"));
        Backup.Restore(_file, restored);

        Assert.NotNull(new RestoredMark(restored.Portfolio("core").Journal(paper: false)).First(Now));
    }

    [Fact]
    public async Task A_folder_that_holds_something_is_left_alone()
    {
        await Write(3);
        Backup.Make(_data, _file, Now);
        Assert.Throws<IOException>(() => Backup.Restore(_file, _data));
        Assert.Equal(3UL, JournalProof.Of(_data.Portfolio("core").Journal(paper: false)).Entries);
    }

    [Fact]
    public async Task A_plan_that_was_under_way_is_not_gone_on_with_for_its_next_orders_may_have_been_sent()
    {
        await Write(3);
        Backup.Make(_data, _file, Now);
        var restored = new DataFolder(Path.Combine(_folder.Path, "restored"));
        Backup.Restore(_file, restored);
        new KillSwitch(restored.KillSwitch).Clear(); // Somebody lets it trade before any loop has started.
        var mark = new RestoredMark(restored.Portfolio("core").Journal(paper: false));
        var desk = new Desk().Open(btc: 1).Plan(Desk.Sell(1, Desk.Btc, 0.1m, 40000));
        var sent = desk.Sent.Count();

        desk.Restart(mark.First(desk.Now)).Quote("BTC/USDT", 40000, 40001).Wait(30).Snapshot(1, 0, 0).Wait(30);

        Assert.Equal((PlanStatus.Killed, sent), (desk.State.Status, desk.Sent.Count()));
        Assert.Equal("this is a backup of 2026-11-23T12:00:00Z: look at the accounts, then `ballast unkill`", desk.State.KilledFor("venue"));
        mark.ClearOnce(desk.State);
        Assert.Null(mark.First(desk.Now));
    }

    [Fact]
    public void Without_the_mark_it_would_be()
    {
        var desk = new Desk().Open(btc: 1).Plan(Desk.Sell(1, Desk.Btc, 0.1m, 40000)).Restart();
        Assert.True(desk.State.HasPlan);
        Assert.Null(new RestoredMark(Path.Combine(_folder.Path, "journal")).First(Now));
        Assert.Null(new RestoredMark(null).First(Now));
    }

    private async Task Write(int count)
    {
        await using var journal = new FileJournal(_data.Portfolio("core").Journal(paper: false), TimeProvider.System);
        var first = journal.Recall().MovedSinceLook.Length;
        await journal.AppendAsync([.. Enumerable.Range(first, count).Select(Moved)], CancellationToken.None);
    }

    private static JournalRecord Moved(int i) => new JournalRecord.External(Now + Duration.FromSeconds(i), "desk", new("BTC"), 0.25m + i, "moved", $"key-{i}");

    private static string[] Contents(DataFolder data) =>
        [.. Directory.EnumerateFiles(data.Root, "*", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) is not ("LOCK" or "OWNER" or "KILL") && !f.EndsWith(".restored", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(f => Path.GetRelativePath(data.Root, f) + Convert.ToHexString(File.ReadAllBytes(f)))];

    private static byte[] Flipped(byte[] whole, int at)
    {
        var changed = (byte[])whole.Clone();
        changed[at] ^= 0x10;
        return changed;
    }
}
