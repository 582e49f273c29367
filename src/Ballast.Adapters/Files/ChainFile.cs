using System.Text;
using Ballast.Derivatives;
using Ballast.Instruments;

namespace Ballast.Adapters.Files;

/// <summary>
/// Reads what a venue said of its contracts, one snapshot or many: <c>timestamp,instrument_name,mark_price,mark_iv,bid_price,ask_price,underlying_price,index_price</c>
/// with volatilities as fractions, or Tardis' columns <c>symbol,timestamp,local_timestamp,…</c> with volatilities in per cent. Other columns are passed over.
/// </summary>
public static class ChainFile
{
    private static readonly string[] Own = ["timestamp", "instrument_name", "mark_price", "mark_iv", "underlying_price"];
    private static readonly string[] Tardis = ["timestamp", "symbol", "mark_price", "mark_iv", "underlying_price"];

    /// <param name="contracts">What is known of the venue's contracts; rows of contracts it does not know are passed over and counted.</param>
    public static Reading<ChainHistory> Load(string path, ContractSet contracts, ReadingLimits? limits = null)
    {
        limits ??= ReadingLimits.Default;
        var faults = new FaultList(limits);
        if (SourceFile.Open(path, limits, faults) is not { } source) return faults.Failed<ChainHistory>(path);
        var rows = new DelimitedText(source, limits);
        var form = IsTardis(source, limits) ? Tardis : Own;
        var read = new ChainRows(contracts, form);
        if (RecordTable.Open(ref rows, source, limits, form, [], others: true) is { } table)
            while (table.Next(ref rows)) read.Row(ref rows, table);
        if (read.Count == 0 && faults.Count == 0) source.ReportWhole("NO_ROWS", "no row has a contract that is known", "expected option or future names such as BTC-25DEC26-100000-C");
        return faults.Count > 0 ? faults.Failed<ChainHistory>(path) : Reading.Of(read.History());
    }

    private static bool IsTardis(SourceText source, ReadingLimits limits)
    {
        var rows = new DelimitedText(source, limits);
        return rows.NextHeader() && Encoding.UTF8.GetString(rows.LineText).Split(',').Contains("local_timestamp");
    }
}

/// <summary>Gathers the rows of a chain file into snapshots.</summary>
internal sealed class ChainRows(ContractSet contracts, string[] form)
{
    private readonly Dictionary<string, Instrument.Derivative?> _contracts = [];
    private readonly SortedDictionary<Instant, List<ChainQuote>> _snapshots = [];
    private readonly SortedSet<string> _unknown = new(StringComparer.Ordinal);
    private readonly bool _perCent = form.Contains("symbol");

    public int Count { get; private set; }

    public ChainHistory History() => new([.. _snapshots.Select(s => new Chain(s.Key, s.Value))], [.. _unknown]);

    public void Row(ref DelimitedText rows, RecordTable table)
    {
        var before = table.Source.Faults.Count;
        var name = table.Code(ref rows, form[1]);
        var at = table.Time(ref rows, "timestamp");
        if (at is null && table.Source.Faults.Count == before) table.Report(ref rows, "timestamp", "TIME_MISSING", "the time is missing", "expected a time such as 2026-01-02T09:18:09Z");
        var (mark, bid, ask) = (Price(ref rows, table, "mark_price"), Price(ref rows, table, "bid_price"), Price(ref rows, table, "ask_price"));
        var (underlying, index) = (Price(ref rows, table, "underlying_price"), Price(ref rows, table, "index_price"));
        var volatility = Volatility(ref rows, table);
        if (table.Source.Faults.Count > before || Known(name!) is not { } contract) return;
        if (!_snapshots.TryGetValue(at!.Value, out var quotes)) _snapshots[at.Value] = quotes = [];
        quotes.Add(new ChainQuote(contract, at.Value, mark, volatility, None(bid), None(ask), None(underlying), None(index)));
        Count++;
    }

    /// <summary>Venues write nothing, or zero, where there is no quote.</summary>
    private static decimal? None(decimal? price) => price is > 0 ? price : null;

    private static decimal? Price(ref DelimitedText rows, RecordTable table, string column)
    {
        var price = table.Number(ref rows, column);
        if (price < 0) table.Report(ref rows, column, "BAD_NUMBER", $"{column} is {table[column]}", "expected a price, or nothing");
        return price;
    }

    /// <summary>As a fraction; none where it is missing or zero, which is how venues say that there is no market.</summary>
    private double? Volatility(ref DelimitedText rows, RecordTable table)
    {
        if (table.Number(ref rows, "mark_iv") is not { } given || given == 0) return null;
        var volatility = _perCent ? given / 100 : given;
        if (given < 0) table.Report(ref rows, "mark_iv", "BAD_NUMBER", $"mark_iv is {table["mark_iv"]}", "expected a volatility above zero, or nothing");
        else if (volatility > 5 && !_perCent) table.Report(ref rows, "mark_iv", "UNIT_SUSPECT", $"a mark_iv of {table["mark_iv"]} is {100 * volatility:0} % a year", "expected a fraction such as 0.47");
        return (double)volatility;
    }

    private Instrument.Derivative? Known(string name)
    {
        if (_contracts.TryGetValue(name, out var contract)) return contract;
        contract = contracts.Find(name);
        if (contract is null) _unknown.Add(name);
        return _contracts[name] = contract;
    }
}
