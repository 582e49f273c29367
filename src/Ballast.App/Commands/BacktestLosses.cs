using Ballast.App.Reports;
using Ballast.Engine.Backtests;
using Ballast.Money;
using Ballast.Numerics.Statistics;

namespace Ballast.App.Commands;

/// <summary>What a holder of the policy had to bear, beside what holding had to: single bars, tails, long falls, and how far the two move together.</summary>
internal static class BacktestLosses
{
    public static IEnumerable<KeyFigure> Of(BacktestStudy study)
    {
        var returns = study.Run.Returns();
        if (returns.Length < 2) return [];
        var held = study.HoldEquity is { } equity ? (study.Run with { Equity = equity }).Returns() : null;
        return Tails(study, Metrics(study, returns), held is null ? null : Metrics(study, held)).Concat(held is null ? [] : Together(study, returns, held));
    }

    private static SeriesMetrics Metrics(BacktestStudy study, double[] returns) => SeriesMetrics.Of(returns, study.BarsAYear, study.Settings.RiskFree / study.BarsAYear);

    private static IEnumerable<KeyFigure> Tails(BacktestStudy study, SeriesMetrics policy, SeriesMetrics? hold)
    {
        var bar = $"of {Conventions.BarName(study.History.Spacing)} bars";
        KeyFigure Beside(string name, string hint, Func<SeriesMetrics, double?> of, Func<double?, string> say, bool? more) =>
            BesideHolding.Of(name, hint, of(policy), hold is null ? null : of(hold), say, more);
        yield return Beside("Worst", bar, m => m.Worst, Signed, more: true);
        yield return Beside("Best", bar, m => m.Best, Signed, more: true);
        yield return Beside("Value at risk", "95 %, one bar", m => m.VarHist95, BacktestText.Percent, more: false);
        yield return Beside("Expected shortfall", "95 %, one bar", m => m.EsHistExact95, BacktestText.Percent, more: false);
        yield return Beside("Longest fall", "high to new high", m => m.MaxDrawdownDurationPeriods, n => Time(study, n ?? 0), more: false);
        yield return Beside("Ulcer index", "root mean square fall", m => m.UlcerIndex, BacktestText.Percent, more: false);
        yield return Beside("Bars that gained", "", m => m.HitRate, BacktestText.Percent, more: true);
        yield return Beside("Skew", "", m => m.Skew, BacktestText.Ratio, more: null);
        yield return Beside("Excess kurtosis", "normal is 0", m => m.KurtExcess, BacktestText.Ratio, more: null);
    }

    private static IEnumerable<KeyFigure> Together(BacktestStudy study, double[] returns, double[] held)
    {
        var m = RelativeMetrics.Of(returns, held, study.BarsAYear, study.Settings.RiskFree / study.BarsAYear);
        yield return new("Beta", "to holding", BacktestText.Ratio(m.Beta), "1.00", Comparison.None);
    }

    private static string Signed(double? share) => share is { } s ? Figures.Signed(100 * s, 1) + " %" : "–";

    /// <summary>Days where bars are that long; a bar count would mean nothing to a reader.</summary>
    private static string Time(BacktestStudy study, double bars)
    {
        var time = study.History.Spacing * (long)bars;
        return time.TotalDays >= 2 ? $"{Figures.Number(time.TotalDays, 0)} days" : $"{Figures.Number(time.TotalHours, 0)} hours";
    }
}
