using Ballast.Money;

namespace Ballast.App.Reports;

/// <summary>Where each asset stands at the end: against its target and band, and what risk it carries, held and rebalanced. The script adds two marks to each row.</summary>
internal static class StandingTable
{
    public static void Write(Markup html, IReadOnlyList<AssetHistory> assets)
    {
        var bars = assets.Any(asset => asset.HoldRiskShare is not null) ? "upper bar had it been held, lower bar rebalanced" : "the tick is the weight";
        html.Line(
            $"""
            <section class="panel"><header><div class="title"><h2>Where it stands</h2><p class="unit">at the end, percent of value; risk in percent of variance, {bars}</p></div></header>
            <div class="scroll" tabindex="0" role="region" aria-label="Where it stands, table"><table class="standing"><caption class="hidden">Weight, drift and share of risk of each asset at the end</caption>
            <thead><tr><th scope="col">Asset</th><th scope="col" class="number">Weight</th><th scope="col" class="number">Target</th><th scope="col" class="number">Drift</th><td></td>
            <th scope="col" class="number">Risk held</th><th scope="col" class="number">Risk</th><td></td><th scope="col" class="number">Average weight</th><th scope="col" class="number">Average risk</th></tr></thead><tbody>
            """);
        for (var i = 0; i < assets.Count; i++)
        {
            WriteRow(html, assets[i], i);
        }

        html.Line($"</tbody></table></div></section>");
    }

    private static void WriteRow(Markup html, AssetHistory asset, int place)
    {
        var drift = asset.Drift[^1];
        var outside = drift > asset.BandHigh || drift < asset.BandLow;
        html.Text($"<tr><th scope=\"row\">{asset.Name}</th>");
        html.Text($"<td class=\"number\">{Figures.Points(asset.Weights[^1])}</td><td class=\"number dim\">{Figures.Points(asset.Target)}</td>");
        html.Text($"<td class=\"number{(outside ? " strong" : "")}\">{(outside ? "◆ " : "")}{Figures.Signed(100 * drift)}</td><td class=\"mark\" data-chart=\"region-{place}\"></td>");
        html.Text($"<td class=\"number dim\">{(asset.HoldRiskShare is { } held ? Figures.Points(held, 1) : "–")}</td><td class=\"number\">{Figures.Points(asset.RiskShare, 1)}</td><td class=\"mark\" data-chart=\"share-{place}\"></td>");
        html.Line($"<td class=\"number dim\">{Figures.Points(asset.AverageWeight, 1)}</td><td class=\"number dim\">{Figures.Points(asset.AverageRiskShare, 1)}</td></tr>");
    }
}
