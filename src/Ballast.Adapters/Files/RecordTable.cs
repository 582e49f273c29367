namespace Ballast.Adapters.Files;

/// <summary>Reads a small table whose columns are all known by name: a misspelt column is a fault, an absent one reads as empty.</summary>
internal sealed class RecordTable
{
    private readonly Header _header;
    private readonly (int Start, int Length, string Text)[] _cells;

    private RecordTable(Header header) => (_header, _cells) = (header, new (int, int, string)[header.Columns.Length]);

    public SourceText Source => _header.Source;

    /// <summary>The header, checked; null, with faults, where a column is unknown or a required one is missing.</summary>
    /// <param name="others">Whether columns of other names are passed over: the table is somebody else's export.</param>
    public static RecordTable? Open(ref DelimitedText rows, SourceText source, ReadingLimits limits, string[] required, string[] optional, bool others = false)
    {
        if (Header.Read(ref rows, source, limits) is not { } header) return null;
        var before = source.Faults.Count;
        string[] known = [.. required, .. optional], missing = [.. required.Where(name => header.Find(name) < 0)];
        for (var i = 0; i < header.Columns.Length && !others; i++)
            if (!Array.Exists(known, k => header.Columns[i].Is(k)))
                header.Report(i, "COLUMN_UNKNOWN", $"there is no column '{Cut(header.Columns[i].Name)}' in such a file", Nearest.Hint(header.Columns[i].Name, missing.Length > 0 ? missing : known));
        foreach (var name in missing)
            header.Report(0, "COLUMN_MISSING", $"the column '{name}' is missing", $"expected {string.Join(",", required)}");
        return source.Faults.Count > before ? null : new RecordTable(header);
    }

    /// <summary>Reads the next row; a row with too many or too few fields is reported and passed over.</summary>
    public bool Next(ref DelimitedText rows)
    {
        while (rows.NextLine())
        {
            var before = Source.Faults.Count;
            var read = 0;
            for (; read < _cells.Length && rows.NextField(); read++) _cells[read] = (rows.FieldStart, rows.FieldLength, rows.FieldText);
            if (read == _cells.Length && !rows.HasField) return true;
            if (Source.Faults.Count == before) _header.ReportFieldCount(ref rows);
        }
        return false;
    }

    /// <summary>The text of a column in this row; empty where the file has no such column.</summary>
    public string this[string column] => _header.Find(column) is var at && at >= 0 ? _cells[at].Text : "";

    public bool Has(string column) => _header.Find(column) >= 0;

    public void Report(ref DelimitedText rows, string column, string code, string what, string expected = "")
    {
        var at = Math.Max(0, _header.Find(column));
        rows.ReportAt((_cells[at].Start, _cells[at].Length), code, what, expected);
    }

    /// <summary>The exact number of a column; null where the cell is empty, or where it is reported.</summary>
    public decimal? Number(ref DelimitedText rows, string column)
    {
        var at = _header.Find(column);
        if (at < 0 || _cells[at].Length == 0) return null;
        var bytes = Source.Bytes.Slice(_cells[at].Start, _cells[at].Length);
        if (NumberCell.TryDecimal(bytes, out var value)) return value;
        var (code, what, expected) = NumberCell.IsNumber(bytes)
            ? ("NUMBER_TOO_LONG", $"'{Cut(_cells[at].Text)}' has more digits than can be kept exactly", "expected at most 28 digits")
            : NumberCell.Complaint(_cells[at].Text);
        Report(ref rows, column, code, what, expected);
        return null;
    }

    /// <summary>The time of a column; null where the cell is empty, or where it is reported.</summary>
    public Instant? Time(ref DelimitedText rows, string column)
    {
        var at = _header.Find(column);
        if (at < 0 || _cells[at].Length == 0) return null;
        var form = TimeCell.Read(Source.Bytes.Slice(_cells[at].Start, _cells[at].Length), out var ticks);
        if (form != TimeForm.None) return TimeCell.At(ticks);
        Report(ref rows, column, "TIME_MALFORMED", $"'{Cut(_cells[at].Text)}' is not a time", TimeCell.Expected);
        return null;
    }

    /// <summary>A code in a cell, such as BTC: not empty, no blanks, not long. Null where it is reported.</summary>
    public string? Code(ref DelimitedText rows, string column)
    {
        var text = this[column];
        if (text.Length is > 0 and <= 40 && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))) return text;
        if (text.Length == 0) Report(ref rows, column, "CODE_MISSING", $"the {column} is missing", "expected a name such as BTC");
        else Report(ref rows, column, "CODE_MALFORMED", $"'{Cut(text)}' is not a name", "expected at most 40 characters without blanks, such as BTC");
        return null;
    }

    public static string Cut(string text) => text.Length > 40 ? text[..40] + "…" : text;
}
