namespace Ballast.App.Reports;

/// <summary>Key figures of the policy beside holding; better and worse are words as well as colours.</summary>
internal static class FigureTable
{
    public static void Write(Markup html, IReadOnlyList<KeyFigure> figures)
    {
        html.Line(
            $"""
            <section class="panel"><header><div class="title"><h2>Key figures</h2><p class="unit">the policy beside buying once and holding</p></div></header>
            <table class="figures"><caption class="hidden">Key figures of the policy and of holding</caption>
            <thead><tr><th scope="col">Measure</th><th scope="col" class="number">Policy</th><th scope="col" class="number">Hold</th><th scope="col" class="number">Result</th></tr></thead><tbody>
            """);
        foreach (var figure in figures)
        {
            WriteRow(html, figure);
        }

        html.Line($"</tbody></table></section>");
    }

    private static void WriteRow(Markup html, KeyFigure figure)
    {
        html.Text($"<tr><th scope=\"row\">{figure.Name} <small>{figure.Hint}</small></th>");
        html.Text($"<td class=\"number strong\">{figure.Policy}</td><td class=\"number dim\">{figure.Hold}</td>");
        var (tone, word) = figure.Result switch
        {
            Comparison.Better => ("gain", "✓ better"),
            Comparison.Worse => ("loss", "worse"),
            _ => ("dim", ""),
        };
        html.Line($"<td class=\"number {tone}\">{word}</td></tr>");
    }
}
