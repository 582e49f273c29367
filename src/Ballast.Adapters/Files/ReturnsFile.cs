namespace Ballast.Adapters.Files;

/// <summary>Reads simple returns: <c>timestamp,A,B,...</c>, a row a period, plain or gzip. The times may be left out; without a header the names are A0, A1, ...</summary>
public static class ReturnsFile
{
    public static Reading<ReturnsTable> Load(string path, ReadingLimits? limits = null)
    {
        limits ??= ReadingLimits.Default;
        var faults = new FaultList(limits);
        var table = SourceFile.Open(path, limits, faults) is { } source ? Read(source, limits) : null;
        return faults.Count > 0 ? faults.Failed<ReturnsTable>(path) : Reading.Of(table!);
    }

    private static ReturnsTable? Read(SourceText source, ReadingLimits limits)
    {
        var rows = new DelimitedText(source, limits);
        if (Header.ReadOrName(ref rows, source, limits) is not { } header || !Named(header)) return null;
        var first = header.Columns[0].IsTime ? 1 : 0;
        var (times, series) = (new List<long>(), new List<double>[header.Columns.Length - first]);
        for (var i = 0; i < series.Length; i++) series[i] = [];
        Rows(ref rows, header, times, series, limits);
        if (series[0].Count == 0 && source.Faults.Count == 0) source.ReportWhole("NO_ROWS", "there is a header and nothing else", "expected at least one row of returns");
        return source.Faults.Count > 0 ? null : new ReturnsTable(
            [.. header.Columns.Skip(first).Select(c => c.Name)], [.. times.Select(TimeCell.At)], [.. series.Select(s => s.ToArray())]);
    }

    private static bool Named(Header header)
    {
        var before = header.Source.Faults.Count;
        if (header.Columns is [{ IsTime: true }]) header.Report(0, "RETURN_COLUMN_MISSING", "there is no column of returns", "expected timestamp and one column a series");
        for (var i = 0; i < header.Columns.Length; i++)
            if (header.Columns[i].Name.Length == 0) header.Report(i, "COLUMN_UNNAMED", "the column has no name", "expected the name of a series");
        return header.Source.Faults.Count == before;
    }

    private static void Rows(ref DelimitedText rows, Header header, List<long> times, List<double>[] series, ReadingLimits limits)
    {
        var (column, timed, before, lineBefore, cells) = (new TimeColumn(), header.Columns[0].IsTime, long.MinValue, 0, 0L);
        while (rows.NextLine())
        {
            var faults = header.Source.Faults.Count;
            if (timed && rows.NextField() && column.Read(ref rows) is { } time && TimeColumn.Follows(ref rows, time, before, lineBefore))
            {
                (before, lineBefore) = (time, rows.Line);
                times.Add(time);
            }
            var read = 0;
            for (; read < series.Length && rows.NextField(); read++) series[read].Add(Cell(ref rows));
            if ((read < series.Length || rows.HasField) && header.Source.Faults.Count == faults) header.ReportFieldCount(ref rows);
            if ((cells += series.Length) <= limits.Cells) continue;
            header.Source.ReportWhole("TOO_MUCH_DATA", $"there are more than {limits.Cells} returns", "split the file, or keep fewer periods");
            return;
        }
    }

    /// <summary>The current field as a return, NaN where it is empty or where it is reported.</summary>
    private static double Cell(ref DelimitedText rows)
    {
        if (rows.FieldLength == 0) return double.NaN;
        if (!NumberCell.TryDouble(rows.Field, out var value))
        {
            var (code, what, expected) = NumberCell.Complaint(rows.FieldText);
            rows.Report(code, what, expected);
        }
        else if (!double.IsFinite(value)) rows.Report("RETURN_NOT_FINITE", $"the return {rows.FieldText} is too large for any number", "expected a finite return");
        else if (value < -1) rows.Report("RETURN_BELOW_MINUS_ONE", $"the return is {rows.FieldText}", "expected a simple return of at least -1, such as 0.01 for 1 %");
        else return value;
        return double.NaN;
    }
}
