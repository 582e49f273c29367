using System.Runtime.CompilerServices;
using Ballast.Money;

namespace Ballast.Adapters.Files;

/// <summary>Reads a wide table of prices: a row a time, a column an asset.</summary>
internal static class WideTable
{
    public static void Read(ref DelimitedText rows, Header header, PriceGrid grid, ReadingLimits limits)
    {
        if (Pairs(header, grid.Base) is not { } pairs) return;
        // A row has at least one byte a field, so the bytes bound the rows however many line breaks there are. One more is room for a faulty row.
        var text = header.Source.Bytes;
        var capacity = Math.Min(text.Count((byte)'\n') + 1, text.Length / header.Columns.Length + 1) + 1;
        if ((long)capacity * pairs.Length > limits.Cells)
        {
            header.Source.ReportWhole("TOO_MUCH_DATA", $"there are more than {limits.Cells} prices", "split the file, or keep fewer bars");
            return;
        }
        var times = new long[capacity];
        var closes = new double[pairs.Length][];
        for (var i = 0; i < closes.Length; i++) closes[i] = GC.AllocateUninitializedArray<double>(capacity);
        var count = Rows(ref rows, header, times, closes);
        if (count == 0 && header.Source.Faults.Count == 0) header.Source.ReportWhole("NO_ROWS", "there is a header and nothing else", "expected at least one row of prices");
        if (header.Source.Faults.Count > 0) return;
        Add(grid, header, pairs, times[..count], closes);
    }

    private static (Asset Base, Asset Quote)[]? Pairs(Header header, Asset baseAsset)
    {
        var pairs = new (Asset Base, Asset Quote)[header.Columns.Length - 1];
        var seen = new Dictionary<(Asset, Asset), int>();
        var before = header.Source.Faults.Count;
        for (var i = 0; i < pairs.Length; i++)
        {
            var name = header.Columns[i + 1].Name;
            pairs[i] = PairNames.OfColumn(name, baseAsset);
            if (name.Length == 0) header.Report(i + 1, "COLUMN_UNNAMED", "the column has no name", "expected an asset");
            else if (!seen.TryAdd(pairs[i], i + 1))
                header.Report(i + 1, "COLUMN_TWICE", $"'{name}' is {pairs[i].Base}/{pairs[i].Quote}, and so is '{header.Columns[seen[pairs[i]]].Name}'", "expected one column a pair");
        }
        return header.Source.Faults.Count > before ? null : pairs;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Rows(ref DelimitedText rows, Header header, long[] times, double[][] closes)
    {
        var (column, count, before, lineBefore) = (new TimeColumn(), 0, long.MinValue, 0);
        while (rows.NextLine())
        {
            var faults = header.Source.Faults.Count;
            if (rows.NextField() && column.Read(ref rows) is { } time && TimeColumn.Follows(ref rows, time, before, lineBefore))
                (times[count], before, lineBefore) = (time, time, rows.Line);
            var read = 0;
            while (read < closes.Length && rows.NextField())
            {
                PriceCell.Read(ref rows, out var price);
                closes[read++][count] = price;
            }
            if (read == closes.Length && !rows.HasField) count++;
            else if (header.Source.Faults.Count == faults) header.ReportFieldCount(ref rows);
        }
        return count;
    }

    private static void Add(PriceGrid grid, Header header, (Asset Base, Asset Quote)[] pairs, long[] times, double[][] closes)
    {
        for (var i = 0; i < pairs.Length; i++)
        {
            var close = closes[i].Length == times.Length ? closes[i] : closes[i][..times.Length];
            grid.Add(new PriceColumn(pairs[i].Base, pairs[i].Quote, times, close), header.Source);
        }
    }
}
