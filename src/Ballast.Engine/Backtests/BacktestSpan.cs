using Ballast.Market;

namespace Ballast.Engine.Backtests;

/// <summary>Which bars of a history a run covers.</summary>
public static class BacktestSpan
{
    /// <summary>The first and the last bar; throws where the span is empty, which the command has checked before.</summary>
    public static (int First, int Last) Of(PriceHistory history, BacktestSettings settings)
    {
        var first = settings.From is { } from ? FirstFrom(history, from) : 0;
        var last = settings.To is { } to ? FirstFrom(history, to) - 1 : history.Count - 1;
        return first <= last ? (first, last) : throw new ArgumentException("the span holds no bar");
    }

    /// <summary>Opening times of the bars that are run.</summary>
    public static ImmutableArray<Instant> OpensOf(PriceHistory history, BacktestSettings settings) =>
        Of(history, settings) is var (first, last) ? [.. history.Opens.AsSpan(first, last - first + 1)] : [];

    private static int FirstFrom(PriceHistory history, Instant at)
    {
        var place = history.Opens.BinarySearch(at);
        return place >= 0 ? place : ~place;
    }
}

/// <summary>How many bars make a year, by the calendar that the user named.</summary>
public static class BarsAYear
{
    public static double Of(Duration spacing, BacktestSettings settings) =>
        settings.BarsAYear ?? settings.DaysAYear * (Duration.FromDays(1) / spacing);
}
