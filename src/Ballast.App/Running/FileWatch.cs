using Ballast.Adapters.Files;
using Ballast.App.Commands;
using Ballast.Holdings;
using Ballast.Instruments;
using Ballast.Planning;

namespace Ballast.App.Running;

/// <summary>The file of a running policy, read again when it was changed.</summary>
internal sealed class FileWatch
{
    private readonly RunRequest _begun;
    private RunRequest _now;
    private string _hash;
    private (DateTime Written, long Length) _seen;

    public FileWatch(RunRequest begun) => (_begun, _now, _hash, _seen) = (begun, begun, begun.ConfigHash, Stamp(begun.File));

    /// <summary>What has changed since it was asked before; null where nothing has. A file that is not there, or not whole, is looked at again.</summary>
    public FileChange? Next()
    {
        var seen = Stamp(_begun.File);
        if (seen == _seen || seen.Length < 0) return null;
        _seen = seen;
        try
        {
            var hash = RunAsked.HashOf(File.ReadAllBytes(_begun.File));
            if (hash == _hash) return null;
            _hash = hash;
            return Of(PolicyFile.Load(_begun.File), hash);
        }
        catch (IOException)
        {
            _seen = default; // Somebody is writing it.
            return null;
        }
        catch (InvalidInputException fault)
        {
            return new FileChange(_now, null, fault.Message);
        }
    }

    private FileChange Of(Reading<Policy> reading, string hash)
    {
        if (!reading.Ok) return new FileChange(_now, null, $"nothing of it is taken: {reading.Faults[0].Sentence}{(reading.Faults.Length > 1 ? $"; and {reading.Faults.Length - 1} more, which `ballast check` shows" : "")}");
        var policy = _begun.Venue is { } venue ? RunAsked.At(reading.Value!, venue) : reading.Value!;
        if (NeedsStart(_begun.Policy, policy) is { } why) return new FileChange(_now, policy, $"its limits hold; all else waits until the loop is started again, because {why}");
        _now = _now with { Policy = policy, ConfigHash = hash, Check = _begun.Check == _begun.Policy.Run.Check ? policy.Run.Check : _begun.Check };
        return new FileChange(_now, policy, null);
    }

    /// <summary>By what venues were opened, and their prices are followed.</summary>
    private static string? NeedsStart(Policy was, Policy now) =>
        now.Name != was.Name ? "its name changed"
        : now.Base != was.Base ? "its base asset changed"
        : !now.Accounts.Select(Traded).SequenceEqual(was.Accounts.Select(Traded)) ? "its accounts changed"
        : now.Hedge?.Book != was.Hedge?.Book || !(now.Hedge?.With ?? []).SequenceEqual(was.Hedge?.With ?? []) ? "what it hedges, or with what, changed"
        : now.Targets.AllAssets.Except(was.Targets.AllAssets).ToArray() is [var first, ..] ? $"{first} is new in it"
        : null;

    private static (string, VenueId, Permissions) Traded(Account account) => (account.Name, account.Venue, account.May);

    private static (DateTime Written, long Length) Stamp(string file) => new FileInfo(file) is { Exists: true } info ? (info.LastWriteTimeUtc, info.Length) : (default, -1);
}

/// <summary>A file was changed.</summary>
/// <param name="Request">What is run from now on.</param>
/// <param name="Limits">Whose limits hold from now on; null of a file that is not whole.</param>
/// <param name="Waits">What of it is not taken, and why; null where all of it is.</param>
internal sealed record FileChange(RunRequest Request, Policy? Limits, string? Waits);
