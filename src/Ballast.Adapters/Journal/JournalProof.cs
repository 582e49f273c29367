using System.Text.Json;
using Ballast.Execution;
using Ballast.Records;

namespace Ballast.Adapters.Journal;

/// <summary>What a reading of a whole journal proves: bytes, chain, and that the records tell a story that execution allows.</summary>
/// <param name="Entries">Records that are whole, from the first on.</param>
/// <param name="Head">The hash of the last of them, in hexadecimal.</param>
/// <param name="Fault">Where it breaks; null where it does not.</param>
/// <param name="State">What they leave.</param>
public sealed record JournalProof(ulong Entries, string Head, JournalFault? Fault, ExecutionState State)
{
    /// <summary>Reads a journal that may be written at the same time: an end that is not whole is looked at again before it is called a fault.</summary>
    public static JournalProof Of(string folder)
    {
        var proof = Once(folder);
        for (var again = 0; again < 4 && proof.Fault is { Repairable: true }; again++)
        {
            Thread.Sleep(50);
            proof = Once(folder);
        }
        return proof;
    }

    private static JournalProof Once(string folder)
    {
        var (reader, kept) = (new JournalReader(folder), new CheckpointFile(folder).Read());
        var state = ExecutionState.Empty;
        foreach (var frame in reader.Frames())
            try
            {
                state = state.After(frame.Record);
                if (kept?.Sequence == frame.Sequence && kept.Hash.AsSpan().SequenceEqual(frame.Hash) && !kept.State.ToCheckpoint().AsSpan().SequenceEqual(state.ToCheckpoint()))
                    return new(frame.Sequence, reader.Head, new("CHECKPOINT", 0, frame.Sequence, "it says other than the records; delete it, they say all that it should", false), state);
            }
            catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException or ArithmeticException)
            {
                return new(frame.Sequence - 1, Convert.ToHexStringLower(frame.Before), new(Path.GetFileName(reader.End.Path), frame.At, frame.Sequence, $"it is whole, and cannot be: {fault.Message}", false), state);
            }
        return new(reader.Last, reader.Head, reader.Fault, state);
    }
}
