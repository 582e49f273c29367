using Ballast.Money;

namespace Ballast.Market;

/// <summary>
/// Prices over time: bars in rows, one series an asset. A bar covers [open, open + spacing).
/// Prices are kept as doubles; as a decimal each is the nearest of 15 significant digits, which is the text of any venue's price.
/// A missing price is NaN and is never used as a number.
/// </summary>
public sealed class PriceHistory
{
    /// <param name="opens">Opening times, strictly increasing.</param>
    /// <param name="spacing">The usual distance between two bars.</param>
    /// <param name="series">Each of as many prices as there are bars.</param>
    public PriceHistory(ImmutableArray<Instant> opens, Duration spacing, ImmutableArray<PriceSeries> series)
    {
        foreach (var s in series)
            if (s.Close.Length != opens.Length) throw new ArgumentException($"{s.Base}/{s.Quote} has {s.Close.Length} closes for {opens.Length} bars");
        (Opens, Spacing, Series) = (opens, spacing, series);
    }

    public ImmutableArray<Instant> Opens { get; }

    public Duration Spacing { get; }

    public ImmutableArray<PriceSeries> Series { get; }

    public int Count => Opens.Length;

    /// <summary>When bar t is over, and its close known.</summary>
    public Instant CloseTime(int t) => Opens[t] + Spacing;

    /// <summary>The last bar that is over at a time; -1 where none is.</summary>
    public int Until(Instant at) => Opens.BinarySearch(at - Spacing) is var place && place >= 0 ? place : ~place - 1;

    /// <summary>The series of an asset in a quote asset; null where the file has none.</summary>
    public PriceSeries? Find(Asset asset, Asset quote) => Series.FirstOrDefault(s => s.Base == asset && s.Quote == quote);

    /// <summary>The prices of an asset in a unit: its own series, its inverse, or through one common quote asset. Null where no series leads there.</summary>
    public PriceSeries? In(Asset asset, Asset unit)
    {
        if (Find(asset, unit) is { } own) return own;
        if (Find(unit, asset) is { } inverse) return Made(asset, unit, inverse, inverse, (p, _) => 1 / p);
        foreach (var series in Series)
            if (series.Base == asset && Find(unit, series.Quote) is { } other) return Made(asset, unit, series, other, (a, b) => a / b);
        return null;
    }

    private static PriceSeries Made(Asset asset, Asset unit, PriceSeries a, PriceSeries b, Func<double, double, double> price) =>
        new(asset, unit, [.. a.Close.Zip(b.Close, price)], a.Open is { } openA && b.Open is { } openB ? [.. openA.Zip(openB, price)] : null);
}

/// <summary>The prices of one pair, an entry a bar, NaN where there is none. Opens and volumes are null where the file has none.</summary>
public sealed record PriceSeries(Asset Base, Asset Quote, double[] Close, double[]? Open = null, double[]? High = null, double[]? Low = null, double[]? Volume = null)
{
    /// <summary>The first and last bar with a close; −1 where there is none.</summary>
    public (int First, int Last) Listed { get; } = (Array.FindIndex(Close, c => !double.IsNaN(c)), Array.FindLastIndex(Close, c => !double.IsNaN(c)));
}
