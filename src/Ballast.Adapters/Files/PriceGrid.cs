using System.Runtime.InteropServices;
using Ballast.Market;
using Ballast.Money;

namespace Ballast.Adapters.Files;

/// <summary>Puts series of several files on one grid of times: the union of theirs, with gaps where one has none.</summary>
internal sealed class PriceGrid(Asset baseAsset, ReadingLimits limits)
{
    private readonly List<PriceColumn> _columns = [];
    private readonly Dictionary<(Asset, Asset), string> _files = [];
    private long _cells;

    public Asset Base => baseAsset;

    /// <summary>Takes a series; reported where it is there already, or is more than the limit.</summary>
    public void Add(PriceColumn column, SourceText source)
    {
        _cells += column.Times.Length;
        if (_cells > limits.Cells)
            source.ReportWhole("TOO_MUCH_DATA", $"there are more than {limits.Cells} prices", "split the data, or keep fewer bars");
        else if (!_files.TryAdd((column.Base, column.Quote), source.File))
            ReportTwice(column, source, _files[(column.Base, column.Quote)]);
        else if (column.Base == column.Quote)
            CheckUnit(column, source);
        else _columns.Add(column);
    }

    public PriceHistory History(Stamp stamp)
    {
        var times = Union();
        var spacing = Duration.FromTicks(Spacing(times));
        var opens = new Instant[times.Length];
        for (var t = 0; t < opens.Length; t++)
            opens[t] = stamp == Stamp.Open ? TimeCell.At(times[t]) : TimeCell.At(times[t]) - spacing;
        return new PriceHistory(ImmutableCollectionsMarshal.AsImmutableArray(opens), spacing, [.. _columns.Select(c => OnGrid(c, times))]);
    }

    private static void ReportTwice(PriceColumn column, SourceText source, string first) =>
        source.ReportWhole("SERIES_TWICE", first == source.File
            ? $"two symbols mean {column.Base}/{column.Quote}"
            : $"{column.Base}/{column.Quote} is here and in {first}", "expected one series a pair");

    /// <summary>A price of the base asset in itself is one, or the file means another base.</summary>
    private static void CheckUnit(PriceColumn column, SourceText source)
    {
        if (Array.TrueForAll(column.Close, c => double.IsNaN(c) || c == 1)) return;
        source.ReportWhole("BASE_PRICE_NOT_ONE", $"{column.Base} is priced in itself at something else than 1", "leave its column out, or choose the base that the prices are in");
    }

    private long[] Union()
    {
        var union = _columns.Count == 0 ? [] : _columns[0].Times;
        foreach (var column in _columns)
            if (!ReferenceEquals(column.Times, union) && !column.Times.AsSpan().SequenceEqual(union)) union = Merge(union, column.Times);
        return union;
    }

    private static long[] Merge(long[] a, long[] b)
    {
        var (merged, i, j, count) = (new long[a.Length + b.Length], 0, 0, 0);
        while (i < a.Length || j < b.Length)
        {
            var next = j == b.Length || i < a.Length && a[i] <= b[j] ? a[i] : b[j];
            if (i < a.Length && a[i] == next) i++;
            if (j < b.Length && b[j] == next) j++;
            merged[count++] = next;
        }
        return merged[..count];
    }

    /// <summary>The most frequent difference between consecutive times, the smallest among equals; a day where there is but one time.</summary>
    private static long Spacing(long[] times)
    {
        if (times.Length < 2) return NodaConstants.TicksPerDay;
        var counts = new Dictionary<long, int>();
        for (var t = 1; t < times.Length; t++)
            CollectionsMarshal.GetValueRefOrAddDefault(counts, times[t] - times[t - 1], out _)++;
        var (best, most) = (long.MaxValue, 0);
        foreach (var (difference, count) in counts)
            if (count > most || count == most && difference < best) (best, most) = (difference, count);
        return best;
    }

    private static PriceSeries OnGrid(PriceColumn column, long[] times)
    {
        if (column.Times.Length == times.Length) return new PriceSeries(column.Base, column.Quote, column.Close, column.Open, column.High, column.Low, column.Volume);
        var rows = RowsOnGrid(column.Times, times);
        return new PriceSeries(column.Base, column.Quote, Spread(column.Close, rows, times.Length)!, Spread(column.Open, rows, times.Length),
            Spread(column.High, rows, times.Length), Spread(column.Low, rows, times.Length), Spread(column.Volume, rows, times.Length));
    }

    /// <summary>The place on the grid of each of a series' times.</summary>
    private static int[] RowsOnGrid(long[] own, long[] grid)
    {
        var (rows, at) = (new int[own.Length], 0);
        for (var i = 0; i < own.Length; i++)
        {
            while (grid[at] != own[i]) at++;
            rows[i] = at;
        }
        return rows;
    }

    private static double[]? Spread(double[]? values, int[] rows, int length)
    {
        if (values is null) return null;
        var spread = new double[length];
        Array.Fill(spread, double.NaN);
        for (var i = 0; i < rows.Length; i++) spread[rows[i]] = values[i];
        return spread;
    }
}
