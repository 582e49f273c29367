using System.Globalization;
using System.IO.Compression;
using Ballast.Numerics.Backtest;

namespace Ballast.Tests.Numerics.Backtest;

/// <summary>The inputs of rows B1 to B5: <c>BALLAST_BENCH</c>, else <c>../shared/bench</c>, else the test is skipped with the reason.</summary>
internal static class BenchInputs
{
    public static (PriceMatrix Prices, double[] Weights, BarSet MonthStarts) Load(string name)
    {
        var folder = Environment.GetEnvironmentVariable("BALLAST_BENCH") is { Length: > 0 } chosen ? chosen : Path.Combine(Repository.Root, "../shared/bench");
        var file = Path.Combine(folder, name + ".csv.gz");
        Assert.SkipUnless(File.Exists(file), $"needs the benchmark input {name}.csv.gz: set BALLAST_BENCH");
        using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        var assets = reader.ReadLine()!.Split(',').Length - 1;
        var prices = new List<double>();
        var starts = new List<int>();
        var month = "";
        for (var bar = 0; reader.ReadLine() is { } line; bar++)
        {
            if (!line.StartsWith(month, StringComparison.Ordinal) || bar == 0) starts.Add(bar);
            month = line[..7];
            prices.AddRange(line.Split(',').Skip(1).Select(Number));
        }
        var weights = File.ReadLines(Path.Combine(folder, name + "_w.csv")).Skip(1).Select(line => Number(line.Split(',')[1])).ToArray();
        var bars = prices.Count / assets;
        return (PriceMatrix.Load(bars, assets, prices.ToArray()), weights, BarSet.Of(bars, [.. starts]));
    }

    /// <summary>A million to start, 10 bps out of cash, fills at the close, the final bar trades: the semantics of the rows.</summary>
    public static FastPolicy Policy(double[] weights) => new()
    {
        Weights = [.. weights],
        CostRates = [.. weights.Select(_ => 0.001)],
        Sizing = Sizing.BeforeCosts,
        Fill = Fill.Close,
        LastBarTrades = true,
        StartValue = 1e6,
    };

    public static WeightBands Relative(double[] weights, double band) =>
        new([.. weights.Select(w => w * (1 - band))], [.. weights.Select(w => w * (1 + band))]);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
