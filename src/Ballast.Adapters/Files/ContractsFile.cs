using Ballast.Instruments;

namespace Ballast.Adapters.Files;

/// <summary>Reads what a venue's contracts count and in which steps they trade: <c>names,amountIn[,multiplier,lot,tick,minQuantity]</c>; names are patterns such as <c>BTC-*-C</c>.</summary>
public static class ContractsFile
{
    private static readonly string[] Required = ["names", "amountIn"];
    private static readonly string[] Optional = ["multiplier", "lot", "tick", "minQuantity"];

    /// <summary>The venue's dated preset; null where nothing is known of it.</summary>
    public static ContractSet? Preset(VenueId venue)
    {
        var name = $"Ballast.Adapters.Files.Presets.contracts-{venue}.csv";
        using var stream = typeof(ContractsFile).Assembly.GetManifestResourceStream(name);
        if (stream is null) return null;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var limits = ReadingLimits.Default;
        var text = SourceFile.Of(name, bytes, new FaultList(limits)) ?? throw new InvalidOperationException($"the contracts of {venue} are no text");
        var reading = Read(text, $"preset {InstrumentPresets.Remark(text, "preset")} of {InstrumentPresets.Remark(text, "as of")}", venue, limits);
        return reading.Ok ? reading.Value : throw new InvalidOperationException($"the contracts of {venue} are faulty: {reading.Faults[0]}");
    }

    public static Reading<ContractSet> Load(string path, VenueId venue, ReadingLimits? limits = null)
    {
        limits ??= ReadingLimits.Default;
        var faults = new FaultList(limits);
        return SourceFile.Open(path, limits, faults) is { } source ? Read(source, path, venue, limits) : faults.Failed<ContractSet>(path);
    }

    private static Reading<ContractSet> Read(SourceText source, string name, VenueId venue, ReadingLimits limits)
    {
        var terms = ImmutableArray.CreateBuilder<ContractTerms>();
        var rows = new DelimitedText(source, limits);
        if (RecordTable.Open(ref rows, source, limits, Required, Optional) is { } table)
            while (table.Next(ref rows))
                if (Row(ref rows, table) is { } row) terms.Add(row);
        if (terms.Count == 0 && source.Faults.Count == 0) source.ReportWhole("NO_ROWS", "there is a header and nothing else", "expected a pattern of names a row");
        return source.Faults.Count > 0 ? source.Faults.Failed<ContractSet>(name) : Reading.Of(new ContractSet(name, venue, terms.ToImmutable()));
    }

    private static ContractTerms? Row(ref DelimitedText rows, RecordTable table)
    {
        var before = table.Source.Faults.Count;
        var names = table.Code(ref rows, "names");
        var word = table["amountIn"];
        if (word is not ("coins" or "money")) table.Report(ref rows, "amountIn", "WORD_UNKNOWN", $"'{RecordTable.Cut(word)}' is not what quantities count", "expected coins or money");
        var (multiplier, lot) = (Size(ref rows, table, "multiplier", 1m), Size(ref rows, table, "lot", 0m));
        var rules = new TradingRules(lot, Size(ref rows, table, "tick", 0m), Size(ref rows, table, "minQuantity", 0m), 0m);
        return table.Source.Faults.Count > before ? null : new ContractTerms(new NamePattern(names!), word == "money" ? AmountIn.Money : AmountIn.Coins, multiplier, rules);
    }

    /// <summary>A number above zero, or what an empty cell means.</summary>
    private static decimal Size(ref DelimitedText rows, RecordTable table, string column, decimal otherwise)
    {
        if (table.Number(ref rows, column) is not { } size) return otherwise;
        if (size <= 0) table.Report(ref rows, column, "SIZE_NOT_POSITIVE", $"{column} is {Money.Figures.Exact(size)}", "expected a number above zero, or nothing");
        return size;
    }
}
