using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Ballast.Adapters.Connectors;
using Ballast.App.Commands;
using Ballast.App.Output;
using Ballast.Holdings;
using Ballast.Planning;

namespace Ballast.App.Serving;

/// <summary>Paper loops that were begun at the desk: children of it, which end with it. Nothing here can begin a live one.</summary>
/// <param name="exchange">A server of the venues' dialects that they ask for prices, instead of the venues.</param>
internal sealed class PaperLoops(Loops loops, Uri? exchange) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15), Grace = TimeSpan.FromSeconds(8);

    private readonly ConcurrentDictionary<string, Child> _children = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    private sealed record Child(Process Process, ConcurrentQueue<string> Lines);

    /// <summary>Whether the loop of a portfolio was begun here, and runs.</summary>
    public bool Has(string id) => _children.TryGetValue(id, out var child) && !child.Process.HasExited;

    /// <summary>Begins one, and waits until it says that it runs, or why not.</summary>
    public Answer Begin(Seen seen, string? venue, Call call)
    {
        var policy = seen.Policy ?? throw new Problem(422, "FILES_WRONG", seen.Trouble ?? "The file cannot be read.", FaultJson.List(seen.Faults));
        lock (_gate)
        {
            if (loops.Of(policy.Name, call.Now)?["running"]?.GetValue<bool>() == true) throw new Problem(409, "LOOP_RUNS", $"A loop of {policy.Name} runs already.");
            var child = Start(seen.Place, Arguments(seen, policy, venue));
            _children[seen.Place.Id] = child;
            for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < Patience; Thread.Sleep(100))
            {
                if (child.Process.HasExited) throw new Problem(422, "LOOP_ENDED", Words.Sentence(string.Join(' ', child.Lines).Trim() is { Length: > 0 } said ? said : "the loop ended without a word"));
                if (loops.Of(policy.Name, SystemClock.Instance.GetCurrentInstant()) is { } loop && (int?)loop["process"] == child.Process.Id) break;
            }
            return Answer.Told(new JsonObject { ["started"] = policy.Name, ["process"] = child.Process.Id });
        }
    }

    /// <summary>Ends one that was begun here, as Ctrl-C does: no new orders, and working ones as its file says.</summary>
    public Answer End(Seen seen)
    {
        if (!_children.TryRemove(seen.Place.Id, out var child) || child.Process.HasExited) throw new Problem(409, "NO_LOOP_HERE", "No loop of this portfolio was begun at this desk; one of a command line ends there, with Ctrl-C.");
        End(child);
        return Answer.Told(new JsonObject { ["ended"] = seen.Name });
    }

    public void Dispose()
    {
        foreach (var child in _children.Values.Where(c => !c.Process.HasExited)) End(child);
    }

    private string[] Arguments(Seen seen, Policy policy, string? venue)
    {
        var named = policy.Accounts is not [var only] || only != Account.Paper;
        if (!named && venue is null) throw new Problem(422, "VENUE_MISSING", $"Say at which venue's prices: {string.Join(", ", VenueSheets.All.Select(s => s.Venue))}.");
        if (!named && VenueSheets.Find(new(venue!)) is null) throw Problem.Bad($"venue: `{venue}` is none of {string.Join(", ", VenueSheets.All.Select(s => s.Venue))}.");
        var place = seen.Place;
        var hedged = policy.Hedge is not null && place.Book is not null;
        return ["run", place.File, "--paper", "--data", loops.Data.Root, .. named ? Array.Empty<string>() : ["--venue", venue!], .. place.Holdings is { } held && !hedged ? new[] { "--holdings", held } : [],
            .. hedged ? new[] { "--book", place.Book! } : [], .. place.Prices is { } prices ? new[] { "--history", prices } : [], .. exchange is null ? Array.Empty<string>() : ["--exchange", exchange.ToString()]];
    }

    private static Child Start(Place place, string[] arguments)
    {
        var program = Environment.ProcessPath!;
        string[] first = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [typeof(PaperLoops).Assembly.Location] : [];
        var process = new Process { StartInfo = new(program, [.. first, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = Path.GetDirectoryName(place.File)! } };
        var lines = new ConcurrentQueue<string>();
        void Keep(string? line)
        {
            if (line is null) return;
            lines.Enqueue(line);
            while (lines.Count > 20) lines.TryDequeue(out _);
        }
        process.OutputDataReceived += (_, e) => Keep(e.Data);
        process.ErrorDataReceived += (_, e) => Keep(e.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new(process, lines);
    }

    private static void End(Child child)
    {
        // .NET sends no interrupt; where there is no `kill`, the loop is cut off, which it survives at every moment.
        if (!OperatingSystem.IsWindows()) using (var interrupt = Process.Start("kill", ["-INT", child.Process.Id.ToString(CultureInfo.InvariantCulture)])) interrupt.WaitForExit();
        if (OperatingSystem.IsWindows() || !child.Process.WaitForExit(Grace)) child.Process.Kill(entireProcessTree: true);
        child.Process.WaitForExit(Grace);
    }
}
