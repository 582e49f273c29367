using Ballast.Numerics.Margin;

namespace Ballast.Adapters.Files;

/// <summary>Reads a venue's tables of margin by size: <c>symbol,tier,min_notional_usd,max_notional_usd,maintenance_margin_rate,max_leverage,maintenance_amount_usd</c>, tiers of a symbol in order.</summary>
public static class MaintenanceTiersFile
{
    private static readonly string[] Required = ["symbol", "max_notional_usd", "maintenance_margin_rate", "max_leverage", "maintenance_amount_usd"];
    private static readonly string[] Optional = ["tier", "min_notional_usd"];

    /// <summary>A table a symbol, such as BTCUSDT.</summary>
    public static Reading<ImmutableDictionary<string, MaintenanceTiers>> Load(string path, ReadingLimits? limits = null)
    {
        limits ??= ReadingLimits.Default;
        var faults = new FaultList(limits);
        var tables = new Dictionary<string, List<MaintenanceTier>>();
        if (SourceFile.Open(path, limits, faults) is { } source)
        {
            var rows = new DelimitedText(source, limits);
            if (RecordTable.Open(ref rows, source, limits, Required, Optional) is { } table)
                while (table.Next(ref rows)) Row(ref rows, table, tables);
            if (tables.Count == 0 && faults.Count == 0) source.ReportWhole("NO_ROWS", "there is a header and nothing else", "expected a tier a row");
        }
        return faults.Count > 0 ? faults.Failed<ImmutableDictionary<string, MaintenanceTiers>>(path) : Reading.Of(tables.ToImmutableDictionary(t => t.Key, t => new MaintenanceTiers(t.Value)));
    }

    private static void Row(ref DelimitedText rows, RecordTable table, Dictionary<string, List<MaintenanceTier>> tables)
    {
        var before = table.Source.Faults.Count;
        var symbol = table.Code(ref rows, "symbol");
        var (upTo, rate) = (Number(ref rows, table, "max_notional_usd"), Number(ref rows, table, "maintenance_margin_rate"));
        var (leverage, deduction) = (Number(ref rows, table, "max_leverage"), Number(ref rows, table, "maintenance_amount_usd"));
        if (table.Source.Faults.Count > before) return;
        if (!tables.TryGetValue(symbol!, out var tiers)) tables[symbol!] = tiers = [];
        var last = tiers.Count == 0 ? 0 : tiers[^1].UpTo;
        if (upTo <= last) table.Report(ref rows, "max_notional_usd", "TIER_ORDER", $"the tier ends at {table["max_notional_usd"]}, and the one before it at {last}", "expected tiers of a symbol in order");
        if (rate >= 1) table.Report(ref rows, "maintenance_margin_rate", "UNIT_SUSPECT", $"a maintenance rate of {table["maintenance_margin_rate"]} is {rate:P0}", "expected a fraction such as 0.004");
        if (leverage == 0) table.Report(ref rows, "max_leverage", "BAD_NUMBER", "the leverage is 0", "expected 1 or more");
        if (table.Source.Faults.Count == before) tiers.Add(new(upTo, rate, deduction, leverage));
    }

    private static double Number(ref DelimitedText rows, RecordTable table, string column)
    {
        var before = table.Source.Faults.Count;
        if (table.Number(ref rows, column) is { } value)
        {
            if (value < 0) table.Report(ref rows, column, "BAD_NUMBER", $"{column} is {table[column]}", "expected zero or more");
            return (double)value;
        }
        if (table.Source.Faults.Count == before) table.Report(ref rows, column, "NUMBER_MISSING", $"{column} is missing", "expected a number");
        return 0;
    }
}
