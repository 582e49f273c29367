using Ballast.Adapters;
using Ballast.Adapters.Journal;
using Ballast.Engine.Execution;
using Ballast.Engine.Ports;
using Ballast.Engine.Running;
using Ballast.Execution;
using Ballast.Gates;
using Ballast.Holdings;
using Ballast.Instruments;
using Ballast.Orders;
using Ballast.Planning;

namespace Ballast.App.Running;

/// <summary>Everything that a running policy is made of, wired: venues, journal, executor, loop.</summary>
internal sealed class Session : IAsyncDisposable
{
    private readonly FileJournal _journal;

    private Session(SessionParts parts, FileJournal journal)
    {
        (_journal, Parts) = (journal, parts);
        var rules = new ExecutionRules(parts.Venues.ToImmutableSortedDictionary(v => v.Account, v => v.Sheet)) { PriceAge = parts.PriceAge, Limits = GateLimits.Of(parts.Sources.Policy) };
        Executor = new Executor(parts.Venues.ToDictionary(v => v.Account), journal, rules, parts.Clock, parts.Watch, parts.Replays);
        Loop = new Loop(parts.Sources, parts.Settings, Executor);
    }

    public SessionParts Parts { get; }

    public Executor Executor { get; }

    public Loop Loop { get; }

    public string? Repaired => _journal.Repaired;

    public string Head => _journal.Head;

    /// <exception cref="IOException">Another process writes the journal.</exception>
    /// <exception cref="InvalidDataException">The journal is not whole.</exception>
    public static Session Open(SessionParts parts)
    {
        var journal = new FileJournal(parts.Journal, parts.Clock.Time);
        return new Session(parts, journal);
    }

    public async ValueTask DisposeAsync()
    {
        await _journal.DisposeAsync();
        foreach (var venue in Parts.Venues) await venue.DisposeAsync();
    }
}

/// <summary>What a session is made from.</summary>
/// <param name="Journal">The folder of the journal.</param>
/// <param name="PriceAge">Older prices are no reason to send an order.</param>
/// <param name="Replays">Whether history is run, one moment after the other.</param>
/// <param name="Watch">Sees every step.</param>
internal sealed record SessionParts(
    IReadOnlyList<IVenue> Venues, LookSources Sources, LoopSettings Settings, Clock Clock, string Journal, Duration PriceAge, bool Replays, Action<Step> Watch);
