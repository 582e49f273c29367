using System.Globalization;
using Ballast.Numerics.Options;

namespace Ballast.Benchmarks.Chains;

/// <summary>A venue's own marks: every option priced from its volatility, and every expiry's smile fitted.</summary>
internal static class ChainStudy
{
    private static readonly double[] Levels = [0.5, 0.9, 0.99, 1];

    public static int Run(string data)
    {
        var folder = Path.Combine(data, "deribit_option_chains");
        if (!Directory.Exists(folder))
        {
            Console.WriteLine($"no chains in {folder}: set BALLAST_DATA");
            return 1;
        }
        string[] files = [.. Directory.EnumerateFiles(folder, "*.csv.gz").Order(StringComparer.Ordinal)];
        Marks(files);
        ChainSmiles.Print(files);
        return 0;
    }

    /// <summary>Black 1976 without interest over the forward, 365 days a year, against mark_price and delta.</summary>
    private static void Marks(string[] files)
    {
        Console.WriteLine("Black 1976 of mark_iv, r = 0, ACT/365, on underlying_price: |error| of the mark in coin, and of delta\n");
        Console.WriteLine($"{"chain",-16}{"priced",7}{"left out",9}  {"mark: median",12}{"90 %",9}{"99 %",9}{"worst",9}  {"delta: median",13}{"90 %",9}{"99 %",9}{"worst",9}");
        var (marks, deltas, missing) = (new List<double>(), new List<double>(), new List<string>());
        foreach (var file in files)
        {
            var rows = ChainRow.Read(file);
            var (mark, delta) = (new List<double>(), new List<double>());
            foreach (var row in rows.Where(r => r.Missing is null))
            {
                var value = BlackScholes.OnForward(row.Kind, row.Forward!.Value, row.Strike, row.Years, 0, row.Volatility!.Value);
                mark.Add(Math.Abs(value.Price / row.Forward.Value - row.Mark!.Value));
                if (row.Delta is { } printed) delta.Add(Math.Abs(value.Delta - printed));
            }
            missing.AddRange(rows.Select(r => r.Missing).OfType<string>());
            Line(Path.GetFileName(file)[6..^7], rows.Length, mark, delta);
            marks.AddRange(mark);
            deltas.AddRange(delta);
        }
        Line("all", marks.Count + missing.Count, marks, deltas);
        Console.WriteLine($"left out: {(missing.Count == 0 ? "none" : string.Join(", ", missing.GroupBy(m => m).Select(g => $"{g.Count()} with {g.Key}")))}");
    }

    private static void Line(string name, int rows, List<double> mark, List<double> delta) =>
        Console.WriteLine(Invariant($"{name,-16}{mark.Count,7}{rows - mark.Count,9}   {Quantiles(mark)}   {Quantiles(delta)}"));

    private static string Quantiles(List<double> errors)
    {
        double[] sorted = [.. errors.Order()];
        return string.Concat(Levels.Select(level => Invariant($"{sorted[(int)Math.Round(level * (sorted.Length - 1))],9:E1}")));
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
