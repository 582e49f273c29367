using System.CommandLine;
using Ballast.Adapters;
using Ballast.Adapters.Connectors;
using Ballast.App.Running;

namespace Ballast.App.Commands;

/// <summary><c>ballast data fetch</c>: prices, funding rates and option chains from a venue, into files that other verbs read.</summary>
internal static class DataCommand
{
    public static Command Create() => new("data",
        """
        Fetches prices, funding rates and option chains from a venue; no key is needed.

        Example:
          ballast data fetch --venue binance --symbols BTC/USDT,ETH/USDT --interval 1d --from 2020-01-01 --out prices.csv
        """) { Fetch() };

    private static Command Fetch()
    {
        var (venue, symbols) = (new Option<string>("--venue") { Description = "the venue", HelpName = "NAME", Required = true }, new Option<string>("--symbols") { Description = "pairs, contracts, or for chains coins; with commas between", HelpName = "LIST", Required = true });
        var kind = new Option<string>("--kind") { Description = "bars; funding, of perpetuals; or chain, the options on a coin as they stand now", DefaultValueFactory = _ => "bars", HelpName = "KIND" };
        var interval = new Option<string>("--interval") { Description = "the length of a bar: 1m, 1h, 4h, 1d", DefaultValueFactory = _ => "1d", HelpName = "SPAN" };
        var from = new Option<string?>("--from") { Description = "the first bar, or the first rate", HelpName = "TIME" };
        var to = new Option<string?>("--to") { Description = "the end; without it, now", HelpName = "TIME" };
        var every = new Option<string?>("--every") { Description = "of chains: another snapshot each so often, until --to or Ctrl-C; without it, one", HelpName = "SPAN" };
        var (output, exchange) = (new Option<string?>("--out") { Description = "the file; without it, one in the folder history of the data folder", HelpName = "CSV" }, new Option<string?>("--exchange") { Description = "a server of the venues' dialects instead of the venues", HelpName = "URL" });
        var (data, json) = (Options.Data(), Options.AsJson());
        var command = new Command("fetch",
            """
            Fetches from a venue into a CSV, no faster than the venue allows:

              bars     timestamp,symbol,open,high,low,close,volume; one that is not over yet is left out. For --prices of every verb.
              funding  timestamp,symbol,funding_rate: what a long paid of its value up to that time. For --funding of hedge-test.
              chain    timestamp,instrument_name,mark_price,mark_iv,bid_price,ask_price,underlying_price,index_price. For --chain, smile and hedge-test.

            A file that is there already is gone on with from where it ends, after a stop as well as a month later; nothing in it is changed.

            Examples:
              ballast data fetch --venue binance --symbols BTC/USDT,ETH/USDT --interval 1d --from 2020-01-01 --out prices.csv
              ballast data fetch --venue deribit --kind funding --symbols BTC-PERPETUAL,ETH-PERPETUAL --from 2026-01-01 --out funding.csv
              ballast data fetch --venue deribit --kind chain --symbols BTC,ETH --out chain.csv
            """) { venue, symbols, kind, interval, from, to, every, output, exchange, data, json };
        command.SetAction(async (parsed, cancel) =>
        {
            var asked = new DataAsked(parsed.GetRequiredValue(venue), KindOf(parsed.GetRequiredValue(kind)), [.. parsed.GetRequiredValue(symbols).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()],
                parsed.GetRequiredValue(interval), Options.Time(parsed.GetValue(from), "--from"), Options.Time(parsed.GetValue(to), "--to") ?? Instant.MaxValue,
                parsed.GetValue(every) is { } span ? Options.Span(span, "--every") : null, parsed.GetValue(output), DataFolder.Of(parsed.GetValue(data)), RunAsked.Address(parsed.GetValue(exchange)));
            Check(asked);
            return await new DataFetch(asked, new DataText(asked, parsed.GetValue(json))).RunAsync(cancel);
        });
        return command;
    }

    private static DataKind KindOf(string text) => text switch
    {
        "bars" => DataKind.Bars,
        "funding" => DataKind.Funding,
        "chain" => DataKind.Chain,
        _ => throw new InvalidInputException($"--kind: `{text}`; expected bars, funding or chain"),
    };

    private static void Check(DataAsked asked)
    {
        if (VenueSheets.Find(new(asked.Venue)) is null) throw new InvalidInputException($"--venue: `{asked.Venue}` is none; there are {string.Join(", ", VenueSheets.All.Select(s => s.Venue))}");
        if (asked.Symbols.IsEmpty) throw new InvalidInputException("--symbols: there is none");
        if (asked.Kind == DataKind.Bars) _ = asked.Step;
        if (asked.Kind == DataKind.Chain)
        {
            if (asked.From is not null) throw new InvalidInputException("--from: no venue tells chains of the past; a chain is fetched as it stands, and the file grows by a snapshot each time");
            return;
        }
        if (asked.Every is not null) throw new InvalidInputException("--every is of chains; bars and rates of the past are fetched at once");
        if (asked.From is not { } from) throw new InvalidInputException("--from is missing: the time of the first that is wanted, such as 2024-01-01");
        if (asked.To <= from) throw new InvalidInputException("--to is not after --from");
    }
}

/// <summary>What is fetched.</summary>
internal enum DataKind { Bars, Funding, Chain }

/// <summary>What <c>data fetch</c> was asked for, valid.</summary>
/// <param name="From">Null for chains.</param>
internal sealed record DataAsked(string Venue, DataKind Kind, ImmutableArray<string> Symbols, string Interval, Instant? From, Instant To, Duration? Every, string? Out, DataFolder Data, Uri? Exchange)
{
    /// <summary>The length of a bar.</summary>
    /// <exception cref="InvalidInputException">It is no length.</exception>
    public Duration Step => Options.Span(Interval, "--interval");

    public string Path => Out ?? System.IO.Path.Combine(Data.History, $"{Venue}-{Kind switch { DataKind.Bars => Interval, DataKind.Funding => "funding", _ => "chain" }}.csv");

    public string? Server => Exchange?.Authority;
}
