using Ballast.Engine.Ports;

namespace Ballast.Adapters.History;

/// <summary>Asks a venue for a page: symbol, from, to.</summary>
public delegate Task<BarPage> AskBars(string symbol, Instant from, Instant to, CancellationToken cancel);

/// <summary>Fetches bars page by page into a file, from where the file ends.</summary>
/// <param name="step">The length of a bar.</param>
/// <param name="again">The pauses before a page that failed is asked for again.</param>
/// <param name="progress">Hears of every page: symbol, time reached, bars in the file.</param>
public sealed class BarFetch(AskBars ask, Duration step, IReadOnlyList<TimeSpan> again, Action<string, Instant, int> progress)
{
    /// <summary>Fetches what is missing of one symbol.</summary>
    /// <param name="to">The first time that is not wanted.</param>
    /// <param name="now">By the venue's clock: a bar that is not over by then is left out, for it still changes.</param>
    /// <exception cref="VenueException">A page could not be had; what came before it is in the file.</exception>
    public async Task<Fetched> RunAsync(BarFile file, string symbol, Instant from, Instant to, Instant now, CancellationToken cancel)
    {
        var (added, missing, incomplete, repeated) = (0, 0, 0, 0);
        for (Instant? next = file.Of(symbol) is { } known ? known.Last + step : from; next is { } start && start < to && start + step <= now;)
        {
            var page = await Asking.Of(stop => ask(symbol, start, to, stop), again, cancel).ConfigureAwait(false);
            if (page.Next is { } further && further <= start) throw new VenueException($"the venue's pages of {symbol} do not go on: after {start} comes {further}");
            var told = page.Bars.Where(b => b.At >= start && b.At < to && b.At + step <= now).ToArray();
            var wanted = told.DistinctBy(b => b.At).OrderBy(b => b.At).ToArray();
            repeated += told.Length - wanted.Length;
            var whole = wanted.Where(b => b is { Open: not null, High: not null, Low: not null, Close: not null }).ToArray();
            missing += Missing(file.Of(symbol)?.Last, whole);
            incomplete += wanted.Length - whole.Length;
            file.Add(symbol, whole);
            added += whole.Length;
            progress(symbol, page.Next ?? to, file.Of(symbol)?.Count ?? 0);
            next = page.Next;
        }
        return new Fetched(symbol, added, missing, incomplete, repeated);
    }

    /// <summary>Bars that the venue left out between others.</summary>
    private int Missing(Instant? last, IEnumerable<Bar> bars)
    {
        var missing = 0;
        foreach (var bar in bars)
        {
            if (last is { } before) missing += (int)Math.Round((bar.At - before) / step) - 1;
            last = bar.At;
        }
        return missing;
    }
}

/// <summary>What came of fetching a symbol.</summary>
/// <param name="Missing">Bars that the venue left out between others; a gap that was there before is not counted.</param>
/// <param name="Incomplete">Bars left out because a price was missing in them.</param>
/// <param name="Repeated">Bars that the venue told twice; they are kept once.</param>
public sealed record Fetched(string Symbol, int Added, int Missing, int Incomplete, int Repeated = 0);
