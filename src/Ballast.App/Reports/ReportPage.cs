using System.Text.Json;

namespace Ballast.App.Reports;

/// <summary>Turns the data of a report into one HTML file that needs nothing else: no network, no server, no other file.</summary>
/// <remarks>
/// Words, figures and tables are written here, so that the page says the main thing without script; pictures are drawn by the
/// script of the template from the JSON block. The same data give the same bytes.
/// </remarks>
public static class ReportPage
{
    public static string Render(ReportData data)
    {
        Alignment.Require(data);
        var html = new Markup();
        Cover.Write(html, data, "Ballast back-test report");
        html.Line($"<div class=\"pair\">");
        FigureTable.Write(html, "Key figures", data.Figures);
        FigureTable.Write(html, "Losses and shape", data.Losses);
        html.Line($"</div>");
        Place(html, "value", "Value");
        Place(html, "fall", "Fall from the last high");
        if (data.Neighbours is not null)
        {
            Place(html, "neighbours", "Was this the right setting?");
        }

        Place(html, "weights", "Weights");
        Place(html, "drift", "Drift from target");
        StandingTable.Write(html, data.Assets);
        MonthTable.Write(html, data.Months);
        html.Line($"<div class=\"pair\">");
        Place(html, "cost", "Cost so far");
        Place(html, "turnover", "Turnover so far");
        html.Line($"</div>");
        Place(html, "trades", "Trades");
        Facts.Write(html, data.Computed);
        return Page(data, html);
    }

    public static string Render(SweepData data)
    {
        Alignment.Require(data);
        var html = new Markup();
        Cover.Write(html, data, data.Captions is null ? "Ballast sweep report" : "Ballast hedging test");
        Place(html, "neighbours", data.Captions?.Title ?? "What each policy costs");
        RunTable.Write(html, data);
        Facts.Write(html, data.Computed);
        return Page(data, html);
    }

    public static string Render(OptimiseData data)
    {
        Alignment.Require(data);
        var html = new Markup();
        Cover.Write(html, data, "Ballast optimisation");
        html.Line($"<div class=\"{(data.Assets.Count > 2 * data.Figures.Count ? "stack" : "pair")}\">");
        FigureTable.Write(html, data.Figures);
        ChangeTable.Write(html, data.Assets);
        html.Line($"</div>");
        if (data.Tree is not null)
        {
            Place(html, "tree", "Who moves with whom");
        }

        if (data.Frontier is not null)
        {
            Place(html, "frontier", "The efficient frontier");
        }

        Facts.Write(html, data.Computed);
        return Page(data, html);
    }

    public static string Render(FrontierData data)
    {
        Alignment.Require(data.Frontier);
        var html = new Markup();
        Cover.Write(html, data, "Ballast efficient frontier");
        Place(html, "frontier", "The efficient frontier");
        Place(html, "composition", "What lies on the frontier");
        PortfolioTable.Write(html, data.Frontier);
        Facts.Write(html, data.Computed);
        return Page(data, html);
    }

    public static string Render(SmileData data)
    {
        var html = new Markup();
        Cover.Write(html, data, "Ballast smiles");
        foreach (var underlying in data.Smiles.GroupBy(s => s.Underlying)) SmilePictures.Write(html, underlying);
        SmilePictures.Table(html, data);
        Facts.Write(html, data.Computed);
        return Page(data, html);
    }

    /// <summary>Keeps a place for what the script draws, and says so to whoever reads without.</summary>
    private static void Place(Markup html, string name, string title) => html.Line(
        $"""
        <section class="panel" data-chart="{name}"><header><div class="title"><h2>{title}</h2></div></header>
        <p class="needs-script">This part needs script.</p></section>
        """);

    private static string Page(PageData data, Markup summary)
    {
        var title = new Markup();
        title.Text($"{data.Name}");
        return PageTemplate.Fill(
            title.ToString(),
            summary.ToString().TrimEnd(),
            JsonSerializer.Serialize(data, ReportJson.Default.PageData));
    }
}
