namespace Ballast.Adapters.Files;

/// <summary>The first row of a table: the names of its columns, and where each stands for faults about it.</summary>
internal sealed class Header
{
    private Header(SourceText source, int line, int lineStart, ImmutableArray<ColumnName> columns) =>
        (Source, Line, LineStart, Columns) = (source, line, lineStart, columns);

    public SourceText Source { get; }
    public int Line { get; }
    public int LineStart { get; }
    public ImmutableArray<ColumnName> Columns { get; }

    /// <summary>Reads the header; null, with a fault, where it is none or is not separated by commas.</summary>
    public static Header? Read(ref DelimitedText rows, SourceText source, ReadingLimits limits) =>
        IsThere(ref rows, source) ? Of(ref rows, source, limits) : null;

    /// <summary>Reads the header; where the first row is all numbers there is none: the names are A0, A1, ..., and that row is still to be read.</summary>
    public static Header? ReadOrName(ref DelimitedText rows, SourceText source, ReadingLimits limits)
    {
        if (!IsThere(ref rows, source)) return null;
        if (!rows.IsAllNumbers()) return Of(ref rows, source, limits);
        var (line, start, count) = (rows.Line, rows.LineStart, Math.Min(rows.CountFields(), limits.Columns + 1));
        if (count > limits.Columns) rows.ReportLine("TOO_MANY_COLUMNS", $"there are more than {limits.Columns} columns", "split the file");
        rows.BackToLine();
        return count > limits.Columns ? null : new Header(source, line, start, [.. Enumerable.Range(0, count).Select(i => new ColumnName($"A{i}", start, 0))]);
    }

    private static bool IsThere(ref DelimitedText rows, SourceText source)
    {
        var before = source.Faults.Count;
        if (rows.NextHeader()) return true;
        if (source.Faults.Count == before) source.ReportWhole("FILE_EMPTY", "the file is empty", "expected a header row and data");
        return false;
    }

    private static Header? Of(ref DelimitedText rows, SourceText source, ReadingLimits limits)
    {
        var before = source.Faults.Count;
        if (WrongSeparator(rows.LineText) is { } separator) rows.ReportLine("SEPARATOR", $"this file is separated by {separator}", "expected ','");
        else if (rows.LineText.Contains((byte)'\r')) rows.ReportLine("LINE_ENDS", "the lines end in a carriage return alone", "save the file with LF or CRLF line ends");
        if (source.Faults.Count > before) return null;
        var columns = Names(ref rows, limits);
        if (source.Faults.Count > before) return null;
        var header = new Header(source, rows.Line, rows.LineStart, columns);
        return header.NamesAreUnique() ? header : null;
    }

    /// <summary>The place of a column, in any case of letters; −1 where there is none.</summary>
    public int Find(string name)
    {
        for (var i = 0; i < Columns.Length; i++)
            if (Columns[i].Is(name)) return i;
        return -1;
    }

    public void Report(int column, string code, string what, string expected = "") =>
        Source.Report(Line, LineStart, Columns[column].Start, Columns[column].Length, code, what, expected);

    /// <summary>Says that a row has the wrong number of fields, and what may have caused it.</summary>
    public void ReportFieldCount(ref DelimitedText rows)
    {
        var count = rows.CountFields();
        var hint = count == 2 * Columns.Length - 1 ? " (a decimal comma? write 1.5, not 1,5)" : "";
        rows.ReportLine("FIELD_COUNT", $"the row has {count} {(count == 1 ? "field" : "fields")}", $"expected {Columns.Length} as in the header{hint}");
    }

    private static ImmutableArray<ColumnName> Names(ref DelimitedText rows, ReadingLimits limits)
    {
        var columns = ImmutableArray.CreateBuilder<ColumnName>();
        while (columns.Count <= limits.Columns && rows.NextField()) columns.Add(new ColumnName(rows.FieldText, rows.FieldStart, rows.FieldLength));
        if (columns.Count > limits.Columns) rows.ReportLine("TOO_MANY_COLUMNS", $"there are more than {limits.Columns} columns", "split the file");
        return columns.ToImmutable();
    }

    private bool NamesAreUnique()
    {
        var seen = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var unique = true;
        for (var i = 0; i < Columns.Length; i++)
        {
            if (seen.TryAdd(Columns[i].Name, i)) continue;
            unique = false;
            Report(i, "COLUMN_TWICE", $"the column '{Columns[i].Name}' is there twice", $"columns {seen[Columns[i].Name] + 1} and {i + 1}");
        }
        return unique;
    }

    private static string? WrongSeparator(ReadOnlySpan<byte> line) =>
        line.Contains((byte)',') ? null
        : line.Contains((byte)';') ? "';'"
        : line.Contains((byte)'\t') ? "tabs"
        : line.Contains((byte)'|') ? "'|'"
        : null;
}

/// <summary>A column's name and where it stands in the file.</summary>
internal readonly record struct ColumnName(string Name, int Start, int Length)
{
    public bool Is(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The names that a column of times goes by.</summary>
    public bool IsTime => Is("timestamp") || Is("time") || Is("date") || Is("datetime");
}
