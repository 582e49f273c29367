using Ballast.Adapters.Connectors;
using Ballast.Adapters.History;
using Ballast.App.Output;
using Ballast.App.Running;
using Ballast.Derivatives;
using Ballast.Engine.Ports;
using Ballast.Instruments;
using Ballast.Money;

namespace Ballast.App.Commands;

/// <summary>Opens the venue without a key, finds the symbols, and fetches one after the other into the file.</summary>
internal sealed class DataFetch(DataAsked asked, DataText said)
{
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        try
        {
            await using var connector = new ConnectorProcess(ConnectorPlace.Find(), ConnectorTimes.Usual);
            await using var venue = new ConnectedVenue(connector, new VenueAccess("prices", new(asked.Venue), null, Rest: asked.Exchange), SystemClock.Instance);
            await venue.OpenAsync(cancel);
            await (asked.Kind switch { DataKind.Bars => BarsAsync(venue, cancel), DataKind.Funding => FundingAsync(venue, cancel), _ => ChainsAsync(venue, cancel) });
            return Outcome.Done;
        }
        catch (VenueException fault)
        {
            DataText.Clear();
            Console.Error.WriteLine($"{Words.Sentence(fault.Message)} What {asked.Path} has already stays; the same command goes on from there.");
            return Outcome.WorldFailed;
        }
        catch (InvalidDataException fault)
        {
            throw new InvalidInputException(fault.Message);
        }
    }

    private async Task BarsAsync(ConnectedVenue venue, CancellationToken cancel)
    {
        var symbols = asked.Symbols.Select(s => Listed(venue, s)).ToArray();
        using var file = new BarFile(asked.Path, new BarSource(asked.Venue, asked.Interval, asked.Server, asked.From!.Value));
        var now = await NowAsync(venue, cancel);
        foreach (var (name, symbol) in symbols)
        {
            var fetch = new BarFetch((_, from, to, stop) => venue.BarsAsync(symbol, asked.Interval, from, to, stop), asked.Step, Asking.Usual, said.Progress);
            var fetched = await fetch.RunAsync(file, name, asked.From!.Value, Instant.Min(asked.To, now), now, cancel);
            said.Add(name, fetched.Added, fetched.Repeated, file.Of(name), fetched.Incomplete, fetched.Missing);
        }
        said.End();
    }

    private async Task FundingAsync(ConnectedVenue venue, CancellationToken cancel)
    {
        var symbols = asked.Symbols.Select(s => Listed(venue, s)).ToArray();
        if (symbols.FirstOrDefault(s => venue.Instruments.Instruments.First(i => i.Symbol == s.Symbol) is not Instrument.Perpetual) is { Name: { } other }) throw new InvalidInputException($"--symbols: {other} pays no funding: it is no perpetual");
        using var file = new FundingFile(asked.Path, asked.Venue, asked.Server, asked.From!.Value);
        var now = await NowAsync(venue, cancel);
        foreach (var (name, symbol) in symbols)
        {
            var fetch = new FundingFetch((_, from, to, stop) => venue.FundingAsync(symbol, from, to, stop), Asking.Usual, said.Progress);
            var (added, repeated) = await fetch.RunAsync(file, name, asked.From!.Value, Instant.Min(asked.To, now), cancel);
            said.Add(name, added, repeated, file.Of(name));
        }
        said.End();
    }

    private async Task ChainsAsync(ConnectedVenue venue, CancellationToken cancel)
    {
        var options = venue.Instruments.Instruments.OfType<Instrument.Option>().Select(o => o.Base.Code).Distinct().Order().ToArray();
        if (asked.Symbols.FirstOrDefault(s => !options.Contains(s)) is { } none) throw new InvalidInputException($"--symbols: {asked.Venue} has no options on `{none}`; {(options.Length > 0 ? $"expected {string.Join(", ", options)}" : "it has none")}");
        using var file = new ChainLog(asked.Path, asked.Venue, asked.Server);
        do
        {
            var at = await NowAsync(venue, cancel);
            var quotes = new List<ChainQuote>();
            foreach (var coin in asked.Symbols) quotes.AddRange(await Asking.Of(stop => venue.OptionsAsync(new Asset(coin), stop), Asking.Usual, cancel));
            file.Add(at, quotes);
            foreach (var coin in asked.Symbols) said.Snapshot(coin, at, quotes.Count(q => q.Contract.Base.Code == coin));
        }
        while (asked.Every is { } pause && await WaitedAsync(pause, cancel));
        said.End();
    }

    /// <summary>Whether there is another snapshot: not after the end, and not after Ctrl-C, which is how it is stopped.</summary>
    private async Task<bool> WaitedAsync(Duration pause, CancellationToken cancel)
    {
        if (SystemClock.Instance.GetCurrentInstant() + pause > asked.To) return false;
        try
        {
            await Task.Delay(pause.ToTimeSpan(), cancel);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>By the venue's clock, to the millisecond, which is as much as it is known to.</summary>
    private static async Task<Instant> NowAsync(ConnectedVenue venue, CancellationToken cancel) =>
        Instant.FromUnixTimeMilliseconds((SystemClock.Instance.GetCurrentInstant() + await venue.ClockAheadAsync(cancel)).ToUnixTimeMilliseconds());

    /// <summary>The name that files carry, a pair of assets where it is one, and the venue's own.</summary>
    private static (string Name, string Symbol) Listed(ConnectedVenue venue, string text)
    {
        var all = venue.Instruments.Instruments;
        var found = all.FirstOrDefault(i => i.Symbol == text || NameOf(i) == text || i.Symbol == text.Replace("/", "", StringComparison.Ordinal))
            ?? throw new InvalidInputException($"--symbols: {venue.Sheet.Venue} has no `{text}`; expected names such as {string.Join(", ", all.Take(3).Select(NameOf))}");
        return (NameOf(found), found.Symbol);
    }

    private static string NameOf(Instrument listed) => listed is Instrument.Spot ? $"{listed.Base}/{listed.Quote}" : listed.Symbol;
}
