using System.Globalization;
using Ballast.Engine.Backtests;
using Ballast.Engine.Sweeps;
using Ballast.Planning;

namespace Ballast.Benchmarks.CostAware;

/// <summary>
/// What the cost-aware rule saves, measured with the product's own engines: J = cost a year + ½γ TE² with nothing fitted, and the cost at the tracking
/// error of another rule. TE is the annual deviation of the return against always being at target without costs.
/// </summary>
internal static class Study
{
    private static readonly double[] Costs = [10, 25], Aversions = [2, 4, 10];

    /// <param name="data">The folder that the books' prices are in.</param>
    /// <param name="file">The books; by default those beside this program.</param>
    /// <param name="nextClose">Whether to fill a day after the decision, as a trader does who looks once a day.</param>
    public static int Run(string data, string? file, bool nextClose)
    {
        var books = Book.Load(file ?? Path.Combine(Folders.Root, "tests/Ballast.Benchmarks/CostAware/books.csv"), data)
            .Select(b => nextClose ? b with { Settings = b.Settings with { Fill = FillMode.NextClose } } : b).ToArray();
        if (books.Length == 0) return 1;
        foreach (var b in books)
            if (BacktestSpan.Of(b.History, b.Settings) is var (first, last)) Console.WriteLine($"{b.Name,-14}{b.History.Opens[first]:uuuu-MM-dd} to {b.History.Opens[last]:uuuu-MM-dd}  {b.Weights}");
        Unfitted(books);
        AtEqualTrackingError(books);
        return 0;
    }

    /// <summary>J of each rule as people set it, in basis points a year.</summary>
    private static void Unfitted(Book[] books)
    {
        Console.WriteLine("\nJ = cost + ½ γ TE², basis points a year, nothing fitted\n");
        Console.WriteLine($"{"book",-14}{"bps",4}{"γ",4}{"least cost",12}{string.Concat(Family.Others.Select(f => $"{f.Name,19}"))}  best");
        var ratios = Family.Others.ToDictionary(f => f.Name, _ => new List<double>());
        foreach (var book in books)
            foreach (var bps in Costs)
            {
                var runs = Measure(book, bps, [.. Aversions.Select(g => Family.LeastCost.At(g)), .. Family.Others.Select(f => f.Usual), .. Family.LeastCost.Parameters.Select(Family.LeastCost.At)]);
                for (var k = 0; k < Aversions.Length; k++)
                {
                    double J(Outcome run) => (run.Cost + 0.5 * Aversions[k] * run.TrackingError * run.TrackingError) * 1e4;
                    double[] others = [.. Family.Others.Select((_, f) => J(runs[Aversions.Length + f]))];
                    for (var f = 0; f < others.Length; f++) ratios[Family.Others[f].Name].Add(J(runs[k]) / others[f]);
                    Console.WriteLine(Invariant($"{book.Name,-14}{bps,4}{Aversions[k],4}{J(runs[k]),12:F2}{string.Concat(others.Select(j => Invariant($"{j,19:F2}")))}  {runs.Skip(Aversions.Length + others.Length).Min(J):F2}"));
                }
            }
        Summary(ratios);
    }

    /// <summary>Cost of the cost-aware rule and of each other family, as a share of the cost of monthly and of the 5-point band at their own tracking error.</summary>
    private static void AtEqualTrackingError(Book[] books)
    {
        foreach (var yardstick in (Family[])[Family.Monthly, Family.Points])
        {
            Console.WriteLine($"\nCost at the tracking error of `{yardstick.Usual}`, as a share of its cost\n");
            Console.WriteLine($"{"book",-14}{"bps",4}{"TE %",8}{"cost bps",10}{"least cost",12}{string.Concat(Family.Others.Skip(1).Select(f => $"{f.Name,19}"))}");
            var ratios = new[] { Family.LeastCost }.Concat(Family.Others.Skip(1)).ToDictionary(f => f.Name, _ => new List<double>());
            foreach (var book in books)
                foreach (var bps in Costs)
                {
                    var at = Measure(book, bps, [yardstick.Usual])[0];
                    var line = Invariant($"{book.Name,-14}{bps,4}{at.TrackingError * 100,8:F3}{at.Cost * 1e4,10:F2}");
                    foreach (var (name, found) in ratios)
                    {
                        var family = Family.Others.Append(Family.LeastCost).First(f => f.Name == name);
                        var cost = Outcome.CostAt(Measure(book, bps, [.. family.Parameters.Select(family.At)]), at.TrackingError);
                        if (cost is { } c) found.Add(c / at.Cost);
                        line += cost is { } there ? Invariant($"{there / at.Cost,19:F3}") : $"{"–",19}";
                    }
                    Console.WriteLine(line);
                }
            Summary(ratios);
        }
    }

    private static void Summary(Dictionary<string, List<double>> ratios)
    {
        Console.WriteLine();
        foreach (var (name, list) in ratios)
            if (list.Count > 0) Console.WriteLine(Invariant($"  ratio, {name,-20} median {Median(list):F3}  worst {list.Max():F3}  best {list.Min():F3}  ({list.Count})"));
    }

    private static double Median(List<double> list) => list.Order().ToArray() is var s && s.Length % 2 == 1 ? s[s.Length / 2] : (s[s.Length / 2 - 1] + s[s.Length / 2]) / 2;

    /// <summary>Each rule is run once, whoever asks.</summary>
    private static Outcome[] Measure(Book book, double bps, string[] rules)
    {
        var unknown = rules.Where(r => !Known.ContainsKey((book.Name, bps, r))).Distinct().Select(r => new SweepPolicy([r], book.Policy(r, bps))).ToArray();
        foreach (var run in unknown.Length == 0 ? [] : Sweep.Run(book.History, book.Settings, unknown, threads: 1).Runs)
            Known[(book.Name, bps, run.Values[0])] = new(run.CostAYear, run.TrackingError ?? throw new InvalidOperationException($"{book.Name}: no tracking error"));
        return [.. rules.Select(r => Known[(book.Name, bps, r)])];
    }

    private static readonly Dictionary<(string Book, double Bps, string Rule), Outcome> Known = [];

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What one rule came to: cost a year as a share of value, and tracking error a year.</summary>
internal sealed record Outcome(double Cost, double TrackingError)
{
    /// <summary>Cost of a family at a tracking error, between its two nearest members, straight in logarithms; null outside of them.</summary>
    public static double? CostAt(IEnumerable<Outcome> family, double trackingError)
    {
        var sorted = family.Where(r => r.Cost > 0 && r.TrackingError > 0).OrderBy(r => r.TrackingError).ToArray();
        for (var k = 1; k < sorted.Length; k++)
            if (sorted[k - 1].TrackingError <= trackingError && trackingError <= sorted[k].TrackingError)
            {
                var part = Math.Log(trackingError / sorted[k - 1].TrackingError) / Math.Log(sorted[k].TrackingError / sorted[k - 1].TrackingError);
                return Math.Exp(Math.Log(sorted[k - 1].Cost) + part * Math.Log(sorted[k].Cost / sorted[k - 1].Cost));
            }
        return null;
    }
}
