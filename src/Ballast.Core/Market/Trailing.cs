using Ballast.Money;

namespace Ballast.Market;

/// <summary>The part of a history that a decision may know: bars up to and including <see cref="Last"/>. Asking for a later one throws, so nothing can look ahead.</summary>
public readonly record struct Trailing(PriceHistory History, int Last)
{
    public Instant At => History.CloseTime(Last);

    /// <summary>The close of a series at a bar that is already over.</summary>
    public double Close(PriceSeries series, int bar) =>
        bar <= Last ? series.Close[bar] : throw new InvalidOperationException($"look-ahead: bar {bar} asked for at bar {Last}");

    /// <summary>The closes of a series over the last <paramref name="bars"/> bars, oldest first; fewer where history is shorter.</summary>
    public ReadOnlySpan<double> Window(PriceSeries series, int bars)
    {
        var count = Math.Min(bars, Last + 1);
        return series.Close.AsSpan(Last + 1 - count, count);
    }

    /// <summary>
    /// The last closes of an asset in another, oldest first: from its own series, its inverse, or through one common quote asset.
    /// Null where no series leads there; NaN where a price is missing.
    /// </summary>
    public double[]? ClosesIn(Asset asset, Asset unit, int bars)
    {
        if (History.Find(asset, unit) is { } own) return Window(own, bars).ToArray();
        if (History.Find(unit, asset) is { } inverse) return [.. Window(inverse, bars).ToArray().Select(c => 1 / c)];
        foreach (var series in History.Series)
            if (series.Base == asset && History.Find(unit, series.Quote) is { } other)
                return [.. Window(series, bars).ToArray().Zip(Window(other, bars).ToArray(), (a, b) => a / b)];
        return null;
    }
}
