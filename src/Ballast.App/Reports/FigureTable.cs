namespace Ballast.App.Reports;

/// <summary>Measures side by side; better and worse are words as well as colours.</summary>
internal static class FigureTable
{
    private sealed record Row(string Name, string Hint, string[] Cells, Comparison Result);

    /// <summary>The policy beside holding.</summary>
    public static void Write(Markup html, string title, IReadOnlyList<KeyFigure> figures) => Write(
        html, title, "the policy beside buying once and holding", [("Policy", "strong"), ("Hold", "dim")],
        figures.Select(f => new Row(f.Name, f.Hint, [f.Policy, f.Hold], f.Result)), compared: true);

    /// <summary>What is held, then what was chosen; only this where nothing is held.</summary>
    public static void Write(Markup html, IReadOnlyList<FigureChange> figures)
    {
        if (figures.Any(figure => figure.Before.Length > 0))
        {
            Write(html, "Key figures", "what is held, and what was chosen", [("Before", "dim"), ("After", "strong")],
                figures.Select(f => new Row(f.Name, f.Hint, [f.Before, f.After], f.Result)), compared: true);
        }
        else
        {
            Write(html, "Key figures", "of what was chosen", [("Chosen", "strong")], figures.Select(f => new Row(f.Name, f.Hint, [f.After], Comparison.None)), compared: false);
        }
    }

    private static void Write(Markup html, string title, string unit, (string Name, string Tone)[] columns, IEnumerable<Row> rows, bool compared)
    {
        html.Line(
            $"""
            <section class="panel"><header><div class="title"><h2>{title}</h2><p class="unit">{unit}</p></div></header>
            <table class="figures"><caption class="hidden">{title}: {unit}</caption><thead><tr><th scope="col">Measure</th>
            """);
        foreach (var name in columns.Select(column => column.Name).Concat(compared ? ["Result"] : []))
        {
            html.Text($"<th scope=\"col\" class=\"number\">{name}</th>");
        }

        html.Line($"</tr></thead><tbody>");
        foreach (var row in rows)
        {
            html.Text($"<tr><th scope=\"row\">{row.Name} <small>{row.Hint}</small></th>");
            foreach (var (cell, column) in row.Cells.Zip(columns))
            {
                html.Text($"<td class=\"number {column.Tone}\">{cell}</td>");
            }

            WriteResult(html, compared, row.Result);
        }

        html.Line($"</tbody></table></section>");
    }

    private static void WriteResult(Markup html, bool compared, Comparison result)
    {
        var (tone, word) = result switch
        {
            Comparison.Better => ("gain", "✓ better"),
            Comparison.Worse => ("loss", "worse"),
            _ => ("dim", ""),
        };
        if (compared)
        {
            html.Text($"<td class=\"number {tone}\">{word}</td>");
        }

        html.Line($"</tr>");
    }
}
