using System.Diagnostics;
using System.Globalization;
using Ballast.Adapters.Files;
using Ballast.Derivatives;
using Ballast.Instruments;
using Ballast.Numerics.Options;
using Ballast.Numerics.Smiles;

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
        Smiles(files);
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

    private static void Smiles(string[] files)
    {
        Console.WriteLine("\nSmiles, one an expiry, of mark_iv of the option out of the money; errors in volatility points\n");
        Console.WriteLine($"{"chain",-16}{"expiries",9}{"SVI",5}{"repaired",9}{"deltas",7}{"none",5}{"rms: median",12}{"90 %",7}{"worst",7}{"calendar breaches",18}{"ms a fit",9}");
        var all = new List<ChainSmile>();
        var contracts = ContractsFile.Preset(new VenueId("deribit"))!;
        foreach (var file in files)
        {
            if (ChainFile.Load(file, contracts).Value is not { } history) continue;
            var chain = history.At(null)!;
            var (start, smiles) = (Stopwatch.GetTimestamp(), ChainSmile.Of(chain));
            SmileLine(Path.GetFileName(file)[6..^7], smiles, Breaches(smiles), Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            all.AddRange(smiles);
        }
        SmileLine("all", all, 0, 0);
        foreach (var x in all.Where(s => s.Found is not { Method: SmileMethod.Svi }))
            Console.WriteLine($"{x.Underlying} {x.Expiry:uuuu-MM-dd} {x.Years * 365,7:F2} d {x.Strikes.Length,3} strikes: {x.Found?.Method} rms {100 * x.Found?.Rms:F2} worst {100 * x.Found?.Worst:F2} {x.Found?.Note} {(x.Fit as Numerics.Allocation.Answer<SmileFit>.Refused)?.Reason}");
    }

    private static int Breaches(IEnumerable<ChainSmile> smiles) =>
        smiles.Where(s => s.Found is not null).GroupBy(s => (s.Underlying, s.Settlement))
            .Sum(g => g.Zip(g.Skip(1)).Count(pair => !CalendarCheck.Of(pair.First.Found!.Smile, pair.Second.Found!.Smile).Holds));

    private static void SmileLine(string name, IReadOnlyCollection<ChainSmile> smiles, int breaches, double ms)
    {
        SmileFit[] found = [.. smiles.Select(s => s.Found).OfType<SmileFit>()];
        double[] rms = [.. found.Select(f => 100 * f.Rms).Order()];
        double At(double level) => rms[(int)Math.Round(level * (rms.Length - 1))];
        Console.WriteLine(Invariant($"{name,-16}{smiles.Count,9}{found.Count(f => f.Method == SmileMethod.Svi),5}{found.Count(f => f is { Method: SmileMethod.Svi, Repaired: true }),9}{found.Count(f => f.Method == SmileMethod.Delta),7}{smiles.Count - found.Length,5}{At(0.5),12:F3}{At(0.9),7:F3}{At(1),7:F3}{breaches,18}{ms / smiles.Count,9:F2}"));
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
