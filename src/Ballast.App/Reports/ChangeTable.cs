using Ballast.Money;

namespace Ballast.App.Reports;

/// <summary>Each asset's weight and share of risk, before and after; without current weights only after.</summary>
internal static class ChangeTable
{
    public static void Write(Markup html, IReadOnlyList<AssetChange> assets)
    {
        var known = assets.All(asset => asset.Before is not null);
        html.Line(
            $"""
            <section class="panel"><header><div class="title"><h2>Weights</h2><p class="unit">percent of value; risk is percent of variance</p></div></header>
            <div class="scroll" tabindex="0" role="region" aria-label="Weights, table"><table><caption class="hidden">Weights and risk shares</caption><thead><tr><th scope="col">Asset</th>
            """);
        foreach (var name in known ? (string[])["Before", "After", "Change", "Risk before", "Risk after"] : ["Weight", "Risk"])
        {
            html.Text($"<th scope=\"col\" class=\"number\">{name}</th>");
        }

        html.Line($"<th scope=\"col\">Why</th></tr></thead><tbody>");
        foreach (var asset in assets)
        {
            WriteRow(html, asset);
        }

        html.Line($"</tbody></table></div></section>");
    }

    private static void WriteRow(Markup html, AssetChange asset)
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

        html.Line($"<td class=\"number\">{Figures.Points(asset.RiskAfter, 1)}</td><td class=\"reason\">{asset.Note}</td></tr>");
    }
}
