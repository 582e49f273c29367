using Ballast.Engine.Hedges;

namespace Ballast.Benchmarks.Hedges;

/// <summary>What hedging rules cost at the same mismatch, and how well that cost can be forecast, on real prices: <c>./do bench hedging [FOLDER]</c>.</summary>
internal static class Study
{
    /// <summary>An exchange's taker fee and half a spread of 2 bp.</summary>
    private const double Cost = 0.0006;

    /// <summary>A relative risk aversion of 3 for a holder whose wealth is the value that the options are on.</summary>
    private const double Aversion = 3;

    /// <summary>All that ended before is what anything may be fitted on; what began from then on is what is reported.</summary>
    private static readonly DateTime Split = new(2022, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <param name="folder">With hourly OHLCV files or the marks of options by expiry, told apart by their columns; or with the folders of the data set.</param>
    public static int Run(string folder)
    {
        var (prices, options) = Files(folder);
        Episode[] hourly = [.. prices.SelectMany(f => HourlyPrices.Read(f).Episodes())], marks = [.. options.SelectMany(f => OptionPaths.Read(f).Episodes())];
        if (hourly.Length + marks.Length == 0) return Nothing(folder);
        Episode[] early = [.. hourly.Where(e => e.End < Split)], late = [.. hourly.Where(e => e.Start >= Split)];
        Console.WriteLine("Cost as a share of the yardstick's at its variance of the mismatch over positions (in brackets: at its sum of squares within them).");
        if (early.Length > 0) Compare($"Hourly prices before {Split:yyyy-MM-dd}", early);
        if (late.Length > 0) Compare($"Hourly prices from {Split:yyyy-MM-dd}", late);
        if (late.Length > 0) Forecast(early, late, HourlyPrices.Premium);
        if (marks.Length > 0) Compare("Option marks", marks);
        if (marks.Length > 0) Forecast([], marks, 1);
        return 0;
    }

    private static void Compare(string name, Episode[] episodes)
    {
        Console.WriteLine($"\n=== {name}: {episodes.Length} positions, {episodes.Select(e => (e.Symbol, e.Start)).Distinct().Count()} starts on {episodes.Select(e => e.Start.Date).Distinct().Count()} dates, {episodes.Select(e => e.Symbol).Distinct().Count()} files");
        new Comparison(episodes, Settings).Print();
    }

    /// <summary>Of short positions alone: what a long one's hedge buys, a short one's sells, and both cost the same.</summary>
    private static void Forecast(Episode[] early, Episode[] late, double premium) =>
        Forecasts.Print([.. early.Where(e => e.Short)], [.. late.Where(e => e.Short)], Settings, premium);

    private static HedgeSettings Settings(Episode e) => new(Cost, Aversion) { InCoin = e.InCoin, Inverse = e.InCoin };

    private static (string[] Prices, string[] Options) Files(string folder)
    {
        string[] known = ["crypto_hourly_perp_2020", "crypto_hourly_spot", "deribit_option_paths"];
        string[] folders = [.. known.Select(k => Path.Combine(folder, k)).Where(Directory.Exists)];
        string[] files = [.. (folders.Length > 0 ? folders : [folder]).Where(Directory.Exists).SelectMany(f => Directory.GetFiles(f, "*.csv*").Order(StringComparer.Ordinal))];
        string Head(string file) => HourlyPrices.Lines(file).FirstOrDefault() ?? "";
        return ([.. files.Where(f => Head(f).StartsWith("timestamp,open,high,low,close", StringComparison.Ordinal))], [.. files.Where(f => Head(f).Contains("mark_iv", StringComparison.Ordinal))]);
    }

    private static int Nothing(string folder)
    {
        Console.Error.WriteLine($"{folder}: no file of hourly prices (timestamp,open,high,low,close,…) or of option marks (timestamp,instrument_name,mark_price,mark_iv,…)");
        return 1;
    }
}
