using System.CommandLine;
using System.Text.Json.Nodes;
using Ballast.Adapters;
using Ballast.Adapters.Connectors;
using Ballast.Adapters.History;
using Ballast.App.Output;
using Ballast.App.Running;
using Ballast.Engine.Ports;
using Ballast.Instruments;
using Ballast.Money;

namespace Ballast.App.Commands;

/// <summary><c>ballast data fetch</c>: prices of the past from a venue, into a file that every verb reads.</summary>
internal static class DataCommand
{
    public static Command Create() => new("data",
        """
        Fetches prices of the past from a venue; no key is needed.

        Example:
          ballast data fetch --venue binance --symbols BTC/USDT,ETH/USDT --interval 1d --from 2020-01-01 --out prices.csv
        """) { Fetch() };

    private static Command Fetch()
    {
        var (venue, symbols) = (new Option<string>("--venue") { Description = "the venue", HelpName = "NAME", Required = true }, new Option<string>("--symbols") { Description = "pairs or contracts, with commas between", HelpName = "LIST", Required = true });
        var (interval, from, to) = (new Option<string>("--interval") { Description = "the length of a bar: 1m, 1h, 4h, 1d", DefaultValueFactory = _ => "1d", HelpName = "SPAN" },
            new Option<string>("--from") { Description = "the first bar", HelpName = "TIME", Required = true }, new Option<string?>("--to") { Description = "the end; without it, the last bar that is over", HelpName = "TIME" });
        var (output, exchange) = (new Option<string?>("--out") { Description = "the file; without it, history/VENUE-SPAN.csv in the data folder", HelpName = "CSV" }, new Option<string?>("--exchange") { Description = "a server of the venues' dialects instead of the venues", HelpName = "URL" });
        var (data, json) = (Options.Data(), Options.AsJson());
        var command = new Command("fetch",
            """
            Fetches bars into a CSV: timestamp,symbol,open,high,low,close,volume. A bar that is not over yet is left out. A file that is there already is gone on
            with from where it ends, after a stop as well as a month later.

            Example:
              ballast data fetch --venue binance --symbols BTC/USDT,ETH/USDT --interval 1d --from 2020-01-01 --out prices.csv
            """) { venue, symbols, interval, from, to, output, exchange, data, json };
        command.SetAction(async (parsed, cancel) =>
        {
            var (name, span, start) = (parsed.GetRequiredValue(venue), parsed.GetRequiredValue(interval), Options.Time(parsed.GetRequiredValue(from), "--from")!.Value);
            var asked = new Asked(name, parsed.GetRequiredValue(symbols).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), span, Options.Span(span, "--interval"), start,
                Options.Time(parsed.GetValue(to), "--to") ?? Instant.MaxValue, parsed.GetValue(output) ?? Path.Combine(DataFolder.Of(parsed.GetValue(data)).History, $"{name}-{span}.csv"), RunAsked.Address(parsed.GetValue(exchange)));
            if (asked.To <= asked.From) throw new InvalidInputException("--to is not after --from");
            if (VenueSheets.Find(new(name)) is null) throw new InvalidInputException($"--venue: `{name}` is none; there are {string.Join(", ", VenueSheets.All.Select(s => s.Venue))}");
            return await FetchAsync(asked, parsed.GetValue(json), cancel);
        });
        return command;
    }

    private sealed record Asked(string Venue, string[] Symbols, string Interval, Duration Step, Instant From, Instant To, string Path, Uri? Exchange)
    {
        public BarSource Source => new(Venue, Interval, Exchange?.Authority, From);
    }

    private static async Task<int> FetchAsync(Asked asked, bool asJson, CancellationToken cancel)
    {
        try
        {
            await using var connector = new ConnectorProcess(ConnectorPlace.Find(), ConnectorTimes.Usual);
            await using var venue = new ConnectedVenue(connector, new VenueAccess("prices", new(asked.Venue), null, Rest: asked.Exchange), SystemClock.Instance);
            await venue.OpenAsync(cancel);
            var symbols = asked.Symbols.Select(s => Listed(venue, s)).Distinct().ToDictionary(s => s.Name, s => s.Symbol);
            using var file = new BarFile(asked.Path, asked.Source);
            var fetch = new BarFetch((name, from, to, stop) => venue.BarsAsync(symbols[name], asked.Interval, from, to, stop), asked.Step, BarFetch.Usual, Progress);
            var now = SystemClock.Instance.GetCurrentInstant() + await venue.ClockAheadAsync(cancel);
            var fetched = new List<Fetched>();
            foreach (var name in symbols.Keys) fetched.Add(await fetch.RunAsync(file, name, asked.From, Instant.Min(asked.To, now), now, cancel));
            Clear();
            Print(asked, file, fetched, asJson);
            return Outcome.Done;
        }
        catch (VenueException fault)
        {
            Clear();
            Console.Error.WriteLine($"{Words.Sentence(fault.Message)} What {asked.Path} has already stays; the same command goes on from there.");
            return Outcome.WorldFailed;
        }
        catch (InvalidDataException fault)
        {
            throw new InvalidInputException(fault.Message);
        }
    }

    /// <summary>The name that files carry, a pair of assets where it is one, and the venue's own.</summary>
    private static (string Name, string Symbol) Listed(ConnectedVenue venue, string text)
    {
        var all = venue.Instruments.Instruments;
        var found = all.FirstOrDefault(i => i.Symbol == text || NameOf(i) == text || i.Symbol == text.Replace("/", "", StringComparison.Ordinal))
            ?? throw new InvalidInputException($"--symbols: {venue.Sheet.Venue} has no `{text}`; expected names such as {string.Join(", ", all.Take(3).Select(NameOf))}");
        return (NameOf(found), found.Symbol);
    }

    private static string NameOf(Instrument listed) => listed is Instrument.Spot ? $"{listed.Base}/{listed.Quote}" : listed.Symbol;

    private static void Progress(string symbol, Instant at, int bars)
    {
        if (!Console.IsErrorRedirected) Console.Error.Write($"\r{symbol} {Words.Date(at)}, {Figures.Count(bars, "bar")}".PadRight(70));
    }

    private static void Clear()
    {
        if (!Console.IsErrorRedirected) Console.Error.Write($"\r{new string(' ', 70)}\r");
    }

    private static void Print(Asked asked, BarFile file, List<Fetched> fetched, bool asJson)
    {
        if (asJson) Console.WriteLine(Json.Text(new JsonObject { ["file"] = asked.Path, ["venue"] = asked.Venue, ["interval"] = asked.Interval, ["symbols"] = Json.Array(fetched.Select(f => OneJson(f, file))) }));
        else foreach (var f in fetched) Console.WriteLine(One(f, file));
        if (!asJson) Console.WriteLine(asked.Path);
    }

    private static JsonObject OneJson(Fetched f, BarFile file) => new()
    {
        ["symbol"] = f.Symbol, ["bars"] = file.Of(f.Symbol)?.Count ?? 0, ["added"] = f.Added, ["first"] = file.Of(f.Symbol) is { } a ? Json.Time(a.First) : null, ["last"] = file.Of(f.Symbol) is { } b ? Json.Time(b.Last) : null,
        ["missing"] = f.Missing, ["incomplete"] = f.Incomplete,
    };

    private static string One(Fetched f, BarFile file) => file.Of(f.Symbol) is not { } series ? $"{f.Symbol}: the venue has none in that time."
        : $"{f.Symbol}: {Figures.Count(f.Added, "bar")} added, {series.Count} from {Words.Time(series.First)} to {Words.Time(series.Last)}"
        + (f.Missing > 0 ? $"; {f.Missing} missing in between, at the venue" : "") + (f.Incomplete > 0 ? $"; {f.Incomplete} left out, for a price is missing in them" : "") + ".";
}
