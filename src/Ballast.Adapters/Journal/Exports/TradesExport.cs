using Ballast.Adapters.Files;
using Ballast.Instruments;
using Ballast.Money;
using Ballast.Orders;
using Ballast.Planning;
using Ballast.Records;
using NodaTime.Text;

namespace Ballast.Adapters.Journal.Exports;

/// <summary>Every trade as a row with all that was recorded of it, so that the same trades can be read back.</summary>
public static class TradesExport
{
    private static readonly string[] Columns =
        ["time", "account", "symbol", "side", "quantity", "price", "fee", "feeAsset", "maker", "tradeId", "venueOrderId", "order", "venueTellsOrder", "recorded",
         "kind", "base", "quote", "settlement", "amountIn", "multiplier", "lot", "tick", "minQuantity", "minNotional"];

    public static string Write(IEnumerable<JournalRecord> records)
    {
        var csv = new CsvText(Columns);
        foreach (var filled in records.OfType<JournalRecord.Filled>()) csv.Row(Cells(filled.Trade, filled.Tradable, filled));
        return csv.ToString();
    }

    private static string[] Cells(TradeReport trade, Tradable of, JournalRecord.Filled filled) =>
    [
        Time(trade.At), filled.Account, trade.Symbol, trade.Side.ToString(), Figures.Exact(trade.Quantity), Figures.Exact(trade.Price), Figures.Exact(trade.Fee.Value), trade.Fee.Asset.Code,
        trade.Maker ? "yes" : "no", trade.TradeId, trade.VenueOrderId, filled.Order?.ToString() ?? "", trade.Id?.ToString() ?? "", Time(filled.At),
        of.Kind.ToString(), of.Base.Code, of.Quote.Code, of.Settlement.Code, of.AmountIn.ToString(), Figures.Exact(of.Multiplier), Figures.Exact(of.Lot), Figures.Exact(of.Tick),
        Figures.Exact(of.MinQuantity), Figures.Exact(of.MinNotional),
    ];

    /// <summary>The trades of a file that <see cref="Write"/> made, in its order.</summary>
    public static Reading<IReadOnlyList<JournalRecord.Filled>> Read(string path)
    {
        var limits = ReadingLimits.Default;
        var faults = new FaultList(limits);
        var trades = new List<JournalRecord.Filled>();
        if (SourceFile.Open(path, limits, faults) is { } source)
        {
            var rows = new DelimitedText(source, limits);
            if (RecordTable.Open(ref rows, source, limits, Columns, []) is { } table)
                while (table.Next(ref rows))
                    if (Row(ref rows, table) is { } filled) trades.Add(filled);
        }
        return faults.Count > 0 ? faults.Failed<IReadOnlyList<JournalRecord.Filled>>(path) : Reading.Of<IReadOnlyList<JournalRecord.Filled>>(trades);
    }

    private static JournalRecord.Filled? Row(ref DelimitedText rows, RecordTable table)
    {
        var before = table.Source.Faults.Count;
        var of = new Tradable(
            table["symbol"], Name<TradableKind>(ref rows, table, "kind"), Asset(ref rows, table, "base"), Asset(ref rows, table, "quote"), Asset(ref rows, table, "settlement"),
            Number(ref rows, table, "lot"), Number(ref rows, table, "tick"), Number(ref rows, table, "minQuantity"), Number(ref rows, table, "minNotional"),
            Name<AmountIn>(ref rows, table, "amountIn"), Number(ref rows, table, "multiplier"));
        var fee = new Amount(Number(ref rows, table, "fee"), Asset(ref rows, table, "feeAsset"));
        var trade = new TradeReport(
            table["tradeId"], table["venueOrderId"], Id(ref rows, table, "venueTellsOrder"), table["symbol"], Name<Side>(ref rows, table, "side"),
            Number(ref rows, table, "quantity"), Number(ref rows, table, "price"), fee, When(ref rows, table, "time"), table["maker"] == "yes");
        var filled = new JournalRecord.Filled(When(ref rows, table, "recorded"), table["account"], Id(ref rows, table, "order"), trade, of);
        return table.Source.Faults.Count == before ? filled : null;
    }

    private static decimal Number(ref DelimitedText rows, RecordTable table, string column)
    {
        if (table[column].Length == 0) table.Report(ref rows, column, "NUMBER_MISSING", $"the {column} is missing", "expected a number such as 0.25");
        return table.Number(ref rows, column) ?? 0;
    }

    private static Asset Asset(ref DelimitedText rows, RecordTable table, string column) => new(table.Code(ref rows, column)!);

    /// <summary>To the nanosecond, which other tables do not keep.</summary>
    private static Instant When(ref DelimitedText rows, RecordTable table, string column)
    {
        if (InstantPattern.ExtendedIso.Parse(table[column]) is { Success: true } at) return at.Value;
        table.Report(ref rows, column, "TIME_MALFORMED", $"'{RecordTable.Cut(table[column])}' is not a time", "expected ISO-8601 in UTC, such as 2026-11-22T14:02:00Z");
        return default;
    }

    private static T Name<T>(ref DelimitedText rows, RecordTable table, string column) where T : struct, Enum
    {
        var at = Array.IndexOf(Enum.GetNames<T>(), table[column]);
        if (at >= 0) return Enum.GetValues<T>()[at];
        table.Report(ref rows, column, "WORD_UNKNOWN", $"'{RecordTable.Cut(table[column])}' is not known here", Nearest.Hint(table[column], Enum.GetNames<T>()));
        return default;
    }

    private static OrderId? Id(ref DelimitedText rows, RecordTable table, string column)
    {
        if (table[column].Length == 0) return null;
        if (!OrderId.TryParse(table[column], out var id)) table.Report(ref rows, column, "ID_MALFORMED", $"'{RecordTable.Cut(table[column])}' is not an order's id", "expected 32 hexadecimal digits");
        return id;
    }

    private static string Time(Instant at) => InstantPattern.ExtendedIso.Format(at);
}
