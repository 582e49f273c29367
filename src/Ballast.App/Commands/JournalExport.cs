using System.CommandLine;
using System.Text.Json.Nodes;
using Ballast.Adapters.Files;
using Ballast.Adapters.Journal;
using Ballast.Adapters.Journal.Exports;
using Ballast.App.Output;
using Ballast.Holdings;
using Ballast.Money;
using Ballast.Records;
using Ballast.Taxes;

namespace Ballast.App.Commands;

/// <summary><c>ballast journal export</c>: the journal for book-keepers, tax offices and other programs.</summary>
internal static class JournalExport
{
    internal static readonly ImmutableArray<string> Forms = ["trades", "csv", "ledger", "beancount", "lots", "holdings", "json"];

    internal static readonly Dictionary<string, LotMethod> Methods =
        new() { ["fifo"] = LotMethod.Fifo, ["lifo"] = LotMethod.Lifo, ["hifo"] = LotMethod.Hifo, ["specific"] = LotMethod.AsTagged };

    public static Command Create()
    {
        var place = new JournalPlace();
        var to = new Option<string>("--to") { Description = "trades (or csv), ledger, beancount, lots, holdings, json", HelpName = "FORM", Required = true };
        var output = new Option<string?>("--out") { Description = "the file to write; without it, the terminal", HelpName = "F" };
        var lots = new Option<string>("--lots") { Description = "which lots a sale uses: fifo, lifo, hifo, specific (by the tags of --holdings)", HelpName = "METHOD", DefaultValueFactory = _ => "fifo" };
        var unit = new Option<string?>("--unit") { Description = "what costs and gains are in; without it, the quote asset of most trades", HelpName = "ASSET" };
        var holdings = Options.Holdings();
        var command = new Command("export",
            """
            Writes the journal for others: all trades as CSV; the books for ledger, hledger or beancount, balanced in every asset; tax lots with the
            gain of each sale; what is held, as a file for --holdings; or every record as JSON, one a line.
            Lots: opening balances have a cost only where --holdings gives it; a gain without a known cost is left empty, never zero. A position in a
            derivative is no lot.

            Example:
              ballast journal export core.yaml --to lots --lots hifo --out lots.csv
            """) { to, output, lots, unit, holdings };
        place.AddTo(command);
        command.SetAction(parsed =>
        {
            var form = Known(parsed.GetRequiredValue(to), Forms, "--to");
            var method = Methods[Known(parsed.GetRequiredValue(lots), [.. Methods.Keys], "--lots")];
            var folder = place.Read(parsed);
            var reader = new JournalReader(folder);
            Frame[] frames = [.. reader.Frames()];
            if (reader.Fault is { Repairable: false } fault)
            {
                Console.Error.WriteLine($"The journal is broken at {fault}. Nothing was exported; `ballast journal verify` says what to do.");
                return Outcome.Refused;
            }
            return Write(Text(form, frames, method, parsed.GetValue(unit), parsed.GetValue(holdings)), parsed.GetValue(output));
        });
        return command;
    }

    /// <summary>A journal in one of <see cref="Forms"/>.</summary>
    /// <param name="unit">What costs and gains of lots are in; null for the quote asset of most trades.</param>
    /// <param name="holdings">A file with the cost of what was held before.</param>
    internal static string Text(string form, IEnumerable<Frame> frames, LotMethod method = LotMethod.Fifo, string? unit = null, string? holdings = null) => form switch
    {
        "ledger" => LedgerExport.Write(frames.Select(f => f.Record)),
        "beancount" => BeancountExport.Write(frames.Select(f => f.Record)),
        "holdings" => HoldingsExport.Write(frames.Select(f => f.Record)),
        "lots" => LotsOf([.. frames.Select(f => f.Record)], method, unit, holdings),
        "json" => string.Concat(frames.Select(f => JsonLine(f) + "\n")),
        _ => TradesExport.Write(frames.Select(f => f.Record)),
    };

    private static string LotsOf(JournalRecord[] records, LotMethod method, string? asked, string? holdings)
    {
        var trades = records.OfType<JournalRecord.Filled>().Where(f => f.Tradable.IsSpot).ToArray();
        var unit = asked is not null ? new Asset(asked) : trades.GroupBy(f => f.Tradable.Quote).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).FirstOrDefault()?.Key ?? new Asset("USD");
        return new LotsExport(unit, method).Write(records, holdings is null ? null : Opening(holdings, trades, records));
    }

    private static Book Opening(string path, JournalRecord.Filled[] trades, JournalRecord[] records)
    {
        var account = trades.FirstOrDefault()?.Account ?? Account.Paper.Name;
        var reading = HoldingsFile.Load(path, [Account.Paper], records.Length > 0 ? records[^1].At : Instant.MaxValue);
        return reading.Ok ? reading.Value! with { Holdings = [.. reading.Value!.Holdings.Select(h => h.Account == Account.Paper.Name ? h with { Account = account } : h)] }
            : throw new InvalidInputException(FaultText.Render(reading.Faults).TrimEnd());
    }

    private static string JsonLine(Frame frame) => new JsonObject
    {
        ["sequence"] = frame.Sequence, ["epoch"] = frame.Epoch, ["type"] = RecordCodec.NameOf(frame.Type), ["hash"] = Convert.ToHexStringLower(frame.Hash), ["record"] = JsonNode.Parse(frame.Payload),
    }.ToJsonString();

    private static int Write(string text, string? path)
    {
        if (path is null) Console.Write(text);
        else
        {
            File.WriteAllText(path, text);
            Console.WriteLine($"{path}: {Figures.Count(text.Count(c => c == '\n'), "line")}");
        }
        return Outcome.Done;
    }

    private static string Known(string word, ImmutableArray<string> words, string option) =>
        words.Contains(word) ? word : throw new InvalidInputException($"{option}: `{word}` is not known; known: {string.Join(", ", words)}");
}
