using Ballast.Engine.Ports;
using Ballast.Execution;
using Ballast.Records;

namespace Ballast.Engine.Running;

/// <summary>A journal that nobody keeps: of a dry run, which does nothing that would have to be proven.</summary>
public sealed class MemoryJournal : IJournal
{
    public string Head => "";

    public ExecutionState Recall() => ExecutionState.Empty;

    public Task AppendAsync(IReadOnlyList<JournalRecord> records, CancellationToken cancel) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
