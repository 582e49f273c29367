using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Ballast.Adapters.Files;
using Ballast.App.Commands;
using Ballast.Planning;
using Ballast.Triggers;

namespace Ballast.App.Serving;

/// <summary>A portfolio as its files say it now; without <see cref="Now"/>, why not.</summary>
/// <param name="Policy">Null while the file is wrong.</param>
/// <param name="Notes">What the readers want a person to know.</param>
internal sealed record Seen(Place Place, Policy? Policy, Present? Now, Decision? Decision, IReadOnlyList<HoldingLine> Lines, string? Trouble, IReadOnlyList<Fault> Faults, string Notes, Instant Read)
{
    public string Name => Policy?.Name ?? Place.Id;

    /// <summary>Nothing is wrong; holdings or prices are only not there: a running loop needs no such files.</summary>
    public bool IsOnlyPolicy => Policy is not null && Now is null && Faults.Count == 0 && (Place.Holdings is null || Place.Prices is null);

    /// <summary>Its spot is left alone by every rule: the book that it hedges is what is watched.</summary>
    public bool IsBook => Policy is { Hedge: not null, Rebalance.When.IsEmpty: true } && Place is { Book: not null, Chain: not null };

    /// <exception cref="Problem">It cannot be seen.</exception>
    public Present Whole => Now ?? throw new Problem(422, "FILES_WRONG", Trouble ?? "The files cannot be read.", FaultJson.List(Faults));
}

/// <summary>Reads the portfolios of the shelf with the code of the verbs, and again only when a file has changed.</summary>
internal sealed class Portfolios(Shelf shelf)
{
    private readonly ConcurrentDictionary<string, (string Stamp, Lazy<Seen> Seen)> _seen = new(StringComparer.Ordinal);

    private readonly KnownFiles _files = new();
    private readonly Lock _gate = new();
    private volatile Looked? _latest;
    private int _looking;

    public Shelf Shelf => shelf;

    /// <summary>
    /// All of them. Where looking at them takes longer than a moment, and they are many, it is done in the background and no more than a fifth of the time is
    /// spent on it: such a list may be some seconds old, a single portfolio never is.
    /// </summary>
    public IReadOnlyList<Seen> All()
    {
        var known = _latest;
        if (known is null || known.Every == TimeSpan.Zero || known.Age > 2 * known.Every) return Whole();
        if (known.Age > known.Every && Interlocked.Exchange(ref _looking, 1) == 0) _ = Task.Run(Refresh);
        return known.Seen;
    }

    private IReadOnlyList<Seen> Whole()
    {
        var asked = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            if (_latest is { Every.Ticks: > 0 } other && other.Begun >= asked) return other.Seen; // Somebody was at it, for all who wait.
            return Look().Seen;
        }
    }

    private void Refresh()
    {
        try
        {
            lock (_gate) Look();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidInputException)
        {
            // A file is being written; the next look sees it whole.
        }
        finally
        {
            _looking = 0;
        }
    }

    private Looked Look()
    {
        var begun = Stopwatch.GetTimestamp();
        IReadOnlyList<Seen> seen = [.. shelf.Places().AsParallel().AsOrdered().WithDegreeOfParallelism(Math.Max(1, Environment.ProcessorCount / 2)).Select(Of)];
        var took = Stopwatch.GetElapsedTime(begun);
        return _latest = new(seen, begun, seen.Count <= Few || took < Moment ? TimeSpan.Zero : 5 * took);
    }

    /// <param name="Every">How often it is looked again; zero: whenever one asks.</param>
    private sealed record Looked(IReadOnlyList<Seen> Seen, long Begun, TimeSpan Every)
    {
        public TimeSpan Age => Stopwatch.GetElapsedTime(Begun);
    }

    /// <summary>So few are always looked at anew, however busy the machine is.</summary>
    private const int Few = 50;

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(250);

    public Seen Find(string id) => Of(shelf.Find(id));

    /// <summary>A portfolio of such a list, as its files say it at this moment.</summary>
    public Seen Again(Seen seen) => Of(seen.Place);

    private Seen Of(Place place)
    {
        var stamp = Stamp(place);
        return _seen.AddOrUpdate(place.Id, _ => (stamp, Fresh(place)), (_, known) => known.Stamp == stamp ? known : (stamp, Fresh(place))).Seen.Value;
    }

    private Lazy<Seen> Fresh(Place place) => new(() => Read(place, _files));

    /// <summary>Changes when any of the files does.</summary>
    public static string Stamp(Place place) => string.Join('|', place.Paths.Select(KnownFiles.StampOf));

    /// <summary>As it would be with another text of its portfolio file: nothing is written, and nothing kept.</summary>
    public Seen With(Place place, string text) => Read(place, _files, text);

    public static Seen Read(Place place, KnownFiles? known = null, string? unsaved = null)
    {
        var notes = new StringWriter();
        var inputs = new Inputs(asJson: false, notes, known) { Unsaved = unsaved };
        Policy? policy = null;
        var at = SystemClock.Instance.GetCurrentInstant();
        try
        {
            policy = inputs.Policy(place.File);
            inputs.Check();
            if (new Seen(place, policy, null, null, [], null, [], "", at) is { IsBook: true } book) return book with { Trouble = "No rule trades its spot: what it holds is its book of derivatives, on a page of its own." };
            var files = new PresentFiles(place.File, place.Holdings ?? throw Missing(place, "holdings"), place.Prices ?? throw Missing(place, "prices"), place.Instruments);
            var now = Present.Of(files, inputs, null, Stamping);
            var decision = Decider.Decide(now.Policy, now.Sight, Memory.Empty);
            return new Seen(place, now.Policy, now, decision, HoldingLines.Of(now, decision), null, [], notes.ToString().Trim(), at);
        }
        catch (InvalidInputException fault)
        {
            var trouble = inputs.Faults.Count == 0 ? Output.Words.Sentence(fault.Message) : $"{Money.Figures.Count(inputs.Faults.Count, "fault")} in the files; nothing is computed until they are put right.";
            return new Seen(place, policy, null, null, [], trouble, inputs.Faults, notes.ToString().Trim(), at);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new Seen(place, policy, null, null, [], Output.Words.Sentence(fault.Message), [], notes.ToString().Trim(), at);
        }
    }

    private const Stamp Stamping = Adapters.Files.Stamp.Open;

    private static InvalidInputException Missing(Place place, string what) =>
        new($"there are no {what} beside {Path.GetFileName(place.File)}: put {place.Id}.{what}.csv or {what}.csv into its folder, or name them in desk.json");
}
