using Ballast.Adapters.Journal;
using Ballast.App.Watching;
using Ballast.Engine.Execution;
using Ballast.Engine.Ports;
using Ballast.Engine.Running;
using Ballast.Execution;
using Ballast.Gates;
using Ballast.Instruments;

namespace Ballast.App.Running;

/// <summary>Everything that a running policy is made of, wired: venues, journal, executor, loop.</summary>
internal sealed class Session : IAsyncDisposable
{
    /// <exception cref="IOException">Another process writes the journal.</exception>
    /// <exception cref="InvalidDataException">The journal is not whole.</exception>
    public Session(SessionParts parts)
    {
        (Parts, Journal) = (parts, parts.Journal is { } folder ? new FileJournal(folder, parts.Clock.Time) : new MemoryJournal());
        var rules = new ExecutionRules(parts.Venues.ToImmutableSortedDictionary(v => v.Account, v => v.Sheet)) { Limits = parts.Sources.Limits, Pairs = PairsOf(parts) };
        Executor = new Executor(parts.Venues.ToDictionary(v => v.Account), new WatchedJournal(Journal), rules, parts.Clock, parts.Watch, parts.Replays);
        Loop = new Loop(parts.Sources, parts.Settings, Executor);
    }

    /// <summary>What each account's spot markets trade, by the names that their venues use.</summary>
    private static ImmutableDictionary<(string, string), string> PairsOf(SessionParts parts) =>
        (from venue in parts.Venues from i in venue.Instruments.Instruments.OfType<Instrument.Spot>() where i.Venue == venue.Sheet.Venue select KeyValuePair.Create((venue.Account, i.Symbol), $"{i.Base}/{i.Quote}"))
        .DistinctBy(p => p.Key).ToImmutableDictionary();

    public SessionParts Parts { get; }

    public IJournal Journal { get; }

    public Executor Executor { get; }

    public Loop Loop { get; }

    /// <summary>What was put in order at the journal's end; null where nothing was.</summary>
    public string? Repaired => (Journal as FileJournal)?.Repaired;

    public async ValueTask DisposeAsync()
    {
        await Journal.DisposeAsync();
        foreach (var venue in Parts.Venues) await venue.DisposeAsync();
    }
}

/// <summary>What a session is made from.</summary>
/// <param name="Journal">The folder of the journal; null for a dry run, which keeps none.</param>
/// <param name="Replays">Whether history is run, one moment after the other.</param>
/// <param name="Watch">Sees every step.</param>
internal sealed record SessionParts(
    IReadOnlyList<IVenue> Venues, LookSources Sources, LoopSettings Settings, Clock Clock, string? Journal, bool Replays, Action<Step> Watch);
