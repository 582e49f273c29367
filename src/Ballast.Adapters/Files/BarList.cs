using System.Text;
using Ballast.Money;

namespace Ballast.Adapters.Files;

/// <summary>Gathers the bars of a file by symbol, each symbol's going forward in time.</summary>
internal sealed class BarList(Header header, ReadingLimits limits)
{
    private readonly Dictionary<string, BarSeries> _series = [];
    private byte[] _lastSymbol = [];
    private BarSeries? _last;

    public int Count { get; private set; }

    /// <summary>By symbol, in the order of their first rows; the symbol is empty where the file has no such column.</summary>
    public IEnumerable<KeyValuePair<string, BarSeries>> Series => _series;

    public void Add(ref DelimitedText rows, DelimitedText timeField, BarRow row, long time)
    {
        if (SeriesOf(ref rows, row) is not { } series) return;
        if (!TimeColumn.Follows(ref timeField, time, series.LastTime, series.LastLine, series.Symbol) || !row.Agrees(ref rows)) return;
        if (++Count > limits.Cells)
        {
            if (Count == limits.Cells + 1) header.Source.ReportWhole("TOO_MUCH_DATA", $"there are more than {limits.Cells} prices", "split the file, or keep fewer bars");
            return;
        }
        series.Add(time, rows.Line, row);
    }

    /// <summary>A row has at least one byte a field: the bytes bound the rows however many line breaks there are.</summary>
    private int MostRows() => Math.Min(header.Source.Bytes.Count((byte)'\n') + 1, header.Source.Bytes.Length / header.Columns.Length + 1);

    private BarSeries? SeriesOf(ref DelimitedText rows, BarRow row)
    {
        if (!row.Named) return _last ??= _series[""] = new BarSeries("", row, MostRows());
        var symbol = header.Source.Bytes.Slice(row.SymbolField.Start, row.SymbolField.Length);
        if (_last is not null && symbol.SequenceEqual(_lastSymbol)) return _last;
        if (symbol.Length == 0)
        {
            rows.ReportAt(row.SymbolField, "SYMBOL_MISSING", "the symbol is missing", "expected a symbol such as BTC or BTCUSDT");
            return null;
        }
        var name = Encoding.UTF8.GetString(symbol);
        _lastSymbol = symbol.ToArray();
        _last = _series.TryGetValue(name, out var known) ? known : null;
        if (_last is not null) return _last;
        if (_series.Count < limits.Columns) return _last = _series[name] = new BarSeries(name, row, 0);
        rows.ReportAt(row.SymbolField, "TOO_MANY_COLUMNS", $"there are more than {limits.Columns} symbols", "split the file");
        return null;
    }
}

/// <summary>The bars of one symbol as they are read.</summary>
internal sealed class BarSeries(string symbol, BarRow row, int capacity)
{
    private readonly List<long> _times = new(capacity);
    private readonly List<double> _close = new(capacity);
    private readonly List<double>? _open = row.Has(BarRow.Open) ? new(capacity) : null;
    private readonly List<double>? _high = row.Has(BarRow.High) ? new(capacity) : null;
    private readonly List<double>? _low = row.Has(BarRow.Low) ? new(capacity) : null;
    private readonly List<double>? _volume = row.Has(BarRow.Volume) ? new(capacity) : null;

    public string Symbol => symbol;

    public long LastTime { get; private set; } = long.MinValue;

    public int LastLine { get; private set; }

    public void Add(long time, int line, BarRow bar)
    {
        (LastTime, LastLine) = (time, line);
        _times.Add(time);
        _close.Add(bar.Values[BarRow.Close]);
        _open?.Add(bar.Values[BarRow.Open]);
        _high?.Add(bar.Values[BarRow.High]);
        _low?.Add(bar.Values[BarRow.Low]);
        _volume?.Add(bar.Values[BarRow.Volume]);
    }

    public PriceColumn Column(Asset asset, Asset quote) =>
        new(asset, quote, [.. _times], [.. _close], _open?.ToArray(), _high?.ToArray(), _low?.ToArray(), _volume?.ToArray());
}
