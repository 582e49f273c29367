namespace Ballast.App.Reports;

/// <summary>Every run of a sweep, one to a row.</summary>
internal static class RunTable
{
    public static void Write(Markup html, SweepData sweep)
    {
        html.Line(
            $"""
            <section class="panel"><header><div class="title"><h2>All runs</h2></div></header>
            <div class="scroll" tabindex="0" role="region" aria-label="All runs, table"><table><thead><tr>
            """);
        for (var i = 0; i < sweep.Columns.Count; i++)
        {
            html.Text($"<th scope=\"col\" class=\"{(i == 0 ? "" : "number")}\">{sweep.Columns[i]}</th>");
        }

        html.Line($"</tr></thead><tbody>");
        foreach (var (run, row) in sweep.Runs.Zip(sweep.Rows))
        {
            WriteRow(html, run, row);
        }

        html.Line($"</tbody></table></div></section>");
    }

    private static void WriteRow(Markup html, PolicyRun run, IReadOnlyList<string> row)
    {
        html.Text($"<tr class=\"{(run.Chosen ? "chosen" : "")}\"><th scope=\"row\">{row[0]}</th>");
        foreach (var text in row.Skip(1))
        {
            html.Text($"<td class=\"number\">{text}</td>");
        }

        html.Line($"</tr>");
    }
}
