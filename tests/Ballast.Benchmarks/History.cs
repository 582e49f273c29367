using System.Globalization;
using System.IO.Compression;
using System.Text;
using Ballast.Numerics.Backtest;

namespace Ballast.Benchmarks;

/// <summary>One input of the rows: prices, weights, and the first bar of each month; as files for the yardstick, in memory for us.</summary>
internal sealed record History(string Name, PriceMatrix Prices, double[] Weights, BarSet MonthStarts, string PricesCsv, string WeightsCsv, bool Generated)
{
    /// <summary>Reads NAME.csv.gz and NAME_w.csv from BALLAST_BENCH, else ../shared/bench, else makes prices of the same shape from a seed.</summary>
    public static History Load(string name, int bars, int assets, bool hourly)
    {
        var folder = new[] { Environment.GetEnvironmentVariable("BALLAST_BENCH"), Path.Combine(Folders.Root, "../shared/bench") }
            .FirstOrDefault(dir => dir is { Length: > 0 } && File.Exists(Path.Combine(dir, name + ".csv.gz")));
        var csv = Path.Combine(Folders.Scratch, name + ".csv");
        var weights = Path.Combine(Folders.Scratch, name + "_w.csv");
        if (folder is null)
        {
            Generate(csv, weights, bars, assets, hourly);
        }
        else
        {
            using var packed = new GZipStream(File.OpenRead(Path.Combine(folder, name + ".csv.gz")), CompressionMode.Decompress);
            using (var plain = File.Create(csv)) packed.CopyTo(plain);
            File.Copy(Path.Combine(folder, name + "_w.csv"), weights, overwrite: true);
        }
        return Read(name, csv, weights, folder is null);
    }

    private static History Read(string name, string csv, string weightsCsv, bool generated)
    {
        var lines = File.ReadAllLines(csv);
        var assets = lines[0].Split(',').Length - 1;
        var prices = new double[(lines.Length - 1) * assets];
        var starts = new List<int>();
        for (var bar = 0; bar < lines.Length - 1; bar++)
        {
            var fields = lines[bar + 1].Split(',');
            for (var i = 0; i < assets; i++) prices[(bar * assets) + i] = double.Parse(fields[i + 1], CultureInfo.InvariantCulture);
            if (bar == 0 || !lines[bar].AsSpan(0, 7).SequenceEqual(lines[bar + 1].AsSpan(0, 7))) starts.Add(bar);
        }
        var weights = File.ReadLines(weightsCsv).Skip(1).Select(line => double.Parse(line.Split(',')[1], CultureInfo.InvariantCulture)).ToArray();
        var matrix = PriceMatrix.Load(lines.Length - 1, assets, prices);
        return new(name, matrix, weights, BarSet.Of(matrix.Bars, [.. starts]), csv, weightsCsv, generated);
    }

    /// <summary>Geometric random walks with the volatility of a coin, seeded by the name.</summary>
    private static void Generate(string csv, string weightsCsv, int bars, int assets, bool hourly)
    {
        var random = new Random(bars + assets);
        var price = Enumerable.Range(0, assets).Select(_ => Math.Exp(6 * random.NextDouble())).ToArray();
        var sigma = hourly ? 0.007 : 0.035;
        var start = new DateTime(hourly ? 2020 : 2015, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        using var to = new StreamWriter(csv, false, new UTF8Encoding(false));
        to.WriteLine("date," + string.Join(',', Enumerable.Range(0, assets).Select(i => $"A{i:000}")));
        for (var bar = 0; bar < bars; bar++)
        {
            var stamp = hourly ? start.AddHours(bar).ToString("yyyy-MM-dd HH:mm:ss") : start.AddDays(bar).ToString("yyyy-MM-dd");
            to.WriteLine(stamp + "," + string.Join(',', price.Select(p => p.ToString("F8"))));
            for (var i = 0; i < assets; i++) price[i] = Math.Max(0.01, price[i] * Math.Exp(sigma * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) * 2));
        }
        var raw = Enumerable.Range(0, assets).Select(_ => 0.5 + random.NextDouble()).ToArray();
        File.WriteAllLines(weightsCsv, [",weight", .. raw.Select((w, i) => $"A{i:000},{0.99 * w / raw.Sum():F12}")]);
    }
}
