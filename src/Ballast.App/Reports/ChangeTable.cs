using Ballast.Money;

namespace Ballast.App.Reports;

/// <summary>Each asset's weight and share of risk, before and after; without current weights only after. The script adds a mark to each row.</summary>
internal static class ChangeTable
{
    public static void Write(Markup html, IReadOnlyList<AssetChange> assets)
    {
        var known = assets.All(asset => asset.Before is not null);
        var noted = assets.Any(asset => asset.Note.Length > 0);
        var unit = known ? "percent of value; risk in percent of variance, upper bar before, lower bar after" : "percent of value; risk in percent of variance, the tick is the weight";
        html.Line(
            $"""
            <section class="panel"><header><div class="title"><h2>Weights and risk</h2><p class="unit">{unit}</p></div></header>
            <div class="scroll" tabindex="0" role="region" aria-label="Weights and risk, table"><table class="changes"><caption class="hidden">Weights and shares of risk</caption><thead><tr><th scope="col">Asset</th>
            """);
        foreach (var name in known ? (string[])["Before", "After", "Change", "Risk before", "Risk after"] : ["Weight", "Risk"])
        {
            html.Text($"<th scope=\"col\" class=\"number\">{name}</th>");
        }

        html.Text($"<td></td>");
        if (noted)
        {
            html.Text($"<th scope=\"col\">Why</th>");
        }

        html.Line($"</tr></thead><tbody>");
        for (var i = 0; i < assets.Count; i++)
        {
            WriteRow(html, assets[i], i, noted);
        }

        html.Line($"</tbody></table></div></section>");
    }

    private static void WriteRow(Markup html, AssetChange asset, int place, bool noted)
    {
        html.Text($"<tr><th scope=\"row\">{asset.Name}</th>");
        if (asset.Before is { } before && asset.RiskBefore is { } risk)
        {
            html.Text($"<td class=\"number dim\">{Figures.Points(before)}</td><td class=\"number strong\">{Figures.Points(asset.After)}</td>");
            html.Text($"<td class=\"number\">{Figures.Signed(100 * (asset.After - before))}</td><td class=\"number dim\">{Figures.Points(risk, 1)}</td>");
        }
        else
        {
            html.Text($"<td class=\"number strong\">{Figures.Points(asset.After)}</td>");
        }

        html.Text($"<td class=\"number\">{Figures.Points(asset.RiskAfter, 1)}</td><td class=\"mark\" data-chart=\"share-{place}\"></td>");
        if (noted)
        {
            html.Text($"<td class=\"reason\">{asset.Note}</td>");
        }

        html.Line($"</tr>");
    }
}
