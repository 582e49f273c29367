namespace Ballast.Adapters.Files;

/// <summary>Reads what perpetuals paid: <c>timestamp[,symbol],funding_rate</c>, a fraction of the value for the time up to the row, in the order of time.</summary>
public static class FundingRateFile
{
    public static Reading<FundingTable> Load(string path, ReadingLimits? limits = null)
    {
        limits ??= ReadingLimits.Default;
        var faults = new FaultList(limits);
        var series = new SortedDictionary<string, List<(Instant At, decimal Rate)>>(StringComparer.Ordinal);
        if (SourceFile.Open(path, limits, faults) is { } source)
        {
            var rows = new DelimitedText(source, limits);
            if (RecordTable.Open(ref rows, source, limits, ["timestamp", "funding_rate"], ["symbol"]) is { } table)
                while (table.Next(ref rows)) Row(ref rows, table, series);
            if (series.Count == 0 && faults.Count == 0) source.ReportWhole("NO_ROWS", "there is a header and nothing else", "expected a rate a row");
        }
        return faults.Count > 0 ? faults.Failed<FundingTable>(path) : Reading.Of(new FundingTable(series.ToImmutableSortedDictionary(s => s.Key, s => s.Value.ToImmutableArray(), StringComparer.Ordinal)));
    }

    private static void Row(ref DelimitedText rows, RecordTable table, SortedDictionary<string, List<(Instant At, decimal Rate)>> series)
    {
        var before = table.Source.Faults.Count;
        var symbol = table.Has("symbol") ? table.Code(ref rows, "symbol") : "";
        var (at, rate) = (table.Time(ref rows, "timestamp"), table.Number(ref rows, "funding_rate"));
        if (table.Source.Faults.Count > before) return;
        if (at is null) table.Report(ref rows, "timestamp", "TIME_MISSING", "the time is missing", "expected a time such as 2026-01-02T08:00:00Z");
        else if (rate is null) table.Report(ref rows, "funding_rate", "NUMBER_MISSING", "the rate is missing", "expected a fraction such as 0.0001");
        else if (Math.Abs(rate.Value) > 0.1m) table.Report(ref rows, "funding_rate", "UNIT_SUSPECT", $"a funding rate of {table["funding_rate"]} is {100 * rate.Value:0} %", "expected a fraction such as 0.0001");
        else
        {
            if (!series.TryGetValue(symbol!, out var known)) series[symbol!] = known = [];
            if (known.Count > 0 && at <= known[^1].At) table.Report(ref rows, "timestamp", "TIME_ORDER", $"{at} does not come after {known[^1].At}", "expected the rows of a symbol in the order of time");
            else known.Add((at.Value, rate.Value));
        }
    }
}

/// <summary>Funding rates by symbol, in the order of time; the symbol is empty where the file names none.</summary>
public sealed record FundingTable(ImmutableSortedDictionary<string, ImmutableArray<(Instant At, decimal Rate)>> Series)
{
    /// <summary>What a long paid of its value between two times, as a rate of a year of 365 days; null where the rates do not reach from one to the other.</summary>
    public static double? Yearly(ImmutableArray<(Instant At, decimal Rate)> rates, Instant from, Instant to)
    {
        if (rates.Length < 2 || to <= from) return null;
        var step = rates[1].At - rates[0].At;
        if (rates[0].At > from + step || rates[^1].At + step < to) return null;
        return (double)rates.Where(r => r.At > from && r.At <= to).Sum(r => r.Rate) * (365 / (to - from).TotalDays);
    }
}
