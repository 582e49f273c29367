using Ballast.Market;
using Ballast.Money;

namespace Ballast.Adapters.Files;

/// <summary>What the time of a row means: when its bar opened, or when it closed.</summary>
public enum Stamp { Open, Close }

/// <summary>Reads prices: a wide table, a long table, bars of one symbol, or a folder of those; plain or gzip.</summary>
public static class PriceFiles
{
    /// <param name="path">A file or a folder.</param>
    /// <param name="baseAsset">What columns without a quote asset are priced in; it needs no column itself.</param>
    /// <param name="stamp">What the times mean.</param>
    /// <param name="note">Told what was left out, a sentence each.</param>
    public static Reading<PriceHistory> Load(string path, Asset baseAsset, Stamp stamp = Stamp.Open, ReadingLimits? limits = null, Action<string>? note = null)
    {
        limits ??= ReadingLimits.Default;
        var faults = new FaultList(limits);
        var grid = new PriceGrid(baseAsset, limits);
        if (Directory.Exists(path)) PriceFolder.Read(path, grid, limits, faults, note);
        else if (IsParquet(path)) new SourceText(path, [], 0, faults).ReportWhole(SourceFile.Parquet.Code, SourceFile.Parquet.What, SourceFile.Parquet.Expected);
        else if (SourceFile.Open(path, limits, faults) is { } source) Read(source, grid, limits, note);
        return faults.Count > 0 ? faults.Failed<PriceHistory>(path) : Reading.Of(grid.History(stamp));
    }

    /// <summary>Reads one file of whichever form its header shows.</summary>
    private static void Read(SourceText source, PriceGrid grid, ReadingLimits limits, Action<string>? note)
    {
        var rows = new DelimitedText(source, limits);
        if (PriceHeader(ref rows, source, limits) is not { } header) return;
        if (header.Find("close") >= 0 || header.Find("symbol") >= 0) BarTable.Read(ref rows, header, grid, limits, note);
        else WideTable.Read(ref rows, header, grid, limits);
    }

    internal static bool IsParquet(string path) => path.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase);

    /// <summary>A header that begins with the time; null, with a fault, for any other.</summary>
    internal static Header? PriceHeader(ref DelimitedText rows, SourceText source, ReadingLimits limits)
    {
        if (Header.Read(ref rows, source, limits) is not { } header) return null;
        var count = source.Faults.Count;
        if (!header.Columns[0].IsTime)
            header.Report(0, "TIME_COLUMN_MISSING", $"the first column is '{header.Columns[0].Name}'", "expected a header that begins with timestamp, time, date or datetime");
        else if (header.Columns.Length == 1)
            header.Report(0, "PRICE_COLUMN_MISSING", "there is no column of prices", "expected timestamp and one column an asset");
        return source.Faults.Count > count ? null : header;
    }
}
