namespace Ballast.Adapters.Files;

/// <summary>Reads a folder of one file of bars a symbol. Tables of several assets in it are left out, with a note.</summary>
internal static class PriceFolder
{
    public static void Read(string folder, PriceGrid grid, ReadingLimits limits, FaultList faults, Action<string>? note)
    {
        var whole = new SourceText(folder, [], 0, faults);
        if (Files(folder, whole) is not { } files) return;
        var (bars, before) = (0, faults.Count);
        foreach (var file in files)
            if (SourceFile.Open(file, limits, faults) is { } source && ReadFile(source, grid, limits, note)) bars++;
        if (bars == 0 && faults.Count == before)
            whole.ReportWhole("FOLDER_WITHOUT_BARS", "no file in the folder has a column 'close'", "expected one file of bars a symbol; give a wide table by its own name");
    }

    private static List<string>? Files(string folder, SourceText whole)
    {
        var files = new List<string>();
        var parquet = false;
        try
        {
            foreach (var file in Directory.EnumerateFiles(folder))
            {
                if (IsTable(file)) files.Add(file);
                parquet |= PriceFiles.IsParquet(file);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            whole.ReportWhole("FILE_UNREADABLE", $"the folder cannot be read: {e.Message.TrimEnd('.')}");
            return null;
        }
        files.Sort(string.CompareOrdinal);
        if (files.Count > 0) return files;
        if (parquet) whole.ReportWhole(SourceFile.Parquet.Code, SourceFile.Parquet.What, SourceFile.Parquet.Expected);
        else whole.ReportWhole("FOLDER_EMPTY", "there is no CSV file in the folder", "expected files such as BTCUSDT.csv or BTCUSDT.csv.gz");
        return null;
    }

    /// <summary>By name; hidden files are what other programs leave beside tables.</summary>
    private static bool IsTable(string file) =>
        !Path.GetFileName(file).StartsWith('.')
        && (file.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) || file.EndsWith(".csv.gz", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether the file is one of bars; another table is left out, but not in silence.</summary>
    private static bool ReadFile(SourceText source, PriceGrid grid, ReadingLimits limits, Action<string>? note)
    {
        var rows = new DelimitedText(source, limits);
        if (PriceFiles.PriceHeader(ref rows, source, limits) is not { } header) return false;
        if (header.Find("close") < 0)
        {
            note?.Invoke($"{source.File}: left out, for it has no column 'close' (a table of several assets is given by its own name)");
            return false;
        }
        BarTable.Read(ref rows, header, grid, limits, note);
        return true;
    }
}
