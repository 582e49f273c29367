using System.Globalization;
using System.IO.Compression;
using System.Text;
using Ballast.Tests.App;

namespace Ballast.Tests.Engine.Backtests;

/// <summary>Price relatives p(t)/p(t−1), cumulated to prices on consecutive days.</summary>
internal static class PriceRelatives
{
    public static (string Path, string[] Assets) ToPrices(string relatives, TemporaryFolder folder)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(relatives), CompressionMode.Decompress));
        var count = reader.ReadLine()!.Split(',').Length - 1;
        string[] assets = [.. Enumerable.Range(0, count).Select(i => $"S{i:00}")];
        var (prices, day) = (Enumerable.Repeat(1.0, count).ToArray(), new DateOnly(2000, 1, 1));
        var text = new StringBuilder($"timestamp,{string.Join(',', assets)}\n");
        Row(text, day, prices);
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split(',');
            for (var i = 0; i < count; i++) prices[i] *= double.Parse(cells[i + 1], CultureInfo.InvariantCulture);
            Row(text, day = day.AddDays(1), prices);
        }
        return (folder.File("prices.csv", text.ToString()), assets);
    }

    private static void Row(StringBuilder text, DateOnly day, double[] prices) =>
        text.Append(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).Append(',').AppendJoin(',', prices.Select(p => p.ToString("R", CultureInfo.InvariantCulture))).Append('\n');
}
