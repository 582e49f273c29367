using Ballast.Costs;
using Ballast.Engine.Backtests;
using Ballast.Money;

namespace Ballast.App.Commands;

/// <summary>How a back-test was computed, in words, and what of it flatters the result.</summary>
internal static class Conventions
{
    public static IEnumerable<string> Flags(BacktestStudy study)
    {
        if (study.Settings.Fill == FillMode.Close) yield return "filled at the same close that decided, which nobody can do: optimistic";
        if (!study.Settings.ChargeInitial) yield return "the first purchase was free";
        if (study.Policy.Costs.Default.Rate == 0 && study.Policy.Costs.Default.ProportionalOnly) yield return "without any costs";
    }

    public static string FillWords(FillMode fill) => fill switch
    {
        FillMode.Close => "fills at the same close",
        FillMode.NextOpen => "fills at the next open",
        _ => "fills at the next close",
    };

    public static string CostWords(CostRules costs) => costs.Rate == 0 ? "no costs"
        : $"{Figures.Bps(costs.Fee)}{(costs.Spread > 0 ? $", {Figures.Bps(costs.Spread)} of spread" : "")}{(costs.Slippage > 0 ? $", {Figures.Bps(costs.Slippage)} of slippage" : "")}";

    public static string BarName(Duration spacing) => spacing.TotalDays switch
    {
        1 => "daily",
        7 => "weekly",
        >= 28 and <= 31 => "monthly",
        _ => spacing == Duration.FromHours(1) ? "hourly" : Spans.Words(spacing),
    };
}
