using System.Globalization;
using Ballast.Adapters.Files;
using Ballast.Derivatives;
using Ballast.Instruments;
using Ballast.Numerics.Smiles;

namespace Ballast.Benchmarks.Chains;

/// <summary>Every expiry's smile, fitted to a venue's marks: how many are free of arbitrage, how near they are, how long a fit takes.</summary>
internal static class ChainSmiles
{
    public static void Print(string[] files)
    {
        var contracts = ContractsFile.Preset(new VenueId("deribit"))!;
        Console.WriteLine("\nSmiles of mark_iv, one an expiry; errors in points of volatility, weighted as in the fit; breaches of the calendar between the outermost quotes\n");
        Console.WriteLine($"{"chain",-16}{"expiries",9}{"SVI",6}{"repaired",10}{"deltas",8}{"none",6}{"rms: median",13}{"90 %",7}{"worst",7}{"within 0.5",12}{"breaches",10}");
        var all = new List<ChainSmile>();
        var breaches = 0;
        foreach (var file in files)
        {
            if (ChainFile.Load(file, contracts).Value?.At(null) is not { } chain) throw new InvalidOperationException($"{file} cannot be read");
            var smiles = ChainSmile.Of(chain);
            Line(Path.GetFileName(file)[6..^7], smiles, Breaches(smiles));
            (breaches, all) = (breaches + Breaches(smiles), [.. all, .. smiles]);
        }
        Line("all", all, breaches);
        foreach (var x in all.Where(s => s.Found is not { Method: SmileMethod.Svi })) Console.WriteLine($"  {x.Underlying} {x.Expiry:uuuu-MM-dd}: {x.Found?.Note ?? x.Fit.ToString()}");
        Speed(all);
    }

    private static int Breaches(IEnumerable<ChainSmile> smiles) =>
        smiles.Where(s => s.Found is not null).GroupBy(s => (s.Underlying, s.Settlement)).Sum(g => g.Zip(g.Skip(1)).Count(pair => !pair.Second.After(pair.First)!.Value.Holds));

    private static void Line(string name, IReadOnlyCollection<ChainSmile> smiles, int breaches)
    {
        SmileFit[] found = [.. smiles.Select(s => s.Found).OfType<SmileFit>()];
        double[] rms = [.. found.Select(f => 100 * f.Rms).Order()];
        double At(double level) => rms[(int)Math.Round(level * (rms.Length - 1))];
        var svi = found.Where(f => f.Method == SmileMethod.Svi).ToArray();
        Console.WriteLine(Invariant($"{name,-16}{smiles.Count,9}{svi.Length,6}{svi.Count(f => f.Repaired),10}{found.Length - svi.Length,8}{smiles.Count - found.Length,6}{At(0.5),13:F3}{At(0.9),7:F3}{At(1),7:F3}{rms.Count(x => x < 0.5),12}{breaches,10}"));
    }

    /// <summary>CPU time, because the machine may be busy.</summary>
    private static void Speed(List<ChainSmile> all)
    {
        var some = all.Where((_, i) => i % 10 == 0).ToArray();
        double[] ms = [.. some.Select(s => Timing.Cpu(() => SmileFit.Of((double)s.Forward!.Value, s.Years, [.. s.Strikes.Select(x => x.Quote)]), 3, warm: s == some[0])).Order()];
        Console.WriteLine(Invariant($"CPU time of a fit, {ms.Length} of them: median {Timing.Median(ms):F2} ms, 90 % {ms[ms.Length * 9 / 10]:F2}, longest {ms[^1]:F2}"));
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
