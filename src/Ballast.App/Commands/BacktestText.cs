using System.Text;
using Ballast.App.Output;
using Ballast.Engine.Backtests;
using Ballast.Money;

namespace Ballast.App.Commands;

/// <summary>A back-test for people: the verdict, a few figures beside holding, and where the report is.</summary>
internal static class BacktestText
{
    public static string Of(BacktestStudy study, string? folder)
    {
        var text = new StringBuilder();
        text.AppendLine(Heading(study));
        foreach (var sentence in Verdict.Of(study)) text.AppendLine(Verdict.Plain(sentence));
        foreach (var flag in Conventions.Flags(study)) text.AppendLine($"Note: {flag}.");
        text.AppendLine().Append(FiguresBeside(study));
        text.AppendLine().Append(Trading(study));
        foreach (var from in study.Run.Targets?.From ?? []) text.AppendLine($"Targets at the end: {from}.");
        text.Append(ExplainedDifference.Text(BacktestAttribution.Of(study), BacktestRisk.Of(study), study.BarsAYear));
        foreach (var note in study.Run.Notes) text.AppendLine(Words.Sentence(note));
        if (study.WhyExact is { } why) text.AppendLine($"The exact engine ran: {why}.");
        if (folder is not null) text.AppendLine($"Report: {Path.Combine(folder, "report.html")}");
        return text.AppendLine($"Same input gives the same bytes: {Digest.Short(Digest.Of(study.Run))}").ToString();
    }

    private static string Heading(BacktestStudy study) => $"{study.Policy.Name}, {Period(study)}";

    public static string Period(BacktestStudy study) =>
        $"{Words.Date(study.Run.Opens[0])} to {Words.Date(study.Run.Opens[^1])}, {Figures.Number(study.Figures.Bars, 0)} {Conventions.BarName(study.History.Spacing)} {(study.Figures.Bars == 1 ? "bar" : "bars")}, {Conventions.FillWords(study.Settings.Fill)}, {Conventions.CostWords(study.Policy.Costs.Default)}";

    private static string FiguresBeside(BacktestStudy study)
    {
        var table = new Table("", ">policy", ">hold");
        foreach (var (name, of) in Measures) table.Row(name, of(study.Figures), study.Hold is { } hold ? of(hold) : "–");
        return table.ToString();
    }

    private static readonly (string Name, Func<BacktestFigures, string> Of)[] Measures =
    [
        ("growth", f => Percent(f.Cagr)), ("volatility", f => Percent(f.Volatility)), ("deepest fall", f => Percent(f.MaxDrawdown)),
        ("Sharpe", f => Ratio(f.Sharpe)), ("Sortino", f => Ratio(f.Sortino)), ("Calmar", f => Ratio(f.Calmar)),
    ];

    private static string Trading(BacktestStudy study)
    {
        var years = study.Figures.Bars / study.BarsAYear;
        var (n, turnover) = (study.Run.Rebalances.Length, study.Run.Turnover);
        var table = new Table("", "")
            .Row("rebalances", $"{n}, {Figures.Number(n / years, 1)} a year")
            .Row("turnover", $"{Figures.Number(turnover / years)} x a year, both sides")
            .Row("costs", $"{Figures.Money((decimal)study.Run.Costs, study.Policy.Base)} {study.Policy.Base}, {Figures.Number(Verdict.CostBps(study), 1)} bps a year");
        if (study.TrackingError is { } te) table.Row("tracking error", $"{Figures.Percent(te)} a year against always being at target");
        if (study.Run.TimeOutside is { } outside) table.Row("out of band", $"{Figures.Percent(outside, 1)} of looks");
        if (study.Figures.MoneyWeighted is { } own) table.Row("on your own money", $"{Figures.Percent(own, 1)} a year (money-weighted)");
        return table.ToString();
    }

    public static string Percent(double? share) => share is { } s ? Figures.Points(s, 1) + " %" : "–";

    public static string Ratio(double? value) => value is { } v ? Figures.Number(v) : "–";
}
