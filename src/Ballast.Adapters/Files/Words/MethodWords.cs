using System.Globalization;
using Ballast.Money;
using Ballast.Numerics.Optimisation;
using Ballast.Targets;

namespace Ballast.Adapters.Files.Words;

/// <summary>Says how computed weights are chosen.</summary>
internal static class MethodWords
{
    public static string Of(TargetNode.Compute c, string assets)
    {
        var over = $" over {PolicyWords.Span(c.Lookback)}";
        var recipe = c.Chain[0];
        var how = recipe.Method switch
        {
            Method.EqualWeight => $"{assets} in equal parts",
            Method.InverseVolatility => $"{assets} in inverse proportion to their volatility{over}",
            Method.InverseVariance => $"{assets} in inverse proportion to their variance{over}",
            Method.MinVariance => $"the least volatile mix of {assets}{over}",
            Method.MaxSharpe => $"the mix of {assets} with the highest return for its volatility{over}{Means(c)}",
            Method.MaxUtility => $"the mix of {assets} with the best return less risk, for a risk aversion of {Plain(recipe.RiskAversion)},{over}{Means(c)}",
            Method.TargetReturn => $"the least volatile mix of {assets} that is expected to return {Percent(recipe.Return)} a year{over}{Means(c)}",
            Method.TargetVolatility => $"the mix of {assets} with the highest expected return at a volatility of at most {Percent(recipe.Volatility)} a year{over}{Means(c)}",
            Method.MaxDiversification => $"the most diversified mix of {assets}{over}",
            Method.MaxDecorrelation => $"the least correlated mix of {assets}{over}",
            Method.RiskBudget when c.Budgets is { } budgets => $"{assets} so that they carry the risk in the parts {string.Join(", ", budgets.Select(b => $"{b.Key} {Percent(b.Value)}"))}{over}",
            Method.RiskBudget => $"{assets} so that each carries the same risk{over}",
            Method.Hrp => $"{assets} by hierarchical risk parity{over}",
            Method.Herc => $"{assets} by hierarchical equal risk contribution{Clusters(recipe)}{over}",
            Method.MinCVaR => $"the mix of {assets} that loses least on its worst {Percent(1 - recipe.Confidence)} of days{over}",
            Method.MinCDaR => $"the mix of {assets} with the smallest of the worst {Percent(1 - recipe.Confidence)} of falls{over}",
            Method.MinSemivariance => $"the mix of {assets} with the least downside{over}",
            Method.MinMad => $"the mix of {assets} with the least mean deviation{over}",
            Method.Minimax => $"the mix of {assets} whose worst day was least bad{over}",
            Method.Kelly => $"the mix of {assets} that would have grown most (Kelly){(recipe.Fraction < 1 ? $", {Percent(recipe.Fraction)} of it and the rest in cash," : "")}{over}",
            var online => $"{assets} as {online.Name()} learns day by day{over}",
        };
        var costs = c.CostsOver is { } span ? $", trading only what is worth its cost over {PolicyWords.Span(span)}" : "";
        var covariance = c.Estimation.Covariance == CovarianceEstimator.LedoitWolfConstantCorrelation ? "" : $" (covariance: {PolicyWords.Name(c.Estimation.Covariance)})";
        return how + covariance + costs;
    }

    public static string Fallback(TargetNode.Compute c) =>
        c.Chain.Length == 1 ? "" : $"; where that is impossible, {string.Join(", then ", c.Chain.Skip(1).Select(r => r.Method.Name()))}";

    private static string Means(TargetNode.Compute c) => c.Estimation.Returns switch
    {
        ReturnsEstimator.BlackLitterman when c.Estimation.Views.Count > 0 =>
            $", expecting what {Market(c)} imply, and that {string.Join(", and that ", c.Estimation.Views.Select(Words))}",
        ReturnsEstimator.BlackLitterman => $", expecting what {Market(c)} imply",
        ReturnsEstimator.Geometric => ", expecting the geometric mean of the past",
        ReturnsEstimator.Ewma => ", expecting the past with the last half year counting most",
        ReturnsEstimator.Capm => $", expecting what each one's beta to {Market(c)} implies",
        ReturnsEstimator.JamesStein => ", expecting the past drawn towards the common mean",
        ReturnsEstimator.BayesStein => ", expecting the past drawn towards the calmest mix",
        _ => ", expecting the mean of the past",
    };

    private static string Market(TargetNode.Compute c) =>
        c.Market is { } market ? "weights of " + Quoted.And(market.Select(m => $"{Percent(m.Value)} {m.Key}")) : "equal weights";

    private static string Words(View view) =>
        $"{view.Asset} returns {Percent(view.ReturnAYear)} a year{(view.Over is { } other ? $" more than {other}" : "")} (confidence {Percent(view.Confidence)})";

    private static string Clusters(Recipe recipe) => recipe.Clusters is { } k ? $" in {k} clusters" : "";

    private static string Percent(double? share) => Figures.Percent((decimal)Math.Round(share ?? 0, 12));

    private static string Plain(double x) => x.ToString("0.####", CultureInfo.InvariantCulture);
}
