namespace Ballast.App.Reports;

/// <summary>Measures side by side; better and worse are words as well as colours.</summary>
internal static class FigureTable
{
    /// <summary>The policy beside holding.</summary>
    public static void Write(Markup html, IReadOnlyList<KeyFigure> figures) =>
        Write(html, ("the policy beside buying once and holding", "Policy", "Hold"), figures.Select(f => (f.Name, f.Hint, f.Policy, f.Hold, f.Result)));

    /// <summary>What was chosen beside what is held.</summary>
    public static void Write(Markup html, IReadOnlyList<FigureChange> figures) =>
        Write(html, ("what was chosen beside what is held", "After", "Before"), figures.Select(f => (f.Name, f.Hint, f.After, f.Before, f.Result)));

    private static void Write(
        Markup html, (string Unit, string Strong, string Dim) head, IEnumerable<(string Name, string Hint, string Strong, string Dim, Comparison Result)> rows)
    {
        html.Line(
            $"""
            <section class="panel"><header><div class="title"><h2>Key figures</h2><p class="unit">{head.Unit}</p></div></header>
            <table class="figures"><caption class="hidden">Key figures: {head.Unit}</caption>
            <thead><tr><th scope="col">Measure</th><th scope="col" class="number">{head.Strong}</th><th scope="col" class="number">{head.Dim}</th><th scope="col" class="number">Result</th></tr></thead><tbody>
            """);
        foreach (var (name, hint, strong, dim, result) in rows)
        {
            var (tone, word) = Result(result);
            html.Text($"<tr><th scope=\"row\">{name} <small>{hint}</small></th>");
            html.Text($"<td class=\"number strong\">{strong}</td><td class=\"number dim\">{dim}</td>");
            html.Line($"<td class=\"number {tone}\">{word}</td></tr>");
        }

        html.Line($"</tbody></table></section>");
    }

    private static (string Tone, string Word) Result(Comparison result) => result switch
    {
        Comparison.Better => ("gain", "✓ better"),
        Comparison.Worse => ("loss", "worse"),
        _ => ("dim", ""),
    };
}
