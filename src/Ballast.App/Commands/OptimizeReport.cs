using System.Globalization;
using System.Text;
using Ballast.App.Reports;
using Ballast.Money;
using Ballast.Numerics.Allocation;
using Ballast.Numerics.Clustering;
using Ballast.Numerics.Optimisation;
using Ballast.Numerics.Statistics;

namespace Ballast.App.Commands;

/// <summary>Chosen weights as files: a table for programs, a page for people.</summary>
internal static class OptimizeReport
{
    public static void Write(string folder, Optimised found)
    {
        Directory.CreateDirectory(folder);
        var text = new StringBuilder("asset,weight\n");
        for (var i = 0; i < found.Names.Count; i++) text.Append(CultureInfo.InvariantCulture, $"{found.Names[i]},{found.Weights[i]:R}\n");
        File.WriteAllText(Path.Combine(folder, "weights.csv"), text.ToString());
        File.WriteAllText(Path.Combine(folder, "report.html"), ReportPage.Render(Page(found)));
    }

    public static OptimiseData Page(Optimised found) => new()
    {
        Name = $"{found.Chosen.Method.Name()} of {Figures.Count(found.Names.Count, "asset")}",
        Verdict = [.. OptimizeText.Verdict(found, strong: "*")],
        Flags = found.Input.Flags,
        Notes = [.. found.Chosen.Notes],
        Period = found.Input.Source,
        Computed = [.. Facts(found)],
        Figures = [.. Changes(found)],
        Assets = [.. Assets(found)],
        Tree = Tree(found),
        Frontier = Curve(found),
    };

    private static IEnumerable<Fact> Facts(Optimised found)
    {
        yield return new("Method", found.Chosen.Method.Name());
        if (found.Objective is (var formula, { } value)) yield return new("Objective", $"{value.ToString("G10", CultureInfo.InvariantCulture)} ({formula})");
        if (found.Chosen.Portfolio.Iterations > 0) yield return new("Solved", $"{found.Chosen.Portfolio.Iterations} iterations, residual {found.Chosen.Portfolio.Residual.ToString("0.0e+0", CultureInfo.InvariantCulture)}");
        yield return new("Limits", Limited(found.Input));
        foreach (var fact in found.Input.Facts) yield return fact;
    }

    public static string Limited(EstimateInput input)
    {
        var (low, high) = (input.Limits.Lower[0], input.Limits.Upper[0]);
        var groups = input.Limits.Rows.Count > 0 ? $", {Figures.Count(input.Limits.Rows.Count, "bound")} of groups" : "";
        var turnover = double.IsFinite(input.Limits.Turnover) ? $", at most {Figures.Percent(input.Limits.Turnover)} traded" : "";
        return $"each asset {Figures.Percent(low)} to {Figures.Percent(high)}{groups}{turnover}";
    }

    private static IEnumerable<FigureChange> Changes(Optimised found)
    {
        var (now, shares) = (found.Now, found.RiskShares(found.Weights));
        var before = now is null ? null : found.RiskShares(now);
        FigureChange Change(string name, string hint, double? was, double? @is, Func<double, string> say, bool? more) => new(
            name, hint, was is { } w ? say(w) : "", @is is { } i ? say(i) : "", was is null || @is is null || more is null ? Comparison.None : @is > was == more ? Comparison.Better : Comparison.Worse);
        yield return Change("Volatility", "a year", now is null ? null : found.Volatility(now), found.Volatility(found.Weights), x => BacktestText.Percent(x), more: false);
        if (found.Return(found.Weights) is { } expected) yield return Change("Expected return", "a year", now is null ? null : found.Return(now), expected, x => BacktestText.Percent(x), more: true);
        yield return Change("Largest share of risk", "", before?.Max(), shares?.Max(), x => BacktestText.Percent(x), more: false);
        yield return Change("Diversification ratio", "w's / √(w'Σw)", now is null ? null : PortfolioRisk.DiversificationRatio(now, found.Input.Estimates.Covariance), PortfolioRisk.DiversificationRatio(found.Weights, found.Input.Estimates.Covariance), x => Figures.Number(x), more: true);
        yield return Change("Effective assets", "1 / Σ w²", now is null ? null : PortfolioRisk.EffectiveNumber(now), PortfolioRisk.EffectiveNumber(found.Weights), x => Figures.Number(x, 1), more: true);
        if (found.Turnover is { } turnover) yield return new("Turnover", "both sides", "–", BacktestText.Percent(turnover), Comparison.None);
        if (found.Cost is { } cost && found.CostRate > 0) yield return new("Cost", "", "–", Figures.Number(cost * 1e4, 1) + " bps", Comparison.None);
    }

    private static IEnumerable<AssetChange> Assets(Optimised found)
    {
        var (now, shares) = (found.Now, found.RiskShares(found.Weights));
        var before = now is null ? null : found.RiskShares(now);
        return Enumerable.Range(0, found.Names.Count).Select(i => new AssetChange
        {
            Name = found.Names[i], Before = now?[i], After = found.Weights[i], RiskBefore = now is null ? null : before?[i] ?? 0, RiskAfter = shares?[i] ?? 0,
            Note = At(found.Weights[i], found.Input.Limits.Lower[i], found.Input.Limits.Upper[i]),
        });
    }

    private static string At(double weight, double low, double high) =>
        high < 1 && Math.Abs(weight - high) < 1e-9 ? "at its maximum" : low > 0 && Math.Abs(weight - low) < 1e-9 ? "at its minimum" : "";

    private static Dendrogram? Tree(Optimised found)
    {
        if (found.Chosen.Method is not (Method.Hrp or Method.Herc) || found.Names.Count < 2) return null;
        var herc = found.Chosen.Method == Method.Herc;
        var distances = CorrelationDistance.Of(found.Input.Estimates.Covariance, herc ? LinkageInput.CondensedDistance : found.Recipe.Distance);
        return Linkage.Of(distances, found.Recipe.Linkage ?? (herc ? LinkageMethod.Ward : LinkageMethod.Single)) is Answer<Linkage>.Found(var tree)
            ? Dendrogram.Of(found.Names, tree, found.Input.Estimates.Covariance, herc ? found.Recipe.Clusters ?? Chooser.ClustersOf(found.Names.Count) : 1)
            : null;
    }

    private static FrontierCurve? Curve(Optimised found)
    {
        if (FrontierStudy.Of(found.Input, points: 60) is not Answer<FrontierStudy>.Found(var study) || FrontierDrawing.Of(found.Input.Estimates) is not { } drawing) return null;
        return study.Curve([drawing.Marked(Mark.Chosen, found.Weights)]);
    }
}
