namespace Ballast.Adapters.Files;

/// <summary>Reads one number an asset: <c>asset,mean</c> or <c>asset,weight</c>.</summary>
public static class ValuesFile
{
    /// <param name="column">What the numbers are called.</param>
    public static Reading<ValuesTable> Load(string path, string column, ReadingLimits? limits = null)
    {
        limits ??= ReadingLimits.Default;
        var faults = new FaultList(limits);
        var values = new SortedDictionary<string, double>(StringComparer.Ordinal);
        if (SourceFile.Open(path, limits, faults) is { } source)
        {
            var rows = new DelimitedText(source, limits);
            if (RecordTable.Open(ref rows, source, limits, ["asset", column], []) is { } table)
                while (table.Next(ref rows)) Row(ref rows, table, column, values);
            if (values.Count == 0 && source.Faults.Count == 0) source.ReportWhole("NO_ROWS", "there is a header and nothing else", $"expected a row an asset");
        }
        return faults.Count > 0 ? faults.Failed<ValuesTable>(path) : Reading.Of(new ValuesTable(values.ToImmutableSortedDictionary(StringComparer.Ordinal)));
    }

    private static void Row(ref DelimitedText rows, RecordTable table, string column, SortedDictionary<string, double> values)
    {
        if (table.Code(ref rows, "asset") is not { } asset) return;
        if (table[column].Length == 0) table.Report(ref rows, column, "NUMBER_MISSING", $"the {column} of {asset} is missing", "expected a number such as 0.05");
        else if (!NumberCell.TryDouble(System.Text.Encoding.UTF8.GetBytes(table[column]), out var value))
        {
            var (code, what, expected) = NumberCell.Complaint(table[column]);
            table.Report(ref rows, column, code, what, expected);
        }
        else if (!double.IsFinite(value)) table.Report(ref rows, column, "NOT_FINITE", $"{table[column]} is too large for any number", "expected a finite number");
        else if (!values.TryAdd(asset, value)) table.Report(ref rows, "asset", "DUPLICATE_NAME", $"{asset} stands twice", "expected each asset once");
    }
}

/// <summary>A number an asset.</summary>
public sealed record ValuesTable(ImmutableSortedDictionary<string, double> Values);
