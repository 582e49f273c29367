using System.Collections.Immutable;
using Ballast.Numerics.Backtest;

namespace Ballast.Benchmarks;

/// <summary>The policies of the rows: a million to start, 10 bps out of cash, fills at the close, the final bar trades.</summary>
internal static class Policies
{
    public static FastPolicy OfRow(History history, string kind) => kind == "monthly"
        ? Plain(history) with { Act = history.MonthStarts }
        : Banded(history, 0.05, BarSet.Every(1, history.Prices.Bars));

    public static FastPolicy Banded(History history, double relative, BarSet look) => Plain(history) with
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
