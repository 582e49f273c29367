using Ballast.Instruments;
using Ballast.Money;

namespace Ballast.Adapters.Files;

/// <summary>Reads what may be traded and in which steps: <c>instrument,base,quote,lot,tick,minQuantity,minNotional,feeAsset[,venue]</c>.</summary>
public static class InstrumentsFile
{
    private static readonly string[] Required = ["instrument", "base", "quote", "lot"];
    private static readonly string[] Optional = ["tick", "minQuantity", "minNotional", "feeAsset", "venue"];

    public static Reading<InstrumentSet> Load(string path, ReadingLimits? limits = null)
    {
        limits ??= ReadingLimits.Default;
        var faults = new FaultList(limits);
        return SourceFile.Open(path, limits, faults) is { } source ? Read(source, path, default, limits) : faults.Failed<InstrumentSet>(path);
    }

    /// <summary>Reads the instruments of a text; rows that name no venue are of the given one.</summary>
    internal static Reading<InstrumentSet> Read(SourceText source, string name, VenueId venue, ReadingLimits limits)
    {
        var instruments = ImmutableArray.CreateBuilder<Instrument>();
        var rows = new DelimitedText(source, limits);
        var seen = new Dictionary<(string, string), int>();
        if (RecordTable.Open(ref rows, source, limits, Required, Optional) is { } table)
            while (table.Next(ref rows))
                if (Row(ref rows, table, venue, seen) is { } instrument) instruments.Add(instrument);
        // An empty set would mean that everything may be traded without rules.
        if (instruments.Count == 0 && source.Faults.Count == 0) source.ReportWhole("NO_ROWS", "there is a header and nothing else", "expected at least one instrument");
        return source.Faults.Count > 0 ? source.Faults.Failed<InstrumentSet>(name) : Reading.Of(new InstrumentSet(name, instruments.ToImmutable()));
    }

    private static Instrument.Spot? Row(ref DelimitedText rows, RecordTable table, VenueId venue, Dictionary<(string, string), int> seen)
    {
        var before = table.Source.Faults.Count;
        var symbol = table.Code(ref rows, "instrument");
        var (asset, quote) = (table.Code(ref rows, "base"), table.Code(ref rows, "quote"));
        var rules = new TradingRules(Lot(ref rows, table), Size(ref rows, table, "tick"), Size(ref rows, table, "minQuantity"), Size(ref rows, table, "minNotional"));
        var fee = table["feeAsset"].Length == 0 ? null : table.Code(ref rows, "feeAsset");
        var place = table["venue"].Length == 0 ? venue.Value ?? "" : table.Code(ref rows, "venue") ?? "";
        if (asset is not null && asset == quote) table.Report(ref rows, "quote", "PAIR_OF_ONE_ASSET", $"{asset} is both base and quote", "expected two assets");
        if (symbol is not null) CheckNew(ref rows, table, seen, "instrument", symbol, place);
        if (asset is not null && quote is not null && asset != quote) CheckNew(ref rows, table, seen, "base", $"{asset}/{quote}", place);
        if (table.Source.Faults.Count > before) return null;
        return new Instrument.Spot
        {
            Venue = new VenueId(place), Symbol = symbol!, Base = new Asset(asset!), Quote = new Asset(quote!), Rules = rules, FeeAsset = fee is null ? null : new Asset(fee),
        };
    }

    private static decimal Lot(ref DelimitedText rows, RecordTable table)
    {
        if (table["lot"].Length == 0) table.Report(ref rows, "lot", "LOT_MISSING", "the lot is missing", "expected the step of quantities, such as 0.0001");
        var before = table.Source.Faults.Count;
        var lot = table.Number(ref rows, "lot");
        if (table.Source.Faults.Count == before && lot <= 0) table.Report(ref rows, "lot", "LOT_NOT_POSITIVE", $"the lot is {Figures.Exact(lot.Value)}", "expected the step of quantities, such as 0.0001");
        return lot ?? 0m;
    }

    /// <summary>A size that may be left out, which means none.</summary>
    private static decimal Size(ref DelimitedText rows, RecordTable table, string column)
    {
        var size = table.Number(ref rows, column) ?? 0m;
        if (size < 0) table.Report(ref rows, column, "SIZE_NEGATIVE", $"{column} is {Figures.Exact(size)}", "expected zero or more; empty means none");
        return size;
    }

    private static void CheckNew(ref DelimitedText rows, RecordTable table, Dictionary<(string, string), int> seen, string column, string what, string venue)
    {
        // A symbol is kept apart from a pair of the same name by the column's.
        var key = (column + ":" + what, venue);
        if (seen.TryAdd(key, rows.Line)) return;
        table.Report(ref rows, column, "INSTRUMENT_TWICE", $"{what} is there twice: lines {seen[key]} and {rows.Line}", "expected one row an instrument");
    }
}
