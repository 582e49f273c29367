using System.Globalization;

namespace Ballast.App.Reports;

/// <summary>Return by month, a year to a row, tinted by size; the sign says the same without colour.</summary>
internal static class MonthTable
{
    private static readonly string[] _names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    public static void Write(Markup html, IReadOnlyList<YearOfMonths> years)
    {
        html.Line(
            $"""
            <section class="panel"><header><div class="title"><h2>Return by month</h2><p class="unit">percent, of the policy; the year at the right</p></div></header>
            <div class="scroll" tabindex="0" role="region" aria-label="Return by month, table">
            <table class="months"><caption class="hidden">Return by month</caption><thead><tr><th scope="col">Year</th>
            """);
        foreach (var name in _names)
        {
            html.Text($"<th scope=\"col\" class=\"number\">{name}</th>");
        }

        html.Line($"<th scope=\"col\" class=\"number\">Year</th></tr></thead><tbody>");
        foreach (var year in years)
        {
            WriteYear(html, year);
        }

        html.Line($"</tbody></table></div></section>");
    }

    private static void WriteYear(Markup html, YearOfMonths year)
    {
        html.Text($"<tr><th scope=\"row\">{year.Year}</th>");
        foreach (var month in year.Returns)
        {
            html.Text($"<td class=\"number {Tint(month)}\">{(month is { } value ? Percent(value) : "·")}</td>");
        }

        html.Line($"<td class=\"number strong\">{Percent(year.Total)}</td></tr>");
    }

    private static string Tint(double? month) => month switch
    {
        null => "dim",
        > 0.15 => "gain-3",
        > 0.05 => "gain-2",
        > 0.01 => "gain-1",
        >= -0.01 => "flat",
        >= -0.05 => "loss-1",
        >= -0.15 => "loss-2",
        _ => "loss-3",
    };

    /// <summary>Signed, with a true minus; nothing has no sign.</summary>
    private static string Percent(double fraction) =>
        (100 * fraction).ToString("+0.0;−0.0;0.0", CultureInfo.InvariantCulture);
}
