using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Ballast.Adapters.Journal;
using Ballast.Execution;
using Ballast.Records;
using Ballast.Tests.App;
using Desk = Ballast.Tests.Execution.Desk;

namespace Ballast.Tests.Adapters.Journal;

/// <summary>A start that need not fold every record knows what one knows that does; the simulation cuts every one of its journals in two to see the same.</summary>
public sealed class CheckpointTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static List<JournalRecord> Story => new Desk().Open(btc: 1).Plan(Desk.Buy(2, Desk.Eth, 5m, 2001m), Desk.Sell(1, Desk.Btc, 0.5m, 40000m)).FillLast().FillLast().Wait(11).Journal;

    [Fact]
    public async Task A_start_with_a_checkpoint_folds_only_what_came_after_it()
    {
        var story = Story;
        await Append(every: 5, story);
        Assert.Equal(story.Count, await Recalled(every: 5));
        Assert.Equal(0, await Recalled(every: 5));
        await Append(every: 1000, new JournalRecord.KillSet(Desk.Start, "*", "me", "enough"));
        Assert.Equal(1, await Recalled(every: 1000));
        Assert.Equal("enough", (await State()).KilledFor("venue"));
    }

    [Fact]
    public async Task It_is_never_believed_against_the_records()
    {
        await Append(every: 5, Story);
        await Recalled(every: 5);
        var (path, expected) = (Path.Combine(_folder.Path, "CHECKPOINT"), ExecutionState.Of(Story).ToCheckpoint());
        var whole = File.ReadAllBytes(path);
        for (var at = 0; at < whole.Length; at += 7)
        {
            var changed = (byte[])whole.Clone();
            changed[at] ^= 0x20;
            File.WriteAllBytes(path, changed);
            Assert.Equal(expected, (await State()).ToCheckpoint());
            File.WriteAllBytes(path, whole[..at]);
            Assert.Equal(expected, (await State()).ToCheckpoint());
        }
    }

    [Fact]
    public async Task A_checkpoint_of_another_journal_counts_for_nothing()
    {
        using var other = new CheckpointTests();
        await other.Append(every: 1, new JournalRecord.KillSet(Desk.Start, "*", "else", "elsewhere"));
        await other.Recalled(every: 1);
        await Append(every: 1000, Story);
        File.Copy(Path.Combine(other._folder.Path, "CHECKPOINT"), Path.Combine(_folder.Path, "CHECKPOINT"));

        Assert.Null((await State()).KilledFor("venue"));
        Assert.Equal(Story.Count, await Recalled(every: 1000));
    }

    [Fact]
    public async Task One_that_says_other_than_the_records_is_found_by_the_proof()
    {
        await Append(every: 5, Story);
        await Recalled(every: 5);
        Assert.Null(JournalProof.Of(_folder.Path).Fault);
        var path = Path.Combine(_folder.Path, "CHECKPOINT");
        var forged = Encoding.UTF8.GetBytes(Encoding.Latin1.GetString(File.ReadAllBytes(path)[52..^32]).Replace("\"quantity\":\"", "\"quantity\":\"9", StringComparison.Ordinal));
        byte[] bytes = [.. File.ReadAllBytes(path)[..52], .. forged];
        File.WriteAllBytes(path, [.. bytes, .. SHA256.HashData(bytes)]);

        Assert.Equal("CHECKPOINT", JournalProof.Of(_folder.Path).Fault?.File);
    }

    [Fact]
    public void It_keeps_all_that_the_journal_says_and_nothing_else()
    {
        string[] forgotten = ["Watches", "Accounts", "Tops", "Depths", "Prices", "DiskFault", "NoPriceSince", "NoPrice", "Now", "Steady"]; // What a restart forgets: ExecutionState.Restarted.
        var state = typeof(ExecutionState).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.SetMethod is not null).Select(p => p.Name).Except(forgotten);
        var kept = typeof(ExecutionState).Assembly.GetType("Ballast.Execution.Checkpoint")!.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(p => p.Name);
        Assert.Equal(state.Order(), kept.Order());
    }

    private async Task Append(long every, params IReadOnlyList<JournalRecord> records)
    {
        await using var journal = Journal(every);
        journal.Recall();
        await journal.AppendAsync(records, CancellationToken.None);
    }

    private async Task<long> Recalled(long every)
    {
        await using var journal = Journal(every);
        journal.Recall();
        return journal.Folded;
    }

    private async Task<ExecutionState> State()
    {
        await using var journal = Journal(1000);
        return journal.Recall();
    }

    private FileJournal Journal(long every) => new(_folder.Path, TimeProvider.System, 64 * 1024, JournalDisk.Real, every);
}
