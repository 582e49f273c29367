using Ballast.Money;

namespace Ballast.App.Reports;

/// <summary>The portfolios that have a name, a column each: where they lie, and what they hold.</summary>
internal static class PortfolioTable
{
    public static void Write(Markup html, FrontierCurve frontier)
    {
        if (frontier.Marks.Count == 0)
        {
            return;
        }

        html.Line(
            $"""
            <section class="panel"><header><div class="title"><h2>Portfolios</h2><p class="unit">percent a year; weights in percent of value</p></div></header>
            <div class="scroll" tabindex="0" role="region" aria-label="Portfolios, table"><table><caption class="hidden">Portfolios with a name</caption><thead><tr><th scope="col">Of value</th>
            """);
        foreach (var mark in frontier.Marks)
        {
            html.Text($"<th scope=\"col\" class=\"number\">{Name(mark.Kind)}</th>");
        }

        html.Line($"</tr></thead><tbody>");
        WriteRow(html, "Return", frontier.Marks.Select(mark => Figures.Points(mark.Return)));
        WriteRow(html, "Volatility", frontier.Marks.Select(mark => Figures.Points(mark.Volatility)));
        if (frontier.RiskFree is { } free)
        {
            WriteRow(html, "Sharpe", frontier.Marks.Select(mark => mark.Volatility > 0 ? Figures.Number((mark.Return - free) / mark.Volatility) : "–"));
        }

        for (var i = 0; i < frontier.Assets.Count; i++)
        {
            WriteRow(html, frontier.Assets[i].Name, frontier.Marks.Select(mark => Figures.Points(mark.Weights[i])));
        }

        html.Line($"</tbody></table></div></section>");
    }

    private static void WriteRow(Markup html, string name, IEnumerable<string> cells)
    {
        html.Text($"<tr><th scope=\"row\">{name}</th>");
        foreach (var cell in cells)
        {
            html.Text($"<td class=\"number\">{cell}</td>");
        }

        html.Line($"</tr>");
    }

    private static string Name(Mark kind) => kind switch
    {
        Mark.Current => "Current",
        Mark.Chosen => "Chosen",
        Mark.MinVariance => "Least variance",
        Mark.MaxSharpe => "Best Sharpe",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such mark"),
    };
}
