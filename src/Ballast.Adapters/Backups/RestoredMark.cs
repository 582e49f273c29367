using Ballast.Adapters.Running;
using Ballast.Execution;

namespace Ballast.Adapters.Backups;

/// <summary>
/// Says of a journal that it is a backup: what was sent after it was made is not in it. The plan that was at hand then is never gone on with, for
/// its next orders may have been sent already, under the same ids; and nothing trades before a person has let it.
/// </summary>
/// <param name="journal">The journal's folder; null for a run that keeps none, and carries nothing out.</param>
public sealed class RestoredMark(string? journal)
{
    private readonly string? _path = journal is null ? null : journal + ".restored";

    public static string Reason(string made) => $"this is a backup of {made}: look at the accounts, then `ballast unkill`";

    /// <param name="made">When the backup was made, UTC.</param>
    public void Set(string made) => WholeFile.Write(_path!, made, durable: true);

    /// <summary>What the executor is told before anything else; null where nothing was restored.</summary>
    public ExecutionEvent? First(Instant now) => File.Exists(_path) ? new ExecutionEvent.KillPressed(now, "*", "restore", Reason(File.ReadAllText(_path))) : null;

    /// <summary>Takes the mark away once the journal has the stop.</summary>
    public void ClearOnce(ExecutionState state)
    {
        if (state.Kills.ContainsKey("*") && File.Exists(_path)) File.Delete(_path);
    }
}
