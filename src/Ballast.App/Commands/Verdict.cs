using Ballast.Engine.Backtests;
using Ballast.Money;

namespace Ballast.App.Commands;

/// <summary>The honest question answered first: what did rebalancing add or cost against holding, and is that more than chance? A passage between two asterisks is the figure.</summary>
internal static class Verdict
{
    public static IReadOnlyList<string> Of(BacktestStudy study)
    {
        var (f, unit) = (study.Figures, study.Policy.Base);
        if (study.Hold is not { } hold) return [$"The policy ended at *{Money(f.EndValue)} {unit}*. There was no first purchase, so that there is nothing to hold beside it."];
        return
        [
            $"Rebalancing ended at *{Money(f.EndValue)} {unit}* against *{Money(hold.EndValue)}* for holding: it {EndValue(f.EndValue / hold.EndValue - 1)} and {Volatility(f.Volatility, hold.Volatility)}. {Cost(study)}",
            Chance(study),
        ];
    }

    public static string Plain(string sentence) => sentence.Replace("*", "");

    private static string EndValue(double relative) => Math.Abs(relative) < 0.0005 ? "changed the end value by nothing to speak of"
        : relative > 0 ? $"added *{Figures.Percent(relative, 1)}* to the end value" : $"cost *{Figures.Percent(-relative, 1)}* of the end value";

    private static string Volatility(double? policy, double? hold) => (policy, hold) switch
    {
        ({ } p, { } h) when Math.Abs(p - h) < 0.0005 => $"left volatility at *{Figures.Percent(p, 1)}* a year",
        ({ } p, { } h) => $"{(p < h ? "cut" : "raised")} volatility from *{Figures.Points(h, 1)}* to *{Figures.Percent(p, 1)}* a year",
        _ => "its volatility is not known",
    };

    private static string Cost(BacktestStudy study)
    {
        var times = study.Run.Rebalances.Length;
        var years = study.Figures.Bars / study.BarsAYear;
        return times == 0 ? "It never traded."
            : $"It traded *{times} {(times == 1 ? "time" : "times")}* in {Years(years)} and paid *{Figures.Number(CostBps(study), 1)} bps a year*.";
    }

    /// <summary>Costs a year as basis points of the average value.</summary>
    public static double CostBps(BacktestStudy study) =>
        study.Run.Costs / study.Run.Equity.Average() / (study.Figures.Bars / study.BarsAYear) * 1e4;

    private static string Chance(BacktestStudy study)
    {
        if (study.Against is not { LogGrowth: { Low: { } low, High: { } high } }) return "The history is too short to tell the difference from chance.";
        var between = $"95 % interval {Figures.Signed(low * 100, 1)} to {Figures.Signed(high * 100, 1)} points a year";
        return low > 0 || high < 0
            ? $"The difference in growth is *larger than chance* ({between})."
            : $"The difference in growth is *not larger than chance* ({between}).";
    }

    private static string Years(double years) => years >= 1.5 ? $"{Figures.Number(years, 1)} years" : $"{Figures.Number(years * 12, 0)} months";

    private static string Money(double value) => Figures.Number(value, Math.Abs(value) >= 1000 ? 0 : Math.Abs(value) >= 10 ? 2 : 4);
}
