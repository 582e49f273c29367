using System.Runtime.CompilerServices;
using Ballast.Money;

namespace Ballast.Adapters.Files;

/// <summary>Reads bars in rows: of many symbols with a symbol column, or of the one symbol that the file is named after.</summary>
internal static class BarTable
{
    private static readonly string[] Known = ["symbol", "open", "high", "low", "close", "volume"];

    public static void Read(ref DelimitedText rows, Header header, PriceGrid grid, ReadingLimits limits, Action<string>? note)
    {
        if (header.Find("close") < 0)
        {
            header.Report(0, "CLOSE_COLUMN_MISSING", "there is no column 'close'", "expected timestamp, symbol and close");
            return;
        }
        NoteUnread(header, note);
        var bars = new BarList(header, limits);
        Rows(ref rows, header, bars);
        if (bars.Count == 0 && header.Source.Faults.Count == 0) header.Source.ReportWhole("NO_ROWS", "there is a header and nothing else", "expected at least one row of prices");
        if (header.Source.Faults.Count > 0) return;
        foreach (var (symbol, series) in bars.Series)
        {
            var (asset, quote) = PairNames.OfSymbol(symbol.Length > 0 ? symbol : SymbolOf(header.Source.File), grid.Base);
            grid.Add(series.Column(asset, quote), header.Source);
        }
    }

    /// <summary>The symbol that a file is named after: BTCUSDT of data/BTCUSDT.csv.gz.</summary>
    public static string SymbolOf(string path)
    {
        var name = Path.GetFileName(path.AsSpan());
        if (name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)) name = name[..^3];
        if (name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)) name = name[..^4];
        return name.ToString();
    }

    private static void NoteUnread(Header header, Action<string>? note)
    {
        var unread = header.Columns.Skip(1).Where(c => !Array.Exists(Known, k => c.Is(k))).Select(c => c.Name).ToList();
        if (unread.Count > 0) note?.Invoke($"{header.Source.File}: columns not read: {string.Join(", ", unread)}");
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows(ref DelimitedText rows, Header header, BarList bars)
    {
        var time = new TimeColumn();
        var row = new BarRow(header);
        while (rows.NextLine())
        {
            var faults = header.Source.Faults.Count;
            long? ticks = rows.NextField() ? time.Read(ref rows) : null;
            var timeField = rows;
            if (!row.Read(ref rows))
            {
                if (header.Source.Faults.Count == faults) header.ReportFieldCount(ref rows);
                continue;
            }
            if (ticks is { } at) bars.Add(ref rows, timeField, row, at);
        }
    }
}

/// <summary>The columns of a table of bars, and the cells of its current row.</summary>
internal sealed class BarRow
{
    private readonly int[] _roles;
    private (int Start, int Length) _close, _high;

    /// <summary>Where in <see cref="Values"/> each kind of cell is kept.</summary>
    public const int Open = 0, High = 1, Low = 2, Close = 3, Volume = 4, Symbol = 5, Unread = 6;

    public BarRow(Header header)
    {
        _roles = new int[header.Columns.Length];
        for (var i = 1; i < _roles.Length; i++) _roles[i] = Role(header.Columns[i]);
        Named = Array.IndexOf(_roles, Symbol, 1) > 0;
    }

    /// <summary>Whether rows say which symbol they are of.</summary>
    public bool Named { get; }

    public double[] Values { get; } = new double[5];

    public (int Start, int Length) SymbolField { get; private set; }

    public bool Has(int role) => Array.IndexOf(_roles, role, 1) > 0;

    /// <summary>Reads the cells after the time; false where there are more or fewer than in the header.</summary>
    public bool Read(ref DelimitedText rows)
    {
        for (var i = 1; i < _roles.Length; i++)
        {
            if (!rows.NextField()) return false;
            switch (_roles[i])
            {
                case Unread: break;
                case Symbol: SymbolField = (rows.FieldStart, rows.FieldLength); break;
                case Volume: PriceCell.ReadVolume(ref rows, out Values[Volume]); break;
                default: ReadPrice(ref rows, _roles[i]); break;
            }
        }
        return !rows.HasField;
    }

    /// <summary>Whether the prices of the bar agree with each other; a missing one agrees with all. Reported where they do not.</summary>
    public bool Agrees(ref DelimitedText rows)
    {
        var (high, low, close) = (Has(High) ? Values[High] : double.NaN, Has(Low) ? Values[Low] : double.NaN, Values[Close]);
        if (high < low)
            rows.ReportAt(_high, "HIGH_BELOW_LOW", $"the high {high:R} is below the low {low:R}", "expected low, high and close that agree");
        else if (close > high || close < low)
            rows.ReportAt(_close, "CLOSE_OUTSIDE_RANGE", $"the close {close:R} is outside low {low:R} to high {high:R}", "expected low, high and close that agree");
        else return true;
        return false;
    }

    private void ReadPrice(ref DelimitedText rows, int role)
    {
        PriceCell.Read(ref rows, out Values[role]);
        if (role == Close) _close = (rows.FieldStart, rows.FieldLength);
        if (role == High) _high = (rows.FieldStart, rows.FieldLength);
    }

    private static int Role(ColumnName column) =>
        column.Is("open") ? Open : column.Is("high") ? High : column.Is("low") ? Low : column.Is("close") ? Close
        : column.Is("volume") ? Volume : column.Is("symbol") ? Symbol : Unread;
}
