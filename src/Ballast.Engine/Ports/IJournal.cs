using Ballast.Execution;
using Ballast.Records;

namespace Ballast.Engine.Ports;

/// <summary>Where records become durable.</summary>
public interface IJournal : IAsyncDisposable
{
    /// <summary>What everything that is there leaves; called once, before the first append.</summary>
    /// <exception cref="InvalidDataException">A hole or a broken record that good ones follow: the journal is not whole and must not be used.</exception>
    ExecutionState Recall();

    /// <summary>Appends; completes when the records are durable. Calls may overlap: one flush serves many.</summary>
    /// <exception cref="IOException">They are not durable. The process must stop; it may not try again.</exception>
    Task AppendAsync(IReadOnlyList<JournalRecord> records, CancellationToken cancel);

    /// <summary>The hash of the last record, in hexadecimal: what proves all before it.</summary>
    string Head { get; }
}
