using System.Globalization;
using System.IO.Compression;
using Ballast.Numerics.Options;

namespace Ballast.Benchmarks.Chains;

/// <summary>One listed option of a venue's chain, with what the venue printed of it: columns that the product does not read are wanted here.</summary>
internal sealed record ChainRow(string Name, OptionKind Kind, double Strike, double Years, double? Mark, double? Volatility, double? Delta, double? Forward)
{
    public static ChainRow[] Read(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        var header = reader.ReadLine()!.Split(',');
        var rows = new List<ChainRow>();
        while (reader.ReadLine() is { } line)
        {
            var cells = header.Zip(line.Split(',')).ToDictionary(p => p.First, p => p.Second);
            rows.Add(new(cells["instrument_name"], cells["option_type"] == "call" ? OptionKind.Call : OptionKind.Put, Number(cells["strike"])!.Value,
                (Time(cells["expiry"]) - Time(cells["timestamp"])).TotalSeconds / 31_536_000, Number(cells["mark_price"]), Number(cells["mark_iv"]),
                Number(cells["delta"]), Number(cells["underlying_price"])));
        }
        return [.. rows];
    }

    /// <summary>Why the row cannot be priced, or null.</summary>
    public string? Missing =>
        Volatility is not > 0 ? "no volatility" : Forward is not > 0 ? "no forward" : Mark is null ? "no mark" : Years <= 0 ? "expired" : null;

    private static double? Number(string cell) => cell.Length == 0 ? null : double.Parse(cell, CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(string cell) => DateTimeOffset.Parse(cell, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
