using System.Globalization;
using Ballast.Adapters.Files;
using Ballast.Engine.Backtests;
using Ballast.Market;
using Ballast.Money;
using Ballast.Planning;
using NodaTime;

namespace Ballast.Benchmarks.CostAware;

/// <summary>A portfolio to measure on: weights, prices and the span of them, as one line of a CSV: book,prices,from,to,days,weights.</summary>
internal sealed record Book(string Name, PriceHistory History, BacktestSettings Settings, string Weights)
{
    /// <summary>Reads the books of a file; their prices are paths from the data folder. Books whose prices are not there are left out, and said.</summary>
    public static IEnumerable<Book> Load(string file, string data)
    {
        foreach (var line in File.ReadLines(file).Skip(1).Where(line => line.Length > 0 && line[0] != '#'))
        {
            var cells = line.Split(',');
            if (cells.Length != 6) throw new FormatException($"{file}: `{line}` has {cells.Length} fields; expected book,prices,from,to,days,weights");
            var prices = Path.Combine(data, cells[1]);
            if (!File.Exists(prices) && !Directory.Exists(prices)) Console.WriteLine($"{cells[0]}: there is no {prices}; left out");
            else yield return new(cells[0], Prices(prices), SettingsOf(cells), cells[5]);
        }
    }

    /// <summary>The book under some rules, at a cost of so many basis points.</summary>
    /// <param name="rules">The lines of `rebalance` as a portfolio file has them, parted by semicolons.</param>
    public Policy Policy(string rules, double bps)
    {
        var weights = string.Join(", ", Weights.Split(' ').Chunk(2).Select(w => $"{w[0]}: {w[1]}"));
        var text = $"version: 1\nname: {Name}\nbase: USD\ntargets:\n  weights: {{ {weights} }}\nrebalance:\n  {rules.Replace("; ", "\n  ")}\ncosts: {{ fee: {bps.ToString(CultureInfo.InvariantCulture)} bps }}\n";
        var read = PolicyFile.Read(Name, text);
        return read.Value ?? throw new FormatException(FaultText.Render(read.Faults));
    }

    private static PriceHistory Prices(string path)
    {
        var read = PriceFiles.Load(path, new Asset("USD"));
        return read.Value ?? throw new FormatException(FaultText.Render(read.Faults));
    }

    /// <summary>The first purchase is free, for every rule has the same; decided and filled at one close, as the textbooks do.</summary>
    private static BacktestSettings SettingsOf(string[] cells) => new()
    {
        From = Day(cells[2]), To = Day(cells[3]), DaysAYear = double.Parse(cells[4], CultureInfo.InvariantCulture), Fill = FillMode.Close, ChargeInitial = false,
    };

    private static Instant? Day(string text) => text.Length == 0 ? null : Instant.FromDateTimeUtc(DateTime.SpecifyKind(DateTime.Parse(text, CultureInfo.InvariantCulture), DateTimeKind.Utc));
}
