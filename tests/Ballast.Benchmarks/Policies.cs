using Ballast.Numerics.Backtest;

namespace Ballast.Benchmarks;

/// <summary>The policies of the rows: a million to start, 10 bps out of cash, fills at the close, the final bar trades.</summary>
internal static class Policies
{
    private static readonly int[] Intervals =
        [1, 2, 3, 4, 6, 8, 12, 18, 24, 30, 36, 42, 48, 60, 72, 84, 96, 120, 144, 168, 192, 240, 336, 504, 720];

    public static FastPolicy OfRow(History history, string kind) => kind == "monthly"
        ? Plain(history) with { Act = history.MonthStarts }
        : Banded(history, 0.05, BarSet.Every(1, history.Prices.Bars));

    /// <summary>40 relative bands by 25 intervals.</summary>
    public static FastPolicy[] OfSweep(History history) =>
    [
        .. from interval in Intervals
           let look = BarSet.Every(interval, history.Prices.Bars)
           from band in Enumerable.Range(1, 40)
           select Banded(history, band * 0.01, look),
    ];

    private static FastPolicy Banded(History history, double relative, BarSet look) => Plain(history) with
    {
        Look = look,
        Bands = new([.. history.Weights.Select(w => w * (1 - relative))], [.. history.Weights.Select(w => w * (1 + relative))]),
    };

    private static FastPolicy Plain(History history) => new()
    {
        Weights = [.. history.Weights],
        CostRates = [.. history.Weights.Select(_ => 0.001)],
        Sizing = Sizing.BeforeCosts,
        Fill = Fill.Close,
        LastBarTrades = true,
        StartValue = 1e6,
    };
}
