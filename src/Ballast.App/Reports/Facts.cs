namespace Ballast.App.Reports;

/// <summary>How the result was computed, so that another can compute it again.</summary>
internal static class Facts
{
    public static void Write(Markup html, IReadOnlyList<Fact> facts)
    {
        html.Line($"<section class=\"panel\"><header><div class=\"title\"><h2>How this was computed</h2></div></header><dl class=\"facts\">");
        foreach (var fact in facts)
        {
            html.Line($"<div><dt>{fact.Label}</dt><dd>{fact.Text}</dd></div>");
        }

        html.Line($"</dl></section>");
    }
}
