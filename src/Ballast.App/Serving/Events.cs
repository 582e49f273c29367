using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Ballast.Adapters;
using Ballast.App.Commands;
using Ballast.App.Output;
using Ballast.App.Watching;
using Microsoft.AspNetCore.Http;

namespace Ballast.App.Serving;

/// <summary>Tells the pages what has changed, as server-sent events; a page that was away and asks for what nobody remembers is told to read everything again.</summary>
internal sealed class Events(Portfolios portfolios, Loops loops, CancellationToken closing)
{
    private const int Remembered = 1000, MostStreams = 32, MostNamed = 20;

    /// <summary>Between two looks: short enough that a tick is on the screen before one asks for it, and never so short that looking is more than a tenth of the work.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(120), Beat = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Queue<(long Id, string Text)> _ring = new();
    private readonly List<Channel<string>> _streams = [];
    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);
    private long _last;

    /// <summary>Looks at what changes, until the desk closes.</summary>
    public async Task WatchAsync()
    {
        var (took, beaten) = (Timed(tell: false), Stopwatch.GetTimestamp());
        while (!closing.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(9 * took > Pause ? 9 * took : Pause, closing);
                took = Timed(tell: true);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidInputException)
            {
                // A file is being written; the next look sees it whole.
            }
            if (Stopwatch.GetElapsedTime(beaten) < Beat) continue;
            beaten = Stopwatch.GetTimestamp();
            Tell("beat", new JsonObject { ["at"] = Json.Time(SystemClock.Instance.GetCurrentInstant()) });
        }
    }

    private TimeSpan Timed(bool tell)
    {
        var start = Stopwatch.GetTimestamp();
        Look(tell);
        return Stopwatch.GetElapsedTime(start);
    }

    /// <summary>Writes to one page until it leaves, is signed out, or the desk closes.</summary>
    public async Task StreamAsync(HttpContext http, Func<bool> mayStay)
    {
        var channel = Channel.CreateBounded<string>(new BoundedChannelOptions(256));
        foreach (var text in Begin(channel, long.TryParse(http.Request.Headers["Last-Event-ID"], out var id) ? id : null)) channel.Writer.TryWrite(text);
        Telemetry.EventStreams.Add(1);
        try
        {
            http.Response.ContentType = "text/event-stream";
            using var ends = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, closing);
            await http.Response.WriteAsync("retry: 2000\n\n", ends.Token);
            await http.Response.Body.FlushAsync(ends.Token);
            await foreach (var text in channel.Reader.ReadAllAsync(ends.Token))
            {
                if (!mayStay()) return;
                await http.Response.WriteAsync(text, ends.Token);
                await http.Response.Body.FlushAsync(ends.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The page has gone, or the desk closes.
        }
        finally
        {
            Telemetry.EventStreams.Add(-1);
            lock (_gate) _streams.Remove(channel);
        }
    }

    private string[] Begin(Channel<string> channel, long? after)
    {
        lock (_gate)
        {
            if (_streams.Count >= MostStreams) throw new Problem(429, "TOO_MANY_STREAMS", $"{MostStreams} pages follow already; close one.");
            _streams.Add(channel);
            if (after is not { } last || last == _last) return [];
            var kept = _ring.Count > 0 && _ring.Peek().Id <= last + 1 && last < _last;
            return kept ? [.. _ring.Where(e => e.Id > last).Select(e => e.Text)] : [Text(_last, "reset", [])];
        }
    }

    private void Look(bool tell)
    {
        var now = SystemClock.Instance.GetCurrentInstant();
        var stamps = new Dictionary<string, string>(StringComparer.Ordinal); // Files that many share are looked at once.
        string[] changed = [.. portfolios.Shelf.Places().Where(p => Changed("file " + p.Id, string.Join('|', p.Paths.Select(StampOf)))).Select(p => p.Id)];
        if (tell && changed.Length > MostNamed) Tell("reset", []); // Prices that many share: everything is read again, once.
        else if (tell) foreach (var id in changed) Tell("portfolio", new JsonObject { ["id"] = id });
        var kill = loops.Kill;
        if (Changed("kill", kill?.ToString() ?? "") && tell) Tell("safety", new JsonObject { ["stopped"] = kill is not null });
        foreach (var loop in loops.All(now))
        {
            var name = (string?)loop["name"] ?? "";
            var said = (JsonObject)loop.DeepClone();
            said.Remove("at");
            said.Remove("ageSeconds");
            foreach (var account in said["accounts"] as JsonArray ?? [])
                foreach (var ages in (string[])["clockAheadMs", "pricedAt", "agreedAt"]) (account as JsonObject)?.Remove(ages);
            said.Remove("uses");
            if (Changed("loop " + name, said.ToJsonString()) && tell) Tell("loop", new JsonObject { ["name"] = name, ["loop"] = loop });
            var folder = JournalView.Folder(loops.Data.Portfolio(name), null, loop);
            if (Changed("journal " + name, JournalView.Stamp(folder)) && tell) Tell("journal", new JsonObject { ["name"] = name });
        }

        string? StampOf(string? path) => path is null ? null : stamps.TryGetValue(path, out var known) ? known : stamps[path] = KnownFiles.StampOf(path);
    }

    private bool Changed(string what, string stamp)
    {
        if (_known.TryGetValue(what, out var known) && known == stamp) return false;
        _known[what] = stamp;
        return true;
    }

    /// <summary>Tells every page that follows.</summary>
    public void Tell(string kind, JsonObject data)
    {
        lock (_gate)
        {
            var text = Text(++_last, kind, data);
            if (kind != "beat") _ring.Enqueue((_last, text)); else _last--;
            if (_ring.Count > Remembered) _ring.Dequeue();
            // A page that does not keep up is let go: it comes back, and is told what it missed, or to read everything again.
            foreach (var stream in _streams)
                if (!stream.Writer.TryWrite(kind == "beat" ? Text(null, kind, data) : text)) stream.Writer.TryComplete();
        }
    }

    private static string Text(long? id, string kind, JsonObject data) => $"{(id is { } i ? $"id: {i}\n" : "")}event: {kind}\ndata: {data.ToJsonString()}\n\n";
}
