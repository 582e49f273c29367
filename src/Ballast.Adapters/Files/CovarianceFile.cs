using Ballast.Numerics.Linear;

namespace Ballast.Adapters.Files;

/// <summary>Reads a covariance: a header of names, then as many rows as names; without a header the names are A0, A1, ...</summary>
public static class CovarianceFile
{
    private const double Slack = 1e-8;

    public static Reading<CovarianceTable> Load(string path, ReadingLimits? limits = null)
    {
        limits ??= ReadingLimits.Default;
        var faults = new FaultList(limits);
        var table = SourceFile.Open(path, limits, faults) is { } source ? Read(source, limits) : null;
        return faults.Count > 0 ? faults.Failed<CovarianceTable>(path) : Reading.Of(table!);
    }

    private static CovarianceTable? Read(SourceText source, ReadingLimits limits)
    {
        var rows = new DelimitedText(source, limits);
        if (Header.ReadOrName(ref rows, source, limits) is not { } header) return null;
        var n = header.Columns.Length;
        if ((long)n * n > limits.Cells) return Whole(source, "TOO_MUCH_DATA", $"{n} assets make more than {limits.Cells} cells", "keep fewer assets");
        var (cells, row) = (new Matrix(n, n), 0);
        for (; rows.NextLine() && row <= n; row++)
            if (row < n) Row(ref rows, header, cells, row);
        if (row != n && source.Faults.Count == 0)
            Whole(source, "NOT_SQUARE", $"there are {(row > n ? "more than " : "")}{Math.Min(row, n)} rows for {n} columns", "expected as many rows as names");
        return source.Faults.Count > 0 ? null : new CovarianceTable([.. header.Columns.Select(c => c.Name)], cells);
    }

    private static void Row(ref DelimitedText rows, Header header, Matrix cells, int row)
    {
        var (before, read) = (header.Source.Faults.Count, 0);
        for (; read < cells.Columns && rows.NextField(); read++)
        {
            if (!NumberCell.TryDouble(rows.Field, out var value))
            {
                var (code, what, expected) = NumberCell.Complaint(rows.FieldText);
                rows.Report(code, what, expected);
                continue;
            }
            cells[row, read] = value;
            if (!double.IsFinite(value)) rows.Report("NOT_FINITE", $"{rows.FieldText} is too large for any number", "expected a finite covariance");
            else if (read == row && value < 0) rows.Report("NEGATIVE_VARIANCE", $"the variance of {header.Columns[row].Name} is {rows.FieldText}", "expected zero or more");
            else if (read < row && Math.Abs(value - cells[read, row]) > Slack * Math.Max(Math.Abs(value), Math.Sqrt(Math.Abs(cells[read, read] * cells[row, row]))))
                rows.Report("NOT_SYMMETRIC", $"{header.Columns[row].Name} with {header.Columns[read].Name} is {rows.FieldText}, but {cells[read, row]:R} the other way round", "expected the same number");
        }
        if ((read < cells.Columns || rows.HasField) && header.Source.Faults.Count == before) header.ReportFieldCount(ref rows);
    }

    private static CovarianceTable? Whole(SourceText source, string code, string what, string expected)
    {
        source.ReportWhole(code, what, expected);
        return null;
    }
}

/// <summary>A covariance and the names of its rows and columns.</summary>
public sealed record CovarianceTable(ImmutableArray<string> Names, Matrix Covariance);
