using Ballast.Engine.Ports;

namespace Ballast.Adapters.History;

/// <summary>Asks a venue for a page of funding: symbol, from, to.</summary>
public delegate Task<FundingPage> AskFunding(string symbol, Instant from, Instant to, CancellationToken cancel);

/// <summary>Fetches funding rates page by page into a file, from where the file ends.</summary>
/// <param name="again">The pauses before a page that failed is asked for again.</param>
/// <param name="progress">Hears of every page: symbol, time reached, rows in the file.</param>
public sealed class FundingFetch(AskFunding ask, IReadOnlyList<TimeSpan> again, Action<string, Instant, int> progress)
{
    /// <summary>Fetches what is missing of one symbol.</summary>
    /// <param name="to">The first time that is not wanted; no later than now.</param>
    /// <returns>Rates added, and rates that the venue told twice.</returns>
    /// <exception cref="VenueException">A page could not be had; what came before it is in the file.</exception>
    public async Task<(int Added, int Repeated)> RunAsync(FundingFile file, string symbol, Instant from, Instant to, CancellationToken cancel)
    {
        var (added, repeated) = (0, 0);
        for (Instant? next = file.Of(symbol) is { } known ? known.Last + Duration.FromMilliseconds(1) : from; next is { } start && start < to;)
        {
            var page = await Asking.Of(stop => ask(symbol, start, to, stop), again, cancel).ConfigureAwait(false);
            if (page.Next is { } further && further <= start) throw new VenueException($"the venue's pages of {symbol} do not go on: after {start} comes {further}");
            var wanted = page.Rows.Where(r => r.At >= start && r.At < to).ToArray();
            var fresh = wanted.DistinctBy(r => r.At).OrderBy(r => r.At).ToArray();
            file.Add(symbol, fresh);
            (added, repeated) = (added + fresh.Length, repeated + wanted.Length - fresh.Length);
            progress(symbol, page.Next ?? to, file.Of(symbol)?.Count ?? 0);
            next = page.Next;
        }
        return (added, repeated);
    }
}
