using System.Text;
using System.Text.Json.Nodes;
using Ballast.App.Output;
using Ballast.Engine.Backtests;
using Ballast.Money;

namespace Ballast.App.Commands;

/// <summary>Where a run's difference from holding and its risk came from, as JSON and for people.</summary>
internal static class ExplainedDifference
{
    public static JsonObject ToJson(BacktestAttribution a, double barsAYear) => new()
    {
        ["total"] = Json.Estimate(a.Total),
        ["assets"] = Json.Array(a.Assets.Select(e => new JsonObject { ["asset"] = e.Name, ["allocation"] = Json.Estimate(e.Allocation) })),
        ["sleeves"] = Json.Array(a.Sleeves.Select(e => new JsonObject
        {
            ["sleeve"] = e.Name, ["allocation"] = Json.Estimate(e.Allocation), ["selection"] = Json.Estimate(e.Selection), ["interaction"] = Json.Estimate(e.Interaction),
        })),
        ["costs"] = Json.Estimate(a.Costs),
        ["rest"] = Json.Estimate(a.Rest),
        ["premium"] = a.Premium is not { } p ? null : new JsonObject
        {
            ["excessGrowth"] = Json.Estimate(p.ExcessGrowthExact * barsAYear), ["diversificationReturn"] = Json.Estimate(p.DiversificationReturnApprox * barsAYear),
            ["overHolding"] = Json.Estimate(p.PremiumVsBuyHold * barsAYear), ["overHoldingNet"] = Json.Estimate(p.PremiumVsBuyHoldNet * barsAYear),
        },
    };

    public static JsonObject ToJson(BacktestRisk r) => new()
    {
        ["assets"] = Json.Array(r.Assets.Select(a => new JsonObject
        {
            ["asset"] = a.Asset.Code, ["averageWeight"] = Json.Estimate(a.AverageWeight), ["averageRiskShare"] = Json.Estimate(a.AverageRiskShare),
            ["weight"] = Json.Estimate(a.EndWeight), ["riskShare"] = Json.Estimate(a.RiskShare), ["shortfallShare"] = Json.Estimate(a.ShortfallShare),
        })),
        ["diversificationRatio"] = Json.Estimate(r.DiversificationRatio), ["independentFactors"] = Json.Estimate(r.IndependentFactors), ["concentration"] = Json.Estimate(r.Concentration), ["effectiveAssets"] = Json.Estimate(r.EffectiveAssets),
        ["effectiveBets"] = Json.Estimate(r.EffectiveBets), ["shortfall"] = Json.Estimate(r.Shortfall),
    };

    /// <summary>The largest parts of the difference, and how it was diversified.</summary>
    public static string Text(BacktestAttribution? a, BacktestRisk? r, double barsAYear)
    {
        var text = new StringBuilder();
        if (a is not null)
        {
            var parts = a.Assets.Select(e => (e.Name, Value: e.Allocation)).Append(("costs", a.Costs)).Append(("fills, interest and flows", a.Rest));
            text.AppendLine($"Against holding, {Signed(a.Total)} points of return over the whole time: {string.Join(", ", parts.Where(p => Math.Abs(p.Item2) >= 5e-5).OrderByDescending(p => Math.Abs(p.Item2)).Take(8).Select(p => $"{p.Item1} {Signed(p.Item2)}"))}.");
            foreach (var s in a.Sleeves.Where(s => Math.Abs(s.Selection) + Math.Abs(s.Allocation) >= 5e-5)) text.AppendLine($"  {s.Name}: {Signed(s.Allocation)} by its weight, {Signed(s.Selection)} inside it, {Signed(s.Interaction)} by both");
            if (a.Premium is { } p) text.AppendLine($"Rebalanced every bar these targets would have grown by {Signed(p.PremiumVsBuyHold * barsAYear)} points a year more than holding, {Signed(p.PremiumVsBuyHoldNet * barsAYear)} after costs; {Signed(p.ExcessGrowthExact * barsAYear)} over the average asset, which is no profit.");
        }
        if (r is not null)
            text.AppendLine($"At the end: as concentrated as {Figures.Number(r.EffectiveAssets ?? 0, 1)} equal assets, as diversified as {Figures.Number(r.IndependentFactors ?? 0, 1)} independent ones; the worst 5 % of returns lost {Figures.Percent(r.Shortfall, 1)}, {string.Join(", ", r.Assets.Where(x => x.ShortfallShare is not null).OrderByDescending(x => x.ShortfallShare).Take(3).Select(x => $"{x.Asset} {Figures.Points(x.ShortfallShare!.Value, 0)} %"))} of it.");
        return text.ToString();
    }

    private static string Signed(double share) => Figures.Signed(share * 100, 1);
}
