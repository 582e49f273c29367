using System.Text;
using Ballast.App.Output;
using Ballast.Money;
using Ballast.Numerics.Statistics;

namespace Ballast.App.Commands;

/// <summary>The figures of series for people: what each did, how it differs from the one beside it, and one sentence on chance.</summary>
internal static class MetricsText
{
    public static string Of(MetricsStudy study)
    {
        var text = new StringBuilder(Heading(study.Input)).AppendLine();
        text.AppendLine(MetricsVerdict.Of(study)).AppendLine().Append(Series(study));
        if (study.Input.Benchmark is not null) text.AppendLine().AppendLine($"On {study.Input.BenchmarkName}").Append(Relative(study));
        if (study.Bouts.Any()) text.AppendLine().AppendLine(Against(study)).Append(Differences(study));
        if (study.Contest?.Check is { } check && study.Bouts.Count() > 1)
            text.AppendLine($"If none of the {study.Bouts.Count()} truly grew faster than {study.Input.Rival}, the best would still look so good with probability {Number(check.PSpaConsistent, 3)} (Hansen; White {Number(check.PWhite, 3)}).");
        foreach (var s in study.Series.Where(s => s.WhyNot is not null)) text.AppendLine($"{s.Name} has no figures: {s.WhyNot}.");
        foreach (var note in study.Notes) text.AppendLine($"No {note.Key}: {note.Value}.");
        return text.ToString();
    }

    private static string Heading(MetricsSeries input) =>
        $"{input.Table.Names.Length} series, {Figures.Number(input.Table.Periods, 0)} {Conventions.BarName(input.Table.Spacing)} returns"
        + $"{(input.Table.Times.IsEmpty ? "" : $", {Words.Date(input.Table.Times[0])} to {Words.Date(input.Table.Times[^1])}")}; {Figures.Number(input.PeriodsAYear, 0)} periods a year, risk-free {Figures.Percent(input.RiskFree)}";

    private static string Series(MetricsStudy study)
    {
        var table = new Table("", ">growth", ">volatility", ">Sharpe", ">95 % interval", ">deepest fall", ">shortfall 5 %", ">P(Sharpe > 0)", ">deflated");
        foreach (var s in study.Series)
            if (s.Metrics is { } m)
                table.Row(s.Name, BacktestText.Percent(m.Cagr), BacktestText.Percent(m.VolAnn), BacktestText.Ratio(m.SharpeAnn), Between(s.Chance?.Sharpe, 1),
                    BacktestText.Percent(m.MaxDrawdown), BacktestText.Percent(m.EsHistExact95), Share(s.Evidence.Probabilistic), Share(s.Evidence.Deflated));
        return table.ToString();
    }

    private static string Relative(MetricsStudy study)
    {
        var table = new Table("", ">beta", ">alpha a year", ">correlation", ">tracking error", ">information", ">up", ">down");
        foreach (var s in study.Series.Where(s => s.Name != study.Input.BenchmarkName))
            if (s.Relative is { } r)
                table.Row(s.Name, BacktestText.Ratio(r.Beta), BacktestText.Percent(r.AlphaAnn), BacktestText.Ratio(r.Corr), BacktestText.Percent(r.TrackingErrorAnn),
                    BacktestText.Ratio(r.InformationRatio), BacktestText.Ratio(r.UpCapture), BacktestText.Ratio(r.DownCapture));
        return table.ToString();
    }

    private static string Against(MetricsStudy study)
    {
        var (plan, (first, last)) = (study.Contest!.Bouts[0].Difference.Plan, study.Common!.Value);
        return $"Against {study.Input.Rival} over {Figures.Number(last - first + 1, 0)} common periods: 95 % intervals by circular blocks, {Figures.Number(plan.Resamples, 0)} resamples, seed {plan.Seed}; p as Holm counts {Figures.Count(study.Contest.Bouts.Count, "comparison")}";
    }

    private static string Differences(MetricsStudy study)
    {
        var table = new Table("", ">growth, points a year", ">interval", ">p", ">volatility, points", ">interval", ">p", ">Sharpe", ">interval", ">p (Ledoit-Wolf)");
        foreach (var (s, b) in study.Bouts)
            table.Row(s.Name,
                Signed(b.Difference.LogGrowth, 100), Between(b.Difference.LogGrowth, 100), Number(b.GrowthHolm, 3),
                Signed(b.Difference.Volatility, 100), Between(b.Difference.Volatility, 100), Number(b.VolatilityHolm, 3),
                Signed(b.Difference.Sharpe, 1), Between(b.Difference.Sharpe, 1), Number(b.SharpeHolm, 3));
        return table.ToString();
    }

    private static string Signed(BootstrapInterval i, double scale) => i.Point is { } p ? Figures.Signed(p * scale) : "–";

    private static string Between(BootstrapInterval? i, double scale) =>
        i is { Low: { } low, High: { } high } ? $"{Figures.Signed(low * scale)} to {Figures.Signed(high * scale)}" : "–";

    private static string Number(double? value, int decimals) => value is { } v ? Figures.Number(v, decimals) : "–";

    private static string Share(double? probability) => probability is { } p ? Figures.Points(p, 1) + " %" : "–";
}
